using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ScmIntegrations.AspNetCore.Webhooks;
using ScmIntegrations.Tests.GitHub.Webhooks;

namespace ScmIntegrations.AspNetCore.Tests.Webhooks;

/// <summary>Only what GitHub has signed gets in, and what does not is refused early, cheaply and without a word of the inside.</summary>
public sealed class VerificationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_test_vector_of_GitHub_is_verified_over_its_raw_bytes()
    {
        await using var rig = await WebhookRig.StartAsync(options: options =>
        {
            options.Secrets.Clear();
            options.Secrets.Add("It's a Secret to Everybody");
        });

        var answer = await rig.SendAsync("Hello, World!"u8.ToArray(), "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");

        answer.Should().Be(new WebhookRig.Answer(HttpStatusCode.BadRequest, "The body cannot be read: it is not the JSON that its event has."), "it is GitHub's, and no event");
    }

    [Theory]
    [InlineData("\uFEFF{}")]
    [InlineData("{ }\n")]
    [InlineData("{\"a\":\"\u00e9\\u00e9\"}")]
    public async Task Not_a_byte_is_changed_before_it_is_verified(string body)
    {
        await using var rig = await WebhookRig.StartAsync();

        (await rig.SendAsync("ping", body)).Status.Should().NotBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_ping_is_accepted()
    {
        await using var rig = await WebhookRig.StartAsync();

        (await rig.SendAsync("ping", """{"zen":"Keep it logically awesome.","hook_id":1}""")).Should().Be(new WebhookRig.Answer(HttpStatusCode.Accepted, "Accepted."));
    }

    public static TheoryData<string, string?, int> Signatures => new()
    {
        { "none", null, 401 },
        { "empty", "", 401 },
        { "another secret", Deliveries.Sign("{}", "another"), 401 },
        { "another body", Deliveries.Sign("{ }"), 401 },
        { "of SHA-1", "sha1=0123456789012345678901234567890123456789", 401 },
        { "no prefix", Deliveries.Sign("{}")[7..], 401 },
        { "cut off", Deliveries.Sign("{}")[..^1], 401 },
        { "in capitals", "sha256=" + Deliveries.Sign("{}")[7..].ToUpperInvariant(), 202 },
        { "right", Deliveries.Sign("{}"), 202 },
    };

    [Theory]
    [MemberData(nameof(Signatures))]
    public async Task A_signature_is_right_or_refused(string what, string? signature, int status)
    {
        await using var rig = await WebhookRig.StartAsync();

        var answer = await rig.SendAsync("{}"u8.ToArray(), signature);

        ((int)answer.Status).Should().Be(status, what);
        rig.Clients.Told.Should().HaveCount(status == 202 ? 1 : 0);
        rig.Log.Lines.Count(line => line.Event.Id == 1701).Should().Be(status == 202 ? 0 : 1);
    }

    [Fact]
    public async Task Two_signatures_are_none()
    {
        await using var rig = await WebhookRig.StartAsync();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(rig.Address, WebhookRig.Path)) { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("X-Hub-Signature-256", [Deliveries.Sign("{}"), Deliveries.Sign("{}")]);
        request.Headers.Add("X-GitHub-Event", "ping");

        (await http.SendAsync(request, Token)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task While_a_secret_is_changed_the_old_and_the_new_one_serve()
    {
        await using var rig = await WebhookRig.StartAsync(options: options => options.Secrets.Add("the new one"));

        (await rig.SendAsync("ping", "{}", "1")).Status.Should().Be(HttpStatusCode.Accepted);
        (await rig.SendAsync("ping", "{}", "2", "the new one")).Status.Should().Be(HttpStatusCode.Accepted);
        (await rig.SendAsync("ping", "{}", "3", "a third")).Status.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_reload_of_the_configuration_is_seen_and_one_that_takes_the_secret_away_closes_the_endpoint()
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Hooks:Secrets:0"] = "first", ["Hooks:AnswerTimeout"] = "00:00:02" };
        await using var rig = await WebhookRig.StartAsync(
            host: builder =>
            {
                builder.Configuration.AddInMemoryCollection(settings);
                builder.Services.AddScmIntegrations().AddGitHubWebhooks("configured", builder.Configuration.GetSection("Hooks"));
            },
            map: application => application.MapGitHubWebhooks(WebhookRig.Path, "configured"));
        var configuration = (IConfigurationRoot)rig.Services.GetRequiredService<IConfiguration>();
        rig.Services.GetRequiredService<IOptionsMonitor<GitHubWebhookOptions>>().Get("configured").AnswerTimeout.Should().Be(TimeSpan.FromSeconds(2));
        (await rig.SendAsync("ping", "{}", "1", "first")).Status.Should().Be(HttpStatusCode.Accepted);

        configuration["Hooks:Secrets:0"] = "second";
        configuration.Reload();
        (await rig.SendAsync("ping", "{}", "2", "first")).Status.Should().Be(HttpStatusCode.Unauthorized);
        (await rig.SendAsync("ping", "{}", "3", "second")).Status.Should().Be(HttpStatusCode.Accepted);

        configuration["Hooks:Secrets:0"] = " ";
        FluentActions.Invoking(configuration.Reload).Should().Throw<AggregateException>("the framework tells whoever reloads");
        (await rig.SendAsync("ping", "{}", "4", "second")).Should().Be(new WebhookRig.Answer(HttpStatusCode.ServiceUnavailable, "Not configured."));
        rig.Log.Lines.Should().Contain(line => line.Event.Id == 1702);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(null)]
    public async Task Without_a_secret_the_application_does_not_start(string? secret)
    {
        var start = () => WebhookRig.StartAsync(options: options =>
        {
            options.Secrets.Clear();
            if (secret is not null)
            {
                options.Secrets.Add(secret);
            }
        });

        (await start.Should().ThrowAsync<OptionsValidationException>()).Which.Message.Should().StartWith("GitHub webhooks: Secrets has no secret");
    }

    [Fact]
    public async Task All_that_is_wrong_with_the_options_is_named_at_once_without_a_secret()
    {
        var start = () => WebhookRig.StartAsync(options: options =>
        {
            Enumerable.Range(0, 12).ToList().ForEach(_ => options.Secrets.Add("THISMUSTNEVERPRINT"));
            (options.MaxBodyBytes, options.ReadTimeout, options.AnswerTimeout, options.HandlerTimeout) = (26_214_401, TimeSpan.Zero, TimeSpan.FromSeconds(10), TimeSpan.Zero);
            (options.Concurrency, options.QueueCapacity, options.RememberFor, options.MaxRemembered) = (0, 0, TimeSpan.FromDays(8), 99);
        });

        var failures = (await start.Should().ThrowAsync<OptionsValidationException>()).Which.Failures.ToList();

        failures.Select(failure => failure.Split(' ')[2]).Should().Equal(
            "Secrets", "MaxBodyBytes", "ReadTimeout", "AnswerTimeout", "HandlerTimeout", "Concurrency", "QueueCapacity", "RememberFor", "MaxRemembered");
        failures.Should().Contain("GitHub webhooks: AnswerTimeout is 00:00:10; it is from 00:00:00 to 00:00:09.").And.NotContain(failure => failure.Contains("NEVERPRINT"));
    }

    [Theory]
    [InlineData("application/json", 202)]
    [InlineData("application/json; charset=utf-8", 202)]
    [InlineData("APPLICATION/JSON", 202)]
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData("text/plain", 415)]
    [InlineData("application/json-patch+json", 415)]
    [InlineData("nonsense", 415)]
    [InlineData(null, 415)]
    public async Task A_delivery_is_json(string? contentType, int status)
    {
        await using var rig = await WebhookRig.StartAsync();

        ((int)(await rig.SendAsync("{}"u8.ToArray(), Deliveries.Sign("{}"), contentType: contentType)).Status).Should().Be(status);
    }

    [Theory]
    [InlineData(1024, false, 202)]
    [InlineData(1025, false, 413)]
    [InlineData(1024, true, 202)]
    [InlineData(1025, true, 413)]
    [InlineData(3_000_000, true, 413)]
    public async Task A_body_is_as_large_as_it_may_be(int bytes, bool isChunked, int status)
    {
        await using var rig = await WebhookRig.StartAsync(options: options => options.MaxBodyBytes = 1024);
        var body = "{\"a\":\"" + new string('x', bytes - 8) + "\"}";

        var answer = await rig.SendAsync(Encoding.UTF8.GetBytes(body), Deliveries.Sign(body), isChunked: isChunked);

        ((int)answer.Status).Should().Be(status);
        rig.Clients.Told.Should().HaveCount(status == 202 ? 1 : 0);
    }

    [Fact]
    public async Task A_limit_of_the_server_that_is_lower_does_not_count()
    {
        await using var rig = await WebhookRig.StartAsync(host: builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 100));
        var body = "{\"a\":\"" + new string('x', 10_000) + "\"}";

        (await rig.SendAsync("ping", body)).Status.Should().Be(HttpStatusCode.Accepted);
    }

    [Theory]
    [InlineData(null, 400)]
    [InlineData("", 400)]
    [InlineData("ping", 202)]
    [InlineData("an_event_of_tomorrow", 202)]
    public async Task A_delivery_names_its_event(string? name, int status)
    {
        await using var rig = await WebhookRig.StartAsync();

        ((int)(await rig.SendAsync("{}"u8.ToArray(), Deliveries.Sign("{}"), name, id: null)).Status).Should().Be(status);
    }

    [Fact]
    public async Task Nothing_but_a_post_is_answered()
    {
        await using var rig = await WebhookRig.StartAsync();

        (await rig.GetAsync()).StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task A_body_that_stalls_is_given_up()
    {
        await using var rig = await WebhookRig.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(rig.Address.Host, rig.Address.Port, Token);
        var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"POST {WebhookRig.Path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nX-GitHub-Event: ping\r\nX-Hub-Signature-256: {Deliveries.Sign("{}")}\r\nContent-Length: 100\r\n\r\n{{"),
            Token);

        await rig.Time.WaitForTimerAsync(TimeSpan.FromSeconds(5), Token);
        rig.Time.Advance(TimeSpan.FromSeconds(5));

        var answer = new byte[1000];
        var count = await stream.ReadAsync(answer, Token);
        Encoding.ASCII.GetString(answer, 0, count).Should().StartWith("HTTP/1.1 408 ");
        rig.Clients.Told.Should().BeEmpty();
    }

    [Fact]
    public async Task A_body_that_breaks_off_harms_nobody()
    {
        await using var rig = await WebhookRig.StartAsync();
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(rig.Address.Host, rig.Address.Port, Token);
            await client.GetStream().WriteAsync(
                Encoding.ASCII.GetBytes($"POST {WebhookRig.Path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nX-GitHub-Event: ping\r\nX-Hub-Signature-256: {Deliveries.Sign("{}")}\r\nContent-Length: 100\r\n\r\n{{"),
                Token);
            await rig.Time.WaitForTimerAsync(TimeSpan.FromSeconds(5), Token);
        }

        (await rig.SendAsync("ping", "{}")).Status.Should().Be(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Several_Apps_have_an_address_and_a_secret_each()
    {
        await using var rig = await WebhookRig.StartAsync(
            host: builder => builder.Services.AddScmIntegrations().AddGitHubWebhooks("second", options => options.Secrets.Add("of the second")),
            map: application =>
            {
                application.MapGitHubWebhooks(WebhookRig.Path);
                application.MapGitHubWebhooks("/second", "second");
            });

        (await rig.SendAsync("ping", "{}", "1")).Status.Should().Be(HttpStatusCode.Accepted);
        (await rig.SendAsync("ping", "{}", "1", "of the second", "/second")).Should().Be(new WebhookRig.Answer(HttpStatusCode.Accepted, "Accepted."), "another App's delivery is another");
        (await rig.SendAsync("ping", "{}", "2", path: "/second")).Status.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_address_needs_webhooks_of_its_name()
    {
        var start = () => WebhookRig.StartAsync(map: application => application.MapGitHubWebhooks("/x", "unknown"));

        (await start.Should().ThrowAsync<InvalidOperationException>()).Which.Message.Should().Contain("AddGitHubWebhooks(\"unknown\", …)");
    }

    [Fact]
    public async Task A_fallback_policy_does_not_keep_GitHub_out()
    {
        await using var rig = await WebhookRig.StartAsync(
            host: builder =>
            {
                builder.Services.AddAuthentication();
                builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build());
            },
            map: application =>
            {
                application.UseAuthorization();
                application.MapGitHubWebhooks(WebhookRig.Path);
            });

        (await rig.SendAsync("ping", "{}")).Status.Should().Be(HttpStatusCode.Accepted);
    }
}
