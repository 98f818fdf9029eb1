using ScmIntegrations.CodingAgents.Cursor;
using ScmIntegrations.Errors;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Tests.CodingAgents.Cursor;

/// <summary>Another model once, and only where the model is what was refused.</summary>
public sealed class CursorModelTests
{
    private const string Agents = "/v1/agents";

    [Theory]
    [InlineData(CursorApi.V1)]
    [InlineData(CursorApi.V0)]
    public async Task A_model_that_is_gone_is_replaced_once(CursorApi api)
    {
        await using var rig = await CursorRig.StartAsync(options => options.Api = api, fake => fake.Models = ["composer-2", "gpt-5.5", "claude-4.7-opus"]);

        var task = await rig.LaunchAsync(request => request with { Model = "claude-4.6-sonnet" });

        rig.Cursor.Agents.Should().ContainSingle().Which.Model.Should().Be("claude-4.7-opus", "it is of the same family");
        task.Warnings.Should().ContainSingle().Which.Should().Be("Cursor does not have the model 'claude-4.6-sonnet'; 'claude-4.7-opus' was taken instead.");
        var root = api is CursorApi.V0 ? "/v0" : "/v1";
        rig.Sent.Should().Equal($"POST {root}/agents", $"GET {root}/models", $"POST {root}/agents");
    }

    [Fact]
    public async Task The_second_model_is_the_last()
    {
        await using var rig = await CursorRig.StartAsync();
        rig.Cursor.When(HttpMethod.Post, Agents).Answer(Answers.CursorError(400, "validation_error", "Model 'x' is not available."));

        var error = await CursorRig.FailAsync(() => rig.LaunchAsync(request => request with { Model = "x" }));

        error.Should().BeOfType<ScmValidationException>();
        rig.Cursor.Count(HttpMethod.Post, Agents).Should().Be(2);
    }

    [Theory]
    [InlineData(400, "validation_error", "Model 'x' is not available.", true)]
    [InlineData(422, "", "model \"x\" is not available.", true)]
    [InlineData(404, "", "Model 'x' was not found.", true)]
    [InlineData(400, "validation_error", "Model 'x' could not be used while determining the default branch.", false)]
    [InlineData(400, "validation_error", "Failed to determine repository default branch.", false)]
    [InlineData(400, "validation_error", "The model is not available.", false)]
    [InlineData(400, "validation_error", "prompt.text: Required", false)]
    [InlineData(401, "unauthorized", "Model 'x' is not available.", false)]
    [InlineData(400, "unauthorized", "Model 'x' is not available.", false)]
    [InlineData(403, "role_forbidden", "Model 'x' is not available.", false)]
    [InlineData(403, "brand_new", "Model 'x' is not available.", false)]
    [InlineData(400, "plan_required", "Model 'x' is not available.", false)]
    [InlineData(429, "rate_limit_exceeded", "Model 'x' is not available.", false)]
    [InlineData(400, "rate_limit_exceeded", "Model 'x' is not available.", false)]
    [InlineData(501, "", "Model 'x' is not available.", false)]
    public async Task Only_a_refusal_of_the_model_asks_for_another(int status, string code, string message, bool asks)
    {
        await using var rig = await CursorRig.StartAsync();
        rig.Cursor.When(HttpMethod.Post, Agents).Once().Answer(Answers.CursorError(status, code, message));

        if (asks)
        {
            await rig.LaunchAsync(request => request with { Model = "x" });
        }
        else
        {
            (await CursorRig.FailAsync(() => rig.LaunchAsync(request => request with { Model = "x" }))).Message.Should().Contain(message);
        }

        rig.Cursor.Count(HttpMethod.Get, "/v1/models").Should().Be(asks ? 1 : 0);
        rig.Cursor.Count(HttpMethod.Post, Agents).Should().Be(asks ? 2 : 1);
    }

    [Theory]
    [InlineData(200, """{"items":[]}""")]
    [InlineData(200, "{}")]
    [InlineData(200, """{"items":[{"id":"x"},{"id":null},{},7,"X"]}""")]
    [InlineData(403, """{"error":{"code":"role_forbidden","message":"No."}}""")]
    [InlineData(200, "<html>")]
    [InlineData(500, "")]
    public async Task Without_another_model_the_original_error_surfaces(int status, string models)
    {
        await using var rig = await CursorRig.StartAsync();
        rig.Cursor.When(HttpMethod.Get, "/v1/models").Answer(Answers.Json(status, models));

        var error = await CursorRig.FailAsync(() => rig.LaunchAsync(request => request with { Model = "x" }));

        error.Should().BeOfType<ScmValidationException>();
        error.Message.Should().Contain("Model 'x' is not available");
        rig.Cursor.Count(HttpMethod.Post, Agents).Should().Be(1);
    }

    public static TheoryData<CursorApi, string> ModelLists
    {
        get
        {
            var data = new TheoryData<CursorApi, string>();
            foreach (var api in Enum.GetValues<CursorApi>())
            {
                foreach (var entries in (string[])["""["x","gpt-5.5"]""", """[{"id":"gpt-5.5","name":"GPT"}]""", """[{"name":"gpt-5.5"}]""", """[null,7,[],{"id":7},{"id":" ","name":"gpt-5.5"},"\ud800"]"""])
                {
                    data.Add(api, entries);
                    data.Add(api, $$"""{"items":{{entries}}}""");
                    data.Add(api, $$"""{"items":null,"models":{{entries}}}""");
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(ModelLists))]
    public async Task A_list_of_models_is_read_in_every_form(CursorApi api, string models)
    {
        await using var rig = await CursorRig.StartAsync(options => options.Api = api);
        rig.Cursor.When(HttpMethod.Get, api is CursorApi.V0 ? "/v0/models" : "/v1/models").Answer(Answers.Json(200, models));

        await rig.LaunchAsync(request => request with { Model = "x" });

        rig.Cursor.Agents.Should().ContainSingle().Which.Model.Should().Be("gpt-5.5");
    }

    [Theory]
    [InlineData(CursorApi.V1, false)]
    [InlineData(CursorApi.V1, true)]
    [InlineData(CursorApi.V0, false)]
    [InlineData(CursorApi.V0, true)]
    public async Task A_launch_that_is_sent_again_goes_on_with_the_other_model(CursorApi api, bool isStarted)
    {
        await using var rig = await CursorRig.StartAsync(options => options.Api = api, fake => fake.Models = ["gpt-5.5"]);
        rig.Cursor.When(request => request.Method == HttpMethod.Post && request.Body.Contains("gpt-5.5", StringComparison.Ordinal)).Once()
            .Answer(isStarted ? Answers.Real().ResetAfter(10) : Answers.Text(502));

        var task = await rig.LaunchAsync(request => request with { Model = "x" });

        task.WasStartedBefore.Should().Be(isStarted);
        task.Warnings.Should().ContainSingle().Which.Should().Be("Cursor does not have the model 'x'; 'gpt-5.5' was taken instead.");
        var root = api is CursorApi.V0 ? "/v0" : "/v1";
        rig.Sent.Where(request => !request.StartsWith($"GET {root}/agents", StringComparison.Ordinal)).Should()
            .Equal([$"POST {root}/agents", $"GET {root}/models", $"POST {root}/agents", .. isStarted ? Array.Empty<string>() : [$"POST {root}/agents"]]);
    }

    [Fact]
    public async Task A_configured_model_that_is_gone_is_replaced_too()
    {
        await using var rig = await CursorRig.StartAsync();
        rig.Cursor.When(HttpMethod.Post, Agents).Once().Answer(Answers.CursorError(400, "validation_error", "Model 'default' is not available."));

        var task = await rig.LaunchAsync();

        rig.Cursor.Agents.Should().ContainSingle().Which.Model.Should().Be("gpt-5.5");
        task.Warnings.Should().ContainSingle().Which.Should().Contain("the model that is configured");
    }

    [Theory]
    [InlineData("claude-4.6-sonnet", "composer-2 gpt-5.5 claude-4.7-opus claude-4.6-opus", "claude-4.7-opus")]
    [InlineData("claude-4.6-sonnet", "composer-2 gpt-5.5 grok-4", "gpt-5.5")]
    [InlineData("claude-4.6-sonnet", "composer-2 grok-4", "composer-2")]
    [InlineData("gpt-4", "composer-2 gpt-5.5", "gpt-5.5")]
    [InlineData("GPT-4", "composer-2 gpt-5.5", "gpt-5.5")]
    [InlineData("gpt-5.5", "composer-2 gpt-5.5", "composer-2")]
    [InlineData("gpt-5.5", "GPT-5.5", null)]
    [InlineData(null, "composer-2 gpt-5.5", "gpt-5.5")]
    [InlineData("x", "", null)]
    [InlineData("", "composer-2", "composer-2")]
    public void The_same_family_then_a_gpt_then_the_rest(string? refused, string models, string? chosen) =>
        CursorModels.Choose(models.Split(' ', StringSplitOptions.RemoveEmptyEntries), refused).Should().Be(chosen);
}
