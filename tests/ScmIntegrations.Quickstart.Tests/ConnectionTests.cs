using System.Net;
using System.Net.Sockets;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Quickstart.Tests;

public sealed class ConnectionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task App_speaks_with_either_form_of_key(bool isPkcs8)
    {
        using var key = new KeyFile();
        await using var acme = await Organization.StartAsync();
        acme.Add("api", "README.md");

        var run = await AppRun.WithAsync(["tree", "acme/api", "--json", .. key.AppOptions(acme, isPkcs8 ? acme.App.PrivateKeyPkcs8Pem : acme.App.PrivateKeyPem)]);

        run.ExitCode.Should().Be(0);
        run.Lines.Single().Text("status").Should().Be("fetched");
        acme.Server.Count(HttpMethod.Post, "/app/installations/42/access_tokens").Should().Be(1);
    }

    [Fact]
    public async Task App_options_win_over_the_token_of_the_environment()
    {
        using var key = new KeyFile();
        await using var acme = await Organization.StartAsync();

        var run = await AppRun.WithEnvironmentAsync([("GITHUB_TOKEN", Organization.Token)], ["repos", "--json", .. key.AppOptions(acme)]);

        run.ExitCode.Should().Be(0);
        acme.Server.Requests.Should().NotContain(request => request.Token == Organization.Token);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a key")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----")]
    public async Task Malformed_key_is_an_error_line_and_nothing_is_sent(string pem)
    {
        using var key = new KeyFile();
        await using var acme = await Organization.StartAsync();

        var run = await AppRun.WithAsync(["scan", "--json", .. key.AppOptions(acme, pem)]);

        run.ExitCode.Should().Be(1);
        var error = run.Lines.Single().GetProperty("error");
        (error.Text("type"), error.Text("reason"), error.Text("origin"), error.IsNull("status"))
            .Should().Be(("ScmUnauthorizedException", "invalid_app_key", "client", true));
        acme.Server.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Wrong_installation_is_an_error_line()
    {
        using var key = new KeyFile();
        await using var acme = await Organization.StartAsync();
        string[] options = [.. key.AppOptions(acme).SkipLast(1), "4711"];

        var run = await AppRun.WithAsync(["scan", "--json", .. options]);

        run.ExitCode.Should().Be(1);
        (run.Lines.Single().Text("type"), run.Lines.Single().GetProperty("error").Number("status")).Should().Be(("error", 404));
    }

    [Theory]
    [InlineData("repos")]
    [InlineData("tree", "acme/api")]
    [InlineData("scan")]
    public async Task Refused_connection_is_an_error_line(params string[] command)
    {
        // Bound but not listening, so that nobody else can take the port meanwhile.
        using var deaf = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        deaf.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var address = $"http://{deaf.LocalEndPoint}";

        var run = await AppRun.WithAsync([.. command, "--json", "--token", "t", "--api-url", address]);

        run.ExitCode.Should().Be(1);
        var error = run.Lines.Single().GetProperty("error");
        (error.Text("type"), error.Text("reason"), error.Text("origin")).Should().Be(("ScmTransportException", "transport", "transport"));
    }

    [Theory]
    [InlineData("repos")]
    [InlineData("tree", "acme/api")]
    [InlineData("scan", "--passes", "2")]
    public async Task Refused_token_is_one_error_line(params string[] command)
    {
        await using var acme = await Organization.StartAsync();
        acme.Server.RevokeToken(Organization.Token);

        var run = await acme.RunAsync(command);

        run.ExitCode.Should().Be(1);
        (run.Lines.Single().Text("type"), run.Lines.Single().GetProperty("error").Text("reason")).Should().Be(("error", "bad_credentials"));
    }

    [Fact]
    public async Task Token_that_the_server_repeats_is_masked()
    {
        const string token = "a-token-of-no-known-form";
        await using var acme = await Organization.StartAsync();
        acme.Server.AddToken(token, "octocat");
        acme.Server.WhenAnything().Answer(Answers.GitHubError(422, $"You sent {token}.").WithHeader("X-GitHub-Request-Id", token));

        foreach (var json in (string[][])[["--json"], []])
        {
            var run = await AppRun.WithAsync(["repos", "--token", token, "--api-url", acme.Server.Address.AbsoluteUri, .. json]);

            run.ExitCode.Should().Be(1);
            (run.Output + run.Errors).Should().Contain("You sent ***.").And.NotContain(token);
        }
    }

    [Fact]
    public async Task Body_of_html_is_an_error_line()
    {
        await using var acme = await Organization.StartAsync();
        acme.Server.WhenAnything().Answer(Answers.Html200());

        var run = await acme.RunAsync("repos");

        run.ExitCode.Should().Be(1);
        run.Lines.Single().GetProperty("error").Text("reason").Should().Be("unreadable_response");
    }

    [Fact]
    public async Task Enterprise_server_is_spoken_to_below_its_prefix()
    {
        await using var acme = await Organization.StartAsync(options => options.ApiPathPrefix = "/api/v3");
        acme.Add("api", "README.md");

        var run = await acme.RunAsync("scan");

        run.ExitCode.Should().Be(0);
        acme.Server.Requests.Should().OnlyContain(request => request.Target.StartsWith("/api/v3/"));
    }
}
