using System.Diagnostics;
using System.Globalization;
using ScmIntegrations.Accounts;
using ScmIntegrations.Errors;
using ScmIntegrations.PostgreSQL.Tests.Instances;
using ScmIntegrations.PostgreSQL.Tests.Server;

namespace ScmIntegrations.PostgreSQL.Tests.Accounts;

/// <summary>Whatever dies in the middle of a write: what was acknowledged is there, whole, and can be decrypted.</summary>
[Collection(typeof(Alone))]
public sealed class CrashTests(PostgreSqlServer server)
{
    private const int Seed = 20261121;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_process_that_is_killed_at_any_moment_loses_nothing_that_it_acknowledged()
    {
        var random = new Random(Seed);
        await using var database = new SharedDatabase(server.ConnectionString);
        var acknowledged = new Acknowledged();
        for (var round = 0; round < 12; round++)
        {
            var before = acknowledged.Count;
            await RunUntilKilledAsync(database.Schema, Seed + (round * 100), random.Next(1, 300), random.Next(0, 3000), acknowledged);
            acknowledged.Count.Should().BeGreaterThan(before);
        }

        await acknowledged.CheckAsync(database.Accounts);
        (await EverythingDecryptsAsync(database)).Should().BeGreaterThan(50);
        TestContext.Current.SendDiagnosticMessage("{0} writes acknowledged", acknowledged.Count);
    }

    [Fact]
    public async Task A_server_that_is_killed_at_any_moment_loses_nothing_that_was_acknowledged_and_serves_again()
    {
        var random = new Random(Seed);
        await using var own = await PostgreSqlServer.NewAsync();
        await using var database = new SharedDatabase(own.ConnectionString);
        (await database.Accounts.FindAsync(CrashWriter.Identity("nobody"), Token)).Should().BeNull();
        (await database.ScalarAsync("SHOW synchronous_commit")).Should().Be("off", "only so can it be seen that writes are durable by themselves");
        var acknowledged = new Acknowledged();
        for (var round = 0; round < 8; round++)
        {
            var number = round;
            var enough = acknowledged.ReachesAsync(acknowledged.Count + random.Next(1, 400));
            var failures = Task.WhenAll(Enumerable.Range(0, 8).Select(writer => FailureAsync(database, $"{number}-{writer}", Seed + (number * 100) + writer, acknowledged)));
            await Task.WhenAny(enough, failures);
            await own.KillAsync();

            (await failures).Should().OnlyContain(failure => failure is ScmTransportException && failure.IsTransient && failure.Error.CredentialOwner == CredentialOwner.Operator);
            await own.StartAsync();
            await ServesAgainAsync(database);
            await acknowledged.CheckAsync(database.Accounts);
            await EverythingDecryptsAsync(database);
        }

        acknowledged.Count.Should().BeGreaterThan(8);
        TestContext.Current.SendDiagnosticMessage("{0} writes acknowledged", acknowledged.Count);
    }

    private async Task RunUntilKilledAsync(string schema, int seed, int lines, int spins, Acknowledged acknowledged)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(CrashTests).Assembly.Location, WriterProgram.Argument])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment =
            {
                [InstanceProgram.ConnectionString] = server.ConnectionString,
                [InstanceProgram.Schema] = schema,
                [WriterProgram.Seed] = seed.ToString(CultureInfo.InvariantCulture),
            },
        })!;
        for (var line = 0; await process.StandardOutput.ReadLineAsync(Token) is { } text; line++)
        {
            acknowledged.Add(text);
            if (line == lines)
            {
                // Not always right behind a line.
                Thread.SpinWait(spins);
                process.Kill();
            }
        }

        await process.WaitForExitAsync(Token);
        process.ExitCode.Should().Be(128 + 9, "it was killed, and had not ended by itself");
    }

    /// <summary>Writes until a write fails, and gives the failure.</summary>
    private static async Task<ScmException> FailureAsync(SharedDatabase database, string name, int seed, Acknowledged acknowledged)
    {
        var writer = new CrashWriter(database.Accounts, name, seed, acknowledged.Add);
        try
        {
            await writer.RunAsync(Token);
        }
        catch (ScmException exception)
        {
            return exception;
        }

        throw new UnreachableException();
    }

    /// <summary>Connections that are left over from before fail once each, and then it is as if nothing had been.</summary>
    private static async Task ServesAgainAsync(SharedDatabase database)
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                await database.Accounts.FindAsync(CrashWriter.Identity("nobody"), Token);
                return;
            }
            catch (ScmTransportException) when (failures < 100)
            {
                // The next one.
            }
        }
    }

    private static async Task<int> EverythingDecryptsAsync(SharedDatabase database)
    {
        var count = 0;
        string? after = null;
        while (true)
        {
            var page = await database.Accounts.ListAsync(new AccountFilter { PageSize = 100 }, after, Token);
            foreach (var account in page.Accounts)
            {
                await CrashWriter.CheckAsync((await database.Accounts.FindCredentialAsync(account.Identity, Token))!);
                count++;
            }

            if (page.IsLast)
            {
                return count;
            }

            after = page.Accounts[^1].Id;
        }
    }
}
