using System.Net;
using ScmIntegrations.Errors;

namespace ScmIntegrations.Tests.Errors;

public sealed class ErrorMappingTests
{
    private static readonly Dictionary<ErrorReason, Type> Types = new()
    {
        [ErrorReason.Unknown] = typeof(ScmException),
        [ErrorReason.EmptyRepository] = typeof(ScmEmptyRepositoryException),
        [ErrorReason.Conflict] = typeof(ScmConflictException),
        [ErrorReason.NotFound] = typeof(ScmNotFoundException),
        [ErrorReason.BadCredentials] = typeof(ScmUnauthorizedException),
        [ErrorReason.CredentialMissing] = typeof(ScmUnauthorizedException),
        [ErrorReason.InvalidAppKey] = typeof(ScmUnauthorizedException),
        [ErrorReason.PermissionMissing] = typeof(ScmPermissionException),
        [ErrorReason.PrimaryRateLimit] = typeof(ScmRateLimitException),
        [ErrorReason.SecondaryRateLimit] = typeof(ScmRateLimitException),
        [ErrorReason.ValidationFailed] = typeof(ScmValidationException),
        [ErrorReason.ServerError] = typeof(ScmServerException),
        [ErrorReason.UnreadableResponse] = typeof(ScmUnreadableResponseException),
        [ErrorReason.ResponseTooLarge] = typeof(ScmUnreadableResponseException),
        [ErrorReason.OriginBlocked] = typeof(ScmOriginBlockedException),
        [ErrorReason.RedirectRefused] = typeof(ScmException),
        [ErrorReason.Transport] = typeof(ScmTransportException),
        [ErrorReason.Timeout] = typeof(ScmTimeoutException),
        [ErrorReason.CircuitOpen] = typeof(ScmCircuitOpenException),
        [ErrorReason.IncompleteList] = typeof(ScmIncompleteListException),
    };

    public static TheoryData<ErrorReason> Reasons => [.. Enum.GetValues<ErrorReason>()];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Every_reason_has_its_exception(ErrorReason reason)
    {
        var cause = new InvalidOperationException("the cause");
        var error = new ScmError { Message = "m", Reason = reason, Origin = ErrorOrigin.GitHub };

        var exception = ScmException.From(error, cause);

        exception.Should().BeOfType(Types[reason]);
        exception.Error.Should().BeSameAs(error);
        exception.InnerException.Should().BeSameAs(cause);
        exception.Message.Should().Be("m");
    }

    [Fact]
    public void A_403_that_nobody_knows_is_still_a_refusal() =>
        ScmException.From(new ScmError { Message = "m", Reason = ErrorReason.Unknown, Origin = ErrorOrigin.GitHub, Status = HttpStatusCode.Forbidden })
            .Should().BeOfType<ScmForbiddenException>();

    [Theory]
    [MemberData(nameof(Reasons))]
    public void A_reason_has_a_name_in_snake_case(ErrorReason reason) => reason.ToName().Should().MatchRegex("^[a-z]+(_[a-z]+)*$");

    [Fact]
    public void Names_are_those_that_the_contract_lists()
    {
        ErrorReason.EmptyRepository.ToName().Should().Be("empty_repository");
        ErrorReason.PrimaryRateLimit.ToName().Should().Be("primary_rate_limit");
        Enum.GetValues<ErrorOrigin>().Select(origin => origin.ToName()).Should().Equal("github", "platform", "provider", "transport", "client");
    }

    [Fact]
    public void Facts_are_needed() => FluentActions.Invoking(() => new ScmException(null!)).Should().Throw<ArgumentNullException>();

    [Theory]
    [InlineData(null, 0)]
    [InlineData("contents=read", 1)]
    [InlineData("contents=read,metadata=read; administration=read", 2)]
    [InlineData(" ; ,", 1)]
    public void Accepted_permissions_are_read_as_alternatives(string? header, int alternatives)
    {
        var error = new ScmPermissionException(new ScmError
        {
            Message = "m",
            Reason = ErrorReason.PermissionMissing,
            Origin = ErrorOrigin.GitHub,
            AcceptedPermissions = header,
        });

        error.AcceptedPermissions.Where(all => all.Count > 0).Should().HaveCount(string.Equals(header, " ; ,", StringComparison.Ordinal) ? 0 : alternatives);
    }
}
