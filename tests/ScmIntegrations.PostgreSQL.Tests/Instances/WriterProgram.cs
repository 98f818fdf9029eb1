using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Accounts.Storage;

namespace ScmIntegrations.PostgreSQL.Tests.Instances;

/// <summary>What runs in a process that is killed in the middle of writing accounts: four writers, and a line for each write that is done.</summary>
internal static class WriterProgram
{
    public const string Argument = "writer";
    public const string Seed = "SCM_TEST_SEED";
    private const int Writers = 4;

    public static async Task<int> RunAsync()
    {
        var services = new ServiceCollection();
        services.AddScmIntegrations().AddPostgreSql(Of(InstanceProgram.ConnectionString), postgreSql => postgreSql.Schema = Of(InstanceProgram.Schema));
        await using var provider = services.BuildServiceProvider();
        var store = provider.GetRequiredService<IAccountStore>();
        var seed = int.Parse(Of(Seed), CultureInfo.InvariantCulture);

        // Console.WriteLine writes a line in one piece, and not before the pipe has taken it does the writer go on.
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(number =>
            new CrashWriter(store, $"{seed}-{number}", seed + number, static done => Console.WriteLine(done)).RunAsync(CancellationToken.None)));
        return 0;
    }

    private static string Of(string variable) => Environment.GetEnvironmentVariable(variable)!;
}
