using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using ScmIntegrations.PostgreSQL.Tests.Server;

[assembly: AssemblyFixture(typeof(PostgreSqlServer))]

namespace ScmIntegrations.PostgreSQL.Tests.Server;

/// <summary>
/// A real PostgreSQL for all tests of the assembly, started by the project's script. The server ends with this process, however that
/// ends: the script reads from a pipe whose other end is here. A test that kills it makes one of its own.
/// </summary>
public sealed class PostgreSqlServer : IAsyncLifetime
{
    // The script may have to install a package.
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(6);

    private static int _schemas;

    private Process? _script;
    private string? _connectionString;
    private string _absence = "";

    /// <summary>The connection string. Without a server the test is skipped, and failed on Linux where CI is true: there it always has one.</summary>
    public string ConnectionString
    {
        get
        {
            if (_connectionString is null && OperatingSystem.IsLinux() && string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase))
            {
                Assert.Fail(_absence);
            }

            Assert.SkipWhen(_connectionString is null, _absence);
            return _connectionString!;
        }
    }

    /// <summary>The name of a schema that no other test uses.</summary>
    public static string NewSchema() => string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _schemas)}");

    /// <summary>A server that is the test's own, to be killed.</summary>
    public static async Task<PostgreSqlServer> NewAsync()
    {
        var server = new PostgreSqlServer();
        await server.InitializeAsync();
        return server;
    }

    public async ValueTask InitializeAsync()
    {
        if (OperatingSystem.IsWindows())
        {
            _absence = "PostgreSQL is absent: scripts/postgresql.sh is for Linux and macOS.";
            return;
        }

        var root = typeof(PostgreSqlServer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key is "RepositoryRoot").Value!;
        _script = Process.Start(new ProcessStartInfo(Path.GetFullPath(Path.Combine(root, "scripts", "postgresql.sh")))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = _script.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(LongestStart);
        _connectionString = await _script.StandardOutput.ReadLineAsync(limit.Token);
        if (_connectionString is null)
        {
            _absence = $"PostgreSQL is absent: {(await errors).Trim()}";
        }
    }

    /// <summary>Kills all processes of the server at once.</summary>
    public Task KillAsync() => TellAsync("kill", "killed");

    /// <summary>Starts the server again after <see cref="KillAsync"/>, on the same data and at the same place.</summary>
    public Task StartAsync() => TellAsync("start", "started");

    public async ValueTask DisposeAsync()
    {
        if (_script is not null)
        {
            _script.StandardInput.Close();
            await _script.WaitForExitAsync();
            _script.Dispose();
        }
    }

    private async Task TellAsync(string line, string answer)
    {
        await _script!.StandardInput.WriteLineAsync(line.AsMemory(), TestContext.Current.CancellationToken);
        (await _script.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)).Should().Be(answer);
    }
}
