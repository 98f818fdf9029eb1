using System.Text;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;

namespace ScmIntegrations.Tests.Errors;

/// <summary>GitHub rewords its messages, and not only GitHub's own servers send them.</summary>
public sealed class RewordedAnswerTests
{
    private static readonly Dictionary<string, Func<string, string>> Changes = new(StringComparer.Ordinal)
    {
        ["upper case"] = static message => message.ToUpperInvariant(),
        ["lower case"] = static message => message.ToLowerInvariant(),
        ["line breaks"] = static message => message.Replace(" ", "\r\n", StringComparison.Ordinal),
        ["more white space"] = static message => $" \t{message.Replace(" ", " \t \u00a0 ", StringComparison.Ordinal)}\n\n",
        ["other quotes"] = static message => message.Replace('\'', '`').Replace('"', '`'),
        ["curly quotes"] = static message => message.Replace('`', '’').Replace('"', '”'),
        ["words in front"] = static message => "Error: " + message,
        ["words behind"] = static message => message + " If you reach out to GitHub Support for help, please include the request ID AB12.",
        ["hyphens"] = static message => message.Replace("read-only", "read only", StringComparison.Ordinal).Replace("fine-grained", "fine grained", StringComparison.Ordinal),
    };

    public static TheoryData<string> Names => [.. Changes.Keys];

    public static TheoryData<string, ErrorReason, int, string> OtherPlaces => new()
    {
        { "error", ErrorReason.PermissionMissing, 403, """{"error":"Resource not accessible by integration"}""" },
        { "error_description", ErrorReason.RepositoryArchived, 403, """{"error":"forbidden","error_description":"Repository was archived so is read-only."}""" },
        { "an empty message", ErrorReason.EmptyRepository, 409, """{"message":"","error":"Git Repository is empty."}""" },
        { "a message that is no text", ErrorReason.EmptyRepository, 409, """{"message":{},"error":"Git Repository is empty."}""" },
        { "errors as an object", ErrorReason.EmptyRepository, 409, """{"errors":{"message":"Git Repository is empty."}}""" },
        { "errors as a string", ErrorReason.RefMoved, 422, """{"errors":"Update is not a fast forward"}""" },
        { "errors as a list of strings", ErrorReason.RefMoved, 422, """{"errors":["Update is not a fast forward"]}""" },
        { "errors as a list of objects", ErrorReason.UserSuspended, 403, """{"errors":[{"message":"Sorry. Your account was suspended"}]}""" },
        { "a body that is a string", ErrorReason.EmptyRepository, 409, "\"Git Repository is empty.\"" },
        { "plain text", ErrorReason.EmptyRepository, 409, "Git Repository is empty.\n" },
        { "JSON with a byte order mark", ErrorReason.EmptyRepository, 409, "\uFEFF{\"message\":\"Git Repository is empty.\"}" },
        { "JSON that breaks off", ErrorReason.EmptyRepository, 409, """{"message":"Git Repository is empty.","documentation_u""" },
        { "already_exists in an object", ErrorReason.AlreadyExists, 422, """{"message":"Validation Failed","errors":{"resource":"Label","code":"already_exists"}}""" },
        { "already exists in a string", ErrorReason.AlreadyExists, 422, """{"message":"Validation Failed","errors":"Name already exists on this account"}""" },
        { "already_exists twice", ErrorReason.AlreadyExists, 422, """{"message":"Validation Failed","errors":[{"code":"already_exists"},"the key already exists"]}""" },
        { "already_exists and missing", ErrorReason.ValidationFailed, 422, """{"message":"Validation Failed","errors":[{"field":"name","code":"already_exists"},{"field":"color","code":"missing_field"}]}""" },
        { "already_exists and something unknown", ErrorReason.ValidationFailed, 422, """{"message":"Validation Failed","errors":[{"code":"already_exists"},{"position":3}]}""" },
        { "no errors at all", ErrorReason.ValidationFailed, 422, """{"message":"Validation Failed","errors":[]}""" },
    };

    /// <summary>Words that sound like something else.</summary>
    public static TheoryData<ErrorReason, int, string> Lookalikes => new()
    {
        { ErrorReason.ValidationFailed, 422, "The name does not match the pattern ^[a-z]+$." },
        { ErrorReason.ValidationFailed, 422, "This attribute is missing but expected." },
        { ErrorReason.PermissionMissing, 403, "Your installation is fine. Somebody else was suspended." },
        { ErrorReason.PermissionMissing, 403, "This account may not do that. Another one is suspended." },
        { ErrorReason.PermissionMissing, 403, "`acme` forbids access via an OAuth App. Please use a personal access token (classic) or one with fine-grained permissions." },
        { ErrorReason.PermissionMissing, 403, "Rate limits are explained elsewhere." },
        { ErrorReason.NotFound, 404, "You have exceeded a secondary rate limit." },
        { ErrorReason.BadCredentials, 401, "API rate limit exceeded." },
        { ErrorReason.ServerError, 500, "Git Repository is empty." },
        { ErrorReason.Conflict, 409, "Resource not accessible by integration" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_in_another_dress_means_the_same(string change)
    {
        foreach (var given in TableAnswers.All.Where(given => given is { Message: not null, Token: TokenAge.Unknown } && given.Status is not 304))
        {
            var changed = given with { Message = Changes[change](given.Message!) };

            changed.ToGitHubAnswer().ToException()?.Reason.Should().Be(given.Reason, changed.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(OtherPlaces))]
    public async Task Words_count_wherever_they_stand(string where, ErrorReason reason, int status, string body)
    {
        var met = await Meeting.OfAsync(new GivenAnswer(reason, status) { OtherBody = body, Method = HttpMethod.Post });

        met.Error.Reason.Should().Be(reason, where);
    }

    [Theory]
    [MemberData(nameof(Lookalikes))]
    public void Words_that_only_sound_like_it_mean_nothing(ErrorReason reason, int status, string message) =>
        new GivenAnswer(reason, status, message).ToGitHubAnswer().ToException()!.Reason.Should().Be(reason);

    [Fact]
    public void A_complaint_without_any_known_part_stands_as_it_is()
    {
        var answer = new GitHubAnswer(422) { Body = Encoding.UTF8.GetBytes("""{"message":"Validation Failed","errors":[{"position":3},{"code":""},""]}""") };

        answer.ToException()!.Error.ValidationErrors.Should().Equal("""{"position":3}""", """{"code":""}""");
    }

    [Fact]
    public void Words_in_the_message_outweigh_those_of_the_complaints()
    {
        const string body = """{"message":"Validation Failed","errors":["Git Repository is empty.","another"]}""";

        new GitHubAnswer(422) { Body = Encoding.UTF8.GetBytes(body) }.ToException()!.Reason.Should().Be(ErrorReason.ValidationFailed);
    }
}
