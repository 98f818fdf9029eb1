using System.Diagnostics;
using System.Text;

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

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    public async Task Pasted_answer_comes_from_standard_input(string mark)
    {
        var run = await StartAsync(
            ["explain", "--status", "403", "--path", "/repos/acme/api", "--body", "-"],
            mark + """{"message":"Repository was archived so is read-only.","documentation_url":"https://docs.github.com/rest"}""");

        (run.ExitCode, run.Errors).Should().Be((0, ""));
        run.Output.Should().Be("""
            What happened  403 for GET /repos/acme/api: Repository was archived so is read-only.
            Reason         repository_archived, said by github
            Who acts       administrator
            What to do     Unarchive the repository in its settings before writing to it; reading works.
            Where          https://github.com/acme/api/settings
            When           asking again does not help until somebody has acted
            Documentation  https://docs.github.com/rest
            Rule           27c of the retry table

            """);
    }

    [Fact]
    public async Task Standard_input_is_read_up_to_its_bound()
    {
        var run = await StartAsync(["explain", "--status", "403", "--body", "-"], new string('x', (1024 * 1024) + 1));

        run.ExitCode.Should().Be(2);
        run.Output.Should().BeEmpty();
        run.Errors.Should().StartWith("--body: standard input has more than 1048576 bytes");
    }

    private static Task<AppRun> StartAsync(params string[] arguments) => StartAsync(arguments, input: "");

    private static async Task<AppRun> StartAsync(string[] arguments, string input)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Quickstart.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        start.Environment["GITHUB_ACTIONS"] = "true";
        start.Environment["TERM"] = "xterm-256color";
        using var process = Process.Start(start)!;
        var cancellationToken = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await WriteAsync(process, input);
        await process.WaitForExitAsync(cancellationToken);
        return new AppRun(process.ExitCode, await output, await errors);
    }

    private static async Task WriteAsync(Process process, string input)
    {
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended without reading to the end.
        }
    }
}
