using System.Text.Json;
using Quickstart;

namespace ScmIntegrations.Quickstart.Tests;

/// <summary>One run of the program within the test's process.</summary>
internal sealed record AppRun(int ExitCode, string Output, string Errors)
{
    /// <summary>The lines of stdout, each read as JSON; throws when one is not.</summary>
    public JsonElement[] Lines => [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];

    public IReadOnlyList<JsonElement> OfType(string type) => [.. Lines.Where(line => string.Equals(line.Text("type"), type, StringComparison.Ordinal))];

    /// <summary>The repository lines of a pass, in the order of their names.</summary>
    public IReadOnlyList<JsonElement> Repositories(int pass) =>
        [.. OfType("repository").Where(line => line.Number("pass") == pass).OrderBy(line => line.Text("repository"), StringComparer.Ordinal)];

    public JsonElement Summary(int pass) => OfType("summary").Single(line => line.Number("pass") == pass);

    public static Task<AppRun> WithAsync(params string[] arguments) => WithEnvironmentAsync([], arguments);

    public static async Task<AppRun> WithEnvironmentAsync((string Name, string Value)[] environment, params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var exitCode = await QuickstartApp.RunAsync(arguments, output, errors, Find, TestContext.Current.CancellationToken);
        return new AppRun(exitCode, output.ToString(), errors.ToString());

        string? Find(string variable) => Array.Find(environment, pair => string.Equals(pair.Name, variable, StringComparison.Ordinal)).Value;
    }
}
