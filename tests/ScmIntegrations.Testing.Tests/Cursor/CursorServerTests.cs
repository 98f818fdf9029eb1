using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ScmIntegrations.Testing.Tests.Cursor;

/// <summary>Keys, generations, faults, webhooks, and the legacy API.</summary>
public sealed class CursorServerTests
{
    [Theory]
    [InlineData("Bearer", CursorFixture.Key, 200)]
    [InlineData("Basic", CursorFixture.Key + ":", 200)]
    [InlineData("Basic", CursorFixture.Key, 200)]
    [InlineData("Bearer", "key_wrong", 401)]
    [InlineData("Basic", "key_wrong:", 401)]
    [InlineData("Token", CursorFixture.Key, 401)]
    public async Task A_key_comes_as_bearer_or_as_the_user_of_a_basic_credential(string scheme, string value, int status)
    {
        await using var one = await CursorFixture.StartAsync();
        one.Client.DefaultRequestHeaders.Authorization = new(scheme, scheme is "Basic" ? Convert.ToBase64String(Encoding.UTF8.GetBytes(value)) : value);

        (await one.GetAsync("v1/me")).Status.Should().Be(status);
        (await one.GetAsync("v0/me")).Status.Should().Be(status);
    }

    [Fact]
    public async Task Without_a_key_there_is_nothing()
    {
        await using var one = await CursorFixture.StartAsync();
        using var nobody = one.Cursor.CreateClient();

        using var response = await nobody.GetAsync("v1/agents", Http.Cancellation);

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        CursorFixture.Code(await response.ReadJsonAsync()).Should().Be("unauthorized");
    }

    [Fact]
    public async Task A_service_account_is_unknown_to_the_legacy_api_alone()
    {
        await using var one = await CursorFixture.StartAsync();
        one.Cursor.AddKey(CursorFixture.Key, userEmail: null);

        (await one.GetAsync("v1/me")).Body.TryGetProperty("userEmail", out _).Should().BeFalse();
        (await one.GetAsync("v0/me")).Status.Should().Be(403);
        (await one.GetAsync("v0/models")).Body.GetProperty("models").EnumerateArray().Select(model => model.GetString()).Should().Equal(one.Cursor.Options.Models);
        (await one.GetAsync("v1/models")).Body.GetProperty("items").EnumerateArray().Select(model => model.GetProperty("id").GetString()).Should().Equal(one.Cursor.Options.Models);
    }

    [Theory]
    [InlineData(true, false, 200, 404)]
    [InlineData(false, true, 404, 200)]
    public async Task A_generation_can_be_absent(bool servesV1, bool servesV0, int v1, int v0)
    {
        await using var one = await CursorFixture.StartAsync(options => (options.ServesV1, options.ServesV0) = (servesV1, servesV0));

        using var current = await one.Client.GetAsync("v1/agents", Http.Cancellation);
        using var legacy = await one.Client.GetAsync("v0/agents", Http.Cancellation);

        ((int)current.StatusCode, (int)legacy.StatusCode).Should().Be((v1, v0));
        (v1 == 404 ? current : legacy).Content.Headers.ContentType!.MediaType.Should().Be("text/html", "a path that is not served is not Cursor's error");
    }

    [Fact]
    public async Task Faults_and_the_log_are_those_of_every_fake()
    {
        await using var one = await CursorFixture.StartAsync();
        one.Cursor.When(HttpMethod.Get, "/v1/agents").Once().Answer(Answers.CursorLegacyError(429, "Too Many Requests", "Slow down.").WithHeader("Retry-After", "7"));

        var (status, body) = await one.GetAsync("v1/agents");

        (status, body.GetProperty("error").GetString(), body.Message()).Should().Be((429, "Too Many Requests", "Slow down."));
        (await one.GetAsync("v1/agents")).Status.Should().Be(200);
        one.Cursor.Count(HttpMethod.Get, "/v1/agents").Should().Be(2);
        (await one.GetAsync("v1/nothing")).Status.Should().Be(501);
        one.Cursor.UnmatchedRequests.Should().ContainSingle().Which.Path.Should().Be("/v1/nothing");
    }

    [Fact]
    public async Task It_can_be_reached_in_memory()
    {
        await using var cursor = FakeCursor.InMemory();
        cursor.AddKey(CursorFixture.Key);
        using var client = cursor.CreateClient(CursorFixture.Key);

        (await client.GetJsonAsync("v1/me")).GetProperty("userEmail").GetString().Should().Be("developer@example.com");
    }

    [Fact]
    public async Task The_legacy_api_has_the_agent_and_its_work_in_one()
    {
        await using var one = await CursorFixture.StartAsync();

        var (status, body) = await one.PostAsync("v0/agents", """
            {"prompt":{"text":"Fix it."},"model":"gpt-5.5","source":{"repository":"https://github.com/acme/api","ref":"dev"},
             "target":{"autoCreatePr":true,"branchName":"cursor/mine"},"webhook":{"url":"https://example.com/hook","secret":"s"}}
            """);
        var agent = one.Cursor.Agents.Should().ContainSingle().Subject;
        status.Should().Be(201);
        body.GetProperty("status").GetString().Should().Be("CREATING");
        agent.Should().Match<FakeCursorAgent>(kept => kept.Ref == "dev" && kept.Model == "gpt-5.5" && kept.BranchName == "cursor/mine" && kept.WebhookSecret == "s");

        agent.Finish(pullRequestNumber: 3);
        (await one.GetAsync($"v0/agents/{agent.Id}")).Body.GetProperty("target").GetProperty("prUrl").GetString().Should().Be("https://github.com/acme/api/pull/3");
        (await one.GetAsync("v0/agents")).Body.GetProperty("agents").GetArrayLength().Should().Be(1);
        (await one.PostAsync($"v0/agents/{agent.Id}/followup", """{"prompt":{"text":"More."}}""")).Status.Should().Be(200);
        (await one.PostAsync($"v0/agents/{agent.Id}/followup", """{"prompt":{"text":"More."}}""")).Status.Should().Be(409);
        (await one.PostAsync($"v0/agents/{agent.Id}/stop")).Status.Should().Be(200);
        (await one.GetAsync($"v0/agents/{agent.Id}")).Body.GetProperty("status").GetString().Should().Be("STOPPED");
        (await one.SendAsync(HttpMethod.Delete, $"v0/agents/{agent.Id}")).Status.Should().Be(200);
        (await one.GetAsync($"v0/agents/{agent.Id}")).Status.Should().Be(404);
    }

    [Fact]
    public async Task A_delivery_is_signed_as_cursor_signs()
    {
        await using var one = await CursorFixture.StartAsync();
        var agent = one.Cursor.AddAgent("acme/api");
        agent.Finish(pullRequestNumber: 7);

        var delivery = one.Cursor.CreateDelivery(agent.Id, "secret");

        delivery.Header("x-webhook-signature").Should().Be("sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData("secret"u8, delivery.Body.Span)));
        delivery.Header("X-Webhook-Event").Should().Be("statusChange");
        delivery.Header("X-Webhook-ID").Should().NotBe(one.Cursor.CreateDelivery(agent.Id, "secret").Header("X-Webhook-ID"));
        using var body = JsonDocument.Parse(delivery.Body);
        body.RootElement.GetProperty("status").GetString().Should().Be("FINISHED");
        body.RootElement.GetProperty("target").GetProperty("prUrl").GetString().Should().Be("https://github.com/acme/api/pull/7");
        delivery.WithHeader("X-Webhook-ID", null).Header("X-Webhook-ID").Should().BeNull();
        var withoutSecret = () => one.Cursor.CreateDelivery(agent.Id);
        withoutSecret.Should().Throw<ArgumentException>();
    }
}
