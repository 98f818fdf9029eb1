using Microsoft.Playwright;
using ScmIntegrations.AgentDesk.Tests.Running;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace ScmIntegrations.AgentDesk.Tests.Running;

/// <summary>One headless Chromium for all browser tests, started when the first asks. Nothing is installed or downloaded here.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private readonly Lazy<Task<Running>> _running = new(StartAsync);

    /// <summary>The browser. Where there is none the test is skipped, and failed where REQUIRE_BROWSER is set.</summary>
    public async Task<IBrowser> OpenAsync()
    {
        if (FindExecutable() is null)
        {
            const string Absence = "There is no Chromium for the browser tests. Install Debian's with scripts/chromium.sh, or name one in CHROMIUM.";
            Assert.SkipUnless(!string.IsNullOrEmpty(Environment.GetEnvironmentVariable("REQUIRE_BROWSER")), Absence);
            Assert.Fail(Absence);
        }

        return (await _running.Value).Browser;
    }

    public async ValueTask DisposeAsync()
    {
        if (_running.IsValueCreated)
        {
            var running = await _running.Value;
            await running.Browser.DisposeAsync();
            running.Driver.Dispose();
        }
    }

    /// <summary>As scripts/chromium.sh looks for it.</summary>
    private static string? FindExecutable()
    {
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(directory => Path.Combine(directory, "chromium"));
        string?[] candidates = [Environment.GetEnvironmentVariable("CHROMIUM"), .. onPath, "/usr/bin/chromium"];
        return candidates.FirstOrDefault(File.Exists);
    }

    // Whatever is asked for, nothing leaves the machine.
    private static readonly string[] Arguments = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"];

    private static async Task<Running> StartAsync()
    {
        Assertions.SetDefaultExpectTimeout(20_000);
        var driver = await Playwright.CreateAsync();
        return new(driver, await driver.Chromium.LaunchAsync(new() { ExecutablePath = FindExecutable(), Headless = true, Args = Arguments }));
    }

    private sealed record Running(IPlaywright Driver, IBrowser Browser);
}
