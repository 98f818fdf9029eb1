using Octokit;
using ScmIntegrations.Errors;
using ScmIntegrations.Octokit.Tests.Infrastructure;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Octokit.Tests.Hazards.Leaks;

/// <summary>What the exceptions say, ours and Octokit's within: no secret, no page, no control character, and no more than a few lines.</summary>
public sealed class TextTests
{
    private const string Secret = "ghs_SecretOfSomebodyElse0123456789abcdef";
    private const string Private = "the-private-field-of-the-body";

    public static TheoryData<int, string, string> Refusals => new()
    {
        { 404, $$"""{"message":"The token {{Secret}} is not good.","secret":"{{Private}}"}""", "application/json" },
        { 422, $$"""{"message":"Validation Failed","errors":[{"resource":"{{Secret}}","field":"{{Secret}}","code":"custom","message":"Bearer {{Secret}}"}],"x":"{{Private}}"}""", "application/json" },
        { 422, $$"""{"message":"Validation Failed","errors":["{{Secret}}"],"x":"{{Private}}"}""", "application/json" },
        { 403, $$"""{"message":"No: {{Secret}}","documentation_url":"https://docs.github.com/?access_token={{Secret}}"}""", "application/json" },
        { 400, $"Authorization: Bearer {Secret}", "text/plain" },
        { 500, $"<!DOCTYPE html><html><body>{Secret} {Private}</body></html>", "text/html" },
        { 502, $"<html><title>Unicorn</title>{Secret} {Private}</html>", "application/json" },
        { 401, $$"""{"message":"\u001b[31mred\u0007 \u202e {{Secret}}"}""", "application/json" },
        { 409, $$"""{"message":"a\r\nSet-Cookie: {{Secret}}"}""", "application/json" },
        { 410, $$"""{"message":"{{new string('x', 100_000)}}{{Secret}}"}""", "application/json" },
        { 418, $"\"{Secret}\"", "application/json" },
        { 422, $$"""{"message":"Validation Failed","errors":[{{string.Join(',', Enumerable.Repeat("\"Could not resolve to a node\"", 5_000))}}]}""", "application/json" },
        { 429, $"{{\"message\":\"cut off {Secret}", "application/json" },
        { 451, $"[\"{Secret}\"]", "application/json" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Nothing_of_the_body_leaks(int status, string body, string contentType)
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Text(status, body, contentType));

        var error = (await fixture.Awaiting(one => one.GetApiAsync()).Should().ThrowAsync<ScmException>()).Which;

        var octokits = error.InnerException.Should().BeAssignableTo<ApiException>().Subject;
        string[] texts = [error.Message, $"{error}", error.Explain(), octokits.Message, $"{octokits}", $"{octokits.HttpResponse?.Body}", .. octokits.ApiError.Errors?.Select(one => $"{one.Resource} {one.Field} {one.Message}") ?? [], .. fixture.EverythingSaid];
        texts.Should().NotContain(text => text.Contains(Secret) || text.Contains(Private) || text.Contains(OctokitSetup.Token) || text.Contains("<html", StringComparison.OrdinalIgnoreCase));
        texts.Should().NotContain(text => text.Any(letter => char.IsControl(letter) && !"\r\n\t".Contains(letter)) || text.Contains('\u202e'));
        texts.Should().OnlyContain(text => text.Length < 20_000);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Nor_does_it_outside_of_RunAsync(int status, string body, string contentType)
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Text(status, body, contentType));

        var error = await Record.ExceptionAsync(() => fixture.Direct.Repository.Get("acme", "api"));

        $"{error} {error!.Message}".Should().NotContainAny(Secret, Private, OctokitSetup.Token, "<html");
    }

    [Theory]
    [InlineData("""{"id":"ghs_SecretOfSomebodyElse0123456789abcdef"}""")]
    [InlineData("""{"id":7,"owner":{"type":"ghs_SecretOfSomebodyElse0123456789abcdef"}}""")]
    [InlineData("<html>ghs_SecretOfSomebodyElse0123456789abcdef</html>")]
    [InlineData("""{"id":7,"name":"ghs_SecretOfSomebodyElse0123456789abcdef""")]
    public async Task A_body_that_cannot_be_read_leaks_nothing(string body)
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Json(200, body));

        var error = await Record.ExceptionAsync(() => fixture.GetApiAsync());

        string[] texts = [.. fixture.EverythingSaid, $"{error}"];
        texts.Should().NotContain(text => text.Contains(Secret));
    }

    [Theory]
    [InlineData("ghs_SecretOfSomebodyElse0123456789abcdef/x")]
    [InlineData("x?access_token=ghs_SecretOfSomebodyElse0123456789abcdef")]
    public async Task An_argument_that_is_refused_is_not_repeated_with_its_secret(string name)
    {
        await using var fixture = await OctokitFixture.StartAsync();

        var error = await Record.ExceptionAsync(() => fixture.RunAsync(octokit => octokit.Repository.Get("acme", name)));

        $"{error}".Should().NotContain(Secret);
    }

    [Fact]
    public async Task The_message_of_an_error_stays_readable()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.GitHubError(404, "Branch not found"));

        var error = (await fixture.Awaiting(one => one.GetApiAsync()).Should().ThrowAsync<ScmNotFoundException>()).Which;

        error.Message.Should().Contain("Branch not found");
        error.InnerException!.Message.Should().Be("Branch not found");
    }

    [Fact]
    public async Task Plain_Octokit_prints_the_body_and_makes_a_page_its_message()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().AnswerInOrder(Answers.Json(404, $$"""{"message":"No","secret":"{{Secret}}"}"""), Answers.ServerError(502));

        var missing = await Record.ExceptionAsync(() => fixture.Plain().Repository.Get("acme", "api"));
        var page = await Record.ExceptionAsync(() => fixture.Plain().Repository.Get("acme", "api"));

        $"{missing}".Should().Contain(Secret);
        page!.Message.Should().StartWith("<html");
    }
}
