using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.GraphQL;
using ScmIntegrations.Resilience;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.GraphQL;

/// <summary>A GraphQL query gets the treatment of every other call, its errors in 200s included.</summary>
public sealed partial class QueryTests
{
    private static readonly GraphQLQuery Query = new("query($login: String!) { user(login: $login) { name } }") { Name = "get_user" };

    [Fact]
    public async Task The_data_is_read_and_the_variables_travel_beside_the_document()
    {
        await using var fixture = await OverAsync("""{"data":{"user":{"name":"The \"Octocat\""}}}""");

        var answer = await fixture.Client.QueryAsync(
            Query.WithVariables(new Variables("octocat\"}"), QueryJson.Default.Variables), QueryJson.Default.Data, TestContext.Current.CancellationToken);

        answer.Data.User!.Name.Should().Be("The \"Octocat\"");
        answer.IsComplete.Should().BeTrue();
        var request = fixture.GitHub.Requests.Should().ContainSingle().Which;
        (request.Method, request.Path).Should().Be((HttpMethod.Post, "/graphql"));
        var body = JsonNode.Parse(request.Body)!;
        body["query"]!.GetValue<string>().Should().Be(Query.Text);
        body["variables"]!["login"]!.GetValue<string>().Should().Be("octocat\"}");
        fixture.CountedOutcomes.Should().Equal("started", "success");
    }

    [Fact]
    public async Task On_an_Enterprise_Server_it_is_asked_beside_the_REST_API()
    {
        await using var fixture = await ClientFixture.StartAsync(static setup => setup.GitHub = options => options.ApiPathPrefix = "/api/v3");
        fixture.GitHub.When(HttpMethod.Post, "/graphql").Answer(Answers.Json(200, """{"data":{"user":{"name":"x"}}}"""));

        _ = await fixture.Client.QueryAsync(Query, QueryJson.Default.Data, TestContext.Current.CancellationToken);

        fixture.GitHub.Requests.Should().ContainSingle().Which.Target.Should().Be("/api/graphql");
    }

    [Fact]
    public async Task Data_with_errors_beside_it_is_a_success_that_names_what_is_missing()
    {
        await using var fixture = await OverAsync("""{"data":{"user":null,"viewer":{"name":"x"}},"errors":[{"type":"NOT_FOUND","path":["user",0],"message":"Could not resolve to a User."}]}""");

        var answer = await fixture.Client.QueryAsync(Query, QueryJson.Default.Data, TestContext.Current.CancellationToken);

        answer.IsComplete.Should().BeFalse();
        answer.Errors.Should().Equal(new GraphQLError("Could not resolve to a User.", "NOT_FOUND", "user/0"));
        answer.Data.Viewer!.Name.Should().Be("x");
        fixture.CountedOutcomes.Should().Equal("started", "success");
    }

    [Theory]
    [InlineData("NOT_FOUND", "Could not resolve to a User.", typeof(ScmNotFoundException), ErrorReason.NotFound)]
    [InlineData("FORBIDDEN", "Resource not accessible by integration", typeof(ScmPermissionException), ErrorReason.PermissionMissing)]
    [InlineData("FORBIDDEN", "Resource protected by organization SAML enforcement. You must grant your OAuth token access to this organization.", typeof(ScmPermissionException), ErrorReason.SamlSsoRequired)]
    [InlineData("FORBIDDEN", "Although you appear to have the correct authorization credentials, the `acme` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.", typeof(ScmForbiddenException), ErrorReason.IpAllowList)]
    [InlineData("INSUFFICIENT_SCOPES", "Your token has not been granted the required scopes to execute this query.", typeof(ScmPermissionException), ErrorReason.TokenPermissionMissing)]
    [InlineData("RATE_LIMITED", "API rate limit already exceeded for user ID 1.", typeof(ScmRateLimitException), ErrorReason.PrimaryRateLimit)]
    [InlineData(null, "Something went wrong while executing your query. Please include `ABCD:1` when reporting this issue.", typeof(ScmServerException), ErrorReason.ServerError)]
    [InlineData(null, "Field 'nam' doesn't exist on type 'User'", typeof(ScmValidationException), ErrorReason.ValidationFailed)]
    [InlineData("SOMETHING_NEW", "Nobody has seen this yet.", typeof(ScmValidationException), ErrorReason.ValidationFailed)]
    public async Task Nothing_but_errors_is_the_exception_that_REST_would_have_been(string? type, string message, Type exception, ErrorReason reason)
    {
        await using var fixture = await OverAsync(JsonSerializer.Serialize(
            new JsonObject { ["data"] = new JsonObject { ["user"] = null }, ["errors"] = new JsonArray(new JsonObject { ["type"] = type, ["message"] = message }) }));

        var call = () => fixture.Client.QueryAsync(Query, QueryJson.Default.Data, TestContext.Current.CancellationToken);

        var error = (await call.Should().ThrowAsync<ScmException>()).Which;
        error.Should().BeOfType(exception);
        error.Reason.Should().Be(reason);
        error.Origin.Should().Be(ErrorOrigin.GitHub);
        error.Status.Should().Be(System.Net.HttpStatusCode.OK, "that is what was answered");
        error.Message.Should().Contain("POST /graphql").And.Contain(message[..20]);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"data":null}""")]
    [InlineData("""{"data":{}}""")]
    [InlineData("""{"data":[1]}""")]
    [InlineData("""{"data":null,"errors":[]}""")]
    [InlineData("""[]""")]
    [InlineData("""null""")]
    [InlineData("""{"data":{"user":7}}""")]
    public async Task What_is_neither_data_nor_error_is_unreadable(string body)
    {
        await using var fixture = await OverAsync(body);

        var call = () => fixture.Client.QueryAsync(Query, QueryJson.Default.Data, TestContext.Current.CancellationToken);

        await call.Should().ThrowAsync<ScmUnreadableResponseException>();
    }

    [Theory]
    [InlineData("""{"data":null,"errors":[null]}""")]
    [InlineData("""{"data":null,"errors":[{}]}""")]
    [InlineData("""{"data":null,"errors":[{"message":null,"type":null,"path":"x"}]}""")]
    public async Task An_error_without_words_is_one_all_the_same(string body)
    {
        await using var fixture = await OverAsync(body);

        var call = () => fixture.Client.QueryAsync(Query, QueryJson.Default.Data, TestContext.Current.CancellationToken);

        await call.Should().ThrowAsync<ScmValidationException>();
    }

    [Fact]
    public async Task A_limit_in_a_200_closes_the_gate_of_GraphQL_alone()
    {
        await using var fixture = await OverAsync("""{"errors":[{"type":"RATE_LIMITED","message":"API rate limit exceeded for user ID 1."}]}""");
        var call = () => fixture.Client.QueryAsync(Query, QueryJson.Default.Data, TestContext.Current.CancellationToken);
        await call.Should().ThrowAsync<ScmRateLimitException>();

        var second = (await call.Should().ThrowAsync<ScmRateLimitException>()).Which;

        second.Origin.Should().Be(ErrorOrigin.Client);
        second.RetryAt.Should().NotBeNull();
        fixture.GitHub.Requests.Should().ContainSingle();
        await fixture.GetApiAsync();
    }

    [Theory]
    [InlineData("query { a }", OperationClass.Read)]
    [InlineData("{ mutation }", OperationClass.Read)]
    [InlineData("mutation { a }", OperationClass.Write)]
    [InlineData("\uFEFF ,\n# query\nmutation M($x: Int) { a }", OperationClass.Write)]
    [InlineData("# mutation\nquery { a }", OperationClass.Read)]
    [InlineData("fragment f on User { mutation } query { a(x: \"}mutation{\") }", OperationClass.Read)]
    [InlineData("fragment f on User { a } mutation { b }", OperationClass.Write)]
    [InlineData("query { a(x: \"\"\" } \" mutation \"\"\") } ", OperationClass.Read)]
    [InlineData("query { a(x: \"\\\"}\") } mutation { b }", OperationClass.Write)]
    [InlineData("query mutations { a }", OperationClass.Read)]
    [InlineData("query { a(x: \"unended", OperationClass.Read)]
    [InlineData("query { a(x: \"\"\"unended \\", OperationClass.Read)]
    public void A_mutation_is_a_write_that_is_never_sent_again(string text, OperationClass operation) =>
        new GraphQLQuery(text).Operation.Should().Be(operation);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void A_document_is_needed(string text) =>
        FluentActions.Invoking(() => new GraphQLQuery(text)).Should().Throw<ArgumentException>();

    [Fact]
    public void Neither_document_nor_variables_are_printed() =>
        (Query.WithVariables(new Variables("secret"), QueryJson.Default.Variables) with { Name = "get_user" }).ToString().Should().Be("get_user");

    private static async Task<ClientFixture> OverAsync(string body)
    {
        var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Post, "/graphql").Answer(Answers.Json(200, body));
        return fixture;
    }

    internal sealed record Variables(string Login);

    internal sealed record Data(User? User, User? Viewer);

    internal sealed record User(string Name);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Variables))]
    [JsonSerializable(typeof(Data))]
    internal sealed partial class QueryJson : JsonSerializerContext;
}
