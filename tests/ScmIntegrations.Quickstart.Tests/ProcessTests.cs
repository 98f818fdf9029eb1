using System.Diagnostics;

namespace ScmIntegrations.Quickstart.Tests;

/// <summary>The program as a process, because only there stdout and stderr are real.</summary>
public sealed class ProcessTests
{
    [Fact]
    public async Task Stdout_holds_json_lines_and_nothing_else()
    {
        await using var acme = await Organization.StartAsync();
        acme.Add("api", "README.md");
        acme.Add("empty");

        var run = await StartAsync("scan", "--json", "--token", Organization.Token, "--api-url", acme.Server.Address.AbsoluteUri);

        run.ExitCode.Should().Be(0);
        run.Lines.Select(line => line.Text("type")).Should().Equal("repository", "repository", "summary");
        run.Errors.Should().Contain("empty_repository").And.Contain("Pass 1: 2 of 2").And.NotContain(Organization.Token);
    }

    [Fact]
    public async Task Redirected_tour_has_no_escapes_even_on_a_build_server()
    {
        var run = await StartAsync();

        run.ExitCode.Should().Be(0);
        run.Output.Should().Contain("Pass 2").And.NotContain("\u001b");
        run.Errors.Should().NotContain("\u001b");
    }

    private static async Task<AppRun> StartAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Quickstart.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["GITHUB_ACTIONS"] = "true";
        start.Environment["TERM"] = "xterm-256color";
        using var process = Process.Start(start)!;
        var cancellationToken = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return new AppRun(process.ExitCode, await output, await errors);
    }
}
