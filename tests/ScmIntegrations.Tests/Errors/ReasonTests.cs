using System.Net;
using ScmIntegrations.Errors;
using static ScmIntegrations.Errors.ActionOwner;
using static ScmIntegrations.Errors.ErrorReason;

namespace ScmIntegrations.Tests.Errors;

/// <summary>What follows from each reason: the exception, the outcome, whose turn it is, and the advice.</summary>
public sealed class ReasonTests
{
    // Type; whether it is expected of a customer's credential, of the operator's; transient; who acts for a customer, for the operator.
    private static readonly Dictionary<ErrorReason, (Type Type, bool Customers, bool Operators, bool IsTransient, ActionOwner Acts, ActionOwner OperatorsActs)> Consequences = new()
    {
        [EmptyRepository] = (typeof(ScmEmptyRepositoryException), true, true, false, Nobody, Nobody),
        [NotReady] = (typeof(ScmNotReadyException), true, true, true, Nobody, Nobody),
        [ErrorReason.NotFound] = (typeof(ScmNotFoundException), true, true, false, Administrator, Administrator),
        [Conflict] = (typeof(ScmConflictException), true, true, false, Nobody, Nobody),
        [RefMoved] = (typeof(ScmConflictException), true, true, false, Nobody, Nobody),
        [ContentChanged] = (typeof(ScmConflictException), true, true, false, Nobody, Nobody),
        [AlreadyExists] = (typeof(ScmAlreadyExistsException), true, true, false, Nobody, Nobody),
        [NotAllowed] = (typeof(ScmNotAllowedException), true, true, false, User, User),
        [ErrorReason.Gone] = (typeof(ScmGoneException), true, true, false, Administrator, Administrator),
        [BadCredentials] = (typeof(ScmUnauthorizedException), true, false, false, User, Operator),
        [CredentialMissing] = (typeof(ScmUnauthorizedException), true, false, false, Operator, Operator),
        [InvalidAppKey] = (typeof(ScmUnauthorizedException), true, false, false, Operator, Operator),
        [ClockSkew] = (typeof(ScmUnauthorizedException), false, false, true, Operator, Operator),
        [FreshToken] = (typeof(ScmUnauthorizedException), false, false, true, Nobody, Nobody),
        [SeenAsAnonymous] = (typeof(ScmUnauthorizedException), false, false, true, Nobody, Nobody),
        [LoginLockedOut] = (typeof(ScmForbiddenException), true, false, true, User, Operator),
        [ReconnectRequired] = (typeof(ScmUnauthorizedException), true, false, false, User, Operator),
        [CredentialUnreadable] = (typeof(ScmCredentialUnreadableException), false, false, false, Operator, Operator),
        [InstallationSuspended] = (typeof(ScmInstallationException), true, true, false, Administrator, Administrator),
        [InstallationGone] = (typeof(ScmInstallationException), true, true, false, Administrator, Administrator),
        [UserSuspended] = (typeof(ScmForbiddenException), true, false, false, User, Operator),
        [AccountActionRequired] = (typeof(ScmForbiddenException), true, false, false, User, Operator),
        [PermissionMissing] = (typeof(ScmPermissionException), true, true, false, Administrator, Administrator),
        [TokenPermissionMissing] = (typeof(ScmPermissionException), true, true, false, User, User),
        [SamlSsoRequired] = (typeof(ScmPermissionException), true, true, false, User, User),
        [SamlPartialResults] = (typeof(ScmIncompleteListException), true, true, false, User, User),
        [IpAllowList] = (typeof(ScmForbiddenException), true, true, false, Administrator, Administrator),
        [OauthAppRestricted] = (typeof(ScmForbiddenException), true, true, false, Administrator, Administrator),
        [ClassicTokenForbidden] = (typeof(ScmForbiddenException), true, true, false, User, User),
        [FineGrainedTokenForbidden] = (typeof(ScmForbiddenException), true, true, false, User, User),
        [TokenLifetimePolicy] = (typeof(ScmForbiddenException), true, true, false, User, User),
        [RepositoryBlocked] = (typeof(ScmBlockedException), true, true, false, Administrator, Administrator),
        [LegalBlock] = (typeof(ScmBlockedException), true, true, false, Administrator, Administrator),
        [TradeControls] = (typeof(ScmBlockedException), true, true, false, Administrator, Administrator),
        [RepositoryArchived] = (typeof(ScmForbiddenException), true, true, false, Administrator, Administrator),
        [BlobTooLarge] = (typeof(ScmForbiddenException), true, true, false, Developer, Developer),
        [PlanRequired] = (typeof(ScmForbiddenException), true, true, false, Administrator, Administrator),
        [LicenseMissing] = (typeof(ScmForbiddenException), true, true, false, Administrator, Administrator),
        [QuotaExceeded] = (typeof(ScmForbiddenException), true, true, false, User, User),
        [PrimaryRateLimit] = (typeof(ScmRateLimitException), true, true, true, Nobody, Nobody),
        [SecondaryRateLimit] = (typeof(ScmRateLimitException), true, true, true, Nobody, Nobody),
        [CircuitOpen] = (typeof(ScmCircuitOpenException), true, true, true, Nobody, Nobody),
        [ValidationFailed] = (typeof(ScmValidationException), false, false, false, Developer, Developer),
        [OriginBlocked] = (typeof(ScmOriginBlockedException), true, true, false, Operator, Operator),
        [RedirectRefused] = (typeof(ScmRedirectException), true, true, false, Developer, Developer),
        [ServerError] = (typeof(ScmServerException), false, false, true, Nobody, Nobody),
        [UnreadableResponse] = (typeof(ScmUnreadableResponseException), false, false, true, Operator, Operator),
        [ResponseTooLarge] = (typeof(ScmUnreadableResponseException), false, false, false, Developer, Developer),
        [ErrorReason.Transport] = (typeof(ScmTransportException), false, false, true, Operator, Operator),
        [TlsRefused] = (typeof(ScmTlsException), false, false, false, Operator, Operator),
        [ErrorReason.Timeout] = (typeof(ScmTimeoutException), false, false, true, Nobody, Nobody),
        [IncompleteList] = (typeof(ScmIncompleteListException), false, false, false, Developer, Developer),
        [Unknown] = (typeof(ScmException), false, false, false, Developer, Developer),
    };

    public static TheoryData<ErrorReason> Reasons => [.. Enum.GetValues<ErrorReason>()];

    [Fact]
    public void Every_reason_has_one_row() =>
        ReasonTable.Rows.Select(row => row.Reason).Should().OnlyHaveUniqueItems().And.BeEquivalentTo(Enum.GetValues<ErrorReason>());

    [Theory]
    [MemberData(nameof(Reasons))]
    public void A_reason_has_its_exception(ErrorReason reason)
    {
        var cause = new InvalidOperationException("the cause");
        var error = Error(reason);

        var exception = ScmException.From(error, cause);

        exception.Should().BeOfType(Consequences[reason].Type);
        exception.Error.Should().BeSameAs(error);
        exception.InnerException.Should().BeSameAs(cause);
        exception.Message.Should().Be("m");
    }

    [Theory]
    [MemberData(nameof(Reasons))]
    public void A_reason_ends_an_interaction_as_the_credential_is_whose(ErrorReason reason)
    {
        var customers = ScmException.From(Error(reason));
        var operators = ScmException.From(Error(reason) with { CredentialOwner = CredentialOwner.Operator });

        (customers.IsExpected, operators.IsExpected).Should().Be((Consequences[reason].Customers, Consequences[reason].Operators));
        (customers.Acts, operators.Acts).Should().Be((Consequences[reason].Acts, Consequences[reason].OperatorsActs));
    }

    [Theory]
    [MemberData(nameof(Reasons))]
    public void A_reason_passes_by_itself_or_does_not(ErrorReason reason) =>
        ScmException.From(Error(reason)).IsTransient.Should().Be(Consequences[reason].IsTransient);

    [Theory]
    [MemberData(nameof(Reasons))]
    public void A_write_whose_fate_is_unknown_is_ambiguous_whatever_the_reason(ErrorReason reason)
    {
        var exception = ScmException.From(Error(reason) with { IsFateUnknown = true });

        exception.Should().BeOfType<ScmAmbiguousWriteException>();
        exception.Reason.Should().Be(reason);
        exception.IsTransient.Should().BeFalse("what may have been done must not be done again");
    }

    [Fact]
    public void Each_reason_has_an_advice_of_its_own() =>
        Enum.GetValues<ErrorReason>().Select(reason => Error(reason).Advice).Should().OnlyHaveUniqueItems()
            .And.OnlyContain(advice => advice.Length > 20 && advice.EndsWith('.') && advice.ReplaceLineEndings("") == advice);

    [Theory]
    [InlineData(ErrorOrigin.Client)]
    [InlineData(ErrorOrigin.Platform)]
    [InlineData(ErrorOrigin.Provider)]
    public void What_was_not_found_elsewhere_is_not_looked_for_at_GitHub(ErrorOrigin origin)
    {
        (Error(ErrorReason.NotFound) with { Origin = origin }).Advice.Should().NotContain("GitHub").And.Contain("organisation");
        Error(ErrorReason.NotFound).Advice.Should().Contain("GitHub");
    }

    [Fact]
    public void A_403_that_nobody_knows_is_still_a_refusal() =>
        ScmException.From(Error(Unknown) with { Status = HttpStatusCode.Forbidden }).Should().BeOfType<ScmForbiddenException>();

    [Fact]
    public void A_reason_from_a_later_version_is_unknown()
    {
        var exception = ScmException.From(Error((ErrorReason)9999));

        exception.Should().BeOfType<ScmException>();
        (exception.IsExpected, exception.IsTransient, exception.Acts).Should().Be((false, false, Developer));
    }

    [Theory]
    [MemberData(nameof(Reasons))]
    public void A_reason_has_a_name_in_snake_case(ErrorReason reason) => reason.ToName().Should().MatchRegex("^[a-z]+(_[a-z]+)*$");

    [Fact]
    public void Names_are_those_that_the_contract_lists()
    {
        EmptyRepository.ToName().Should().Be("empty_repository");
        PrimaryRateLimit.ToName().Should().Be("primary_rate_limit");
        OauthAppRestricted.ToName().Should().Be("oauth_app_restricted");
        Enum.GetValues<ErrorOrigin>().Select(origin => origin.ToName()).Should().Equal("github", "platform", "provider", "transport", "client");
        Enum.GetValues<ActionOwner>().Select(owner => owner.ToName()).Should().Equal("nobody", "user", "administrator", "operator", "developer");
    }

    [Fact]
    public void Facts_are_needed()
    {
        FluentActions.Invoking(() => new ScmException(null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => ScmException.From(null!)).Should().Throw<ArgumentNullException>();
    }

    private static ScmError Error(ErrorReason reason) => new() { Message = "m", Reason = reason, Origin = ErrorOrigin.GitHub };
}
