using System.Diagnostics;

namespace ScmIntegrations.PostgreSQL.Tests.Instances;

/// <summary>Another instance of an application, in a process of its own: takes a line, answers with a line.</summary>
internal sealed class Instance : IAsyncDisposable
{
    public const string Argument = "instance";

    private readonly Process _process;

    private Instance(Process process) => _process = process;

    public static Instance Start(string connectionString, string schema, Uri gitHub) => new(Process.Start(
        new ProcessStartInfo("dotnet", [typeof(Instance).Assembly.Location, Argument])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment =
            {
                [InstanceProgram.ConnectionString] = connectionString,
                [InstanceProgram.Schema] = schema,
                [InstanceProgram.GitHub] = gitHub.AbsoluteUri,
            },
        })!);

    public async Task<string> AskAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line.AsMemory(), TestContext.Current.CancellationToken);
        return await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? "ended";
    }

    /// <summary>Kills the process as the operating system would: nothing of it runs any more.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
            }
        }

        _process.Dispose();
    }
}
