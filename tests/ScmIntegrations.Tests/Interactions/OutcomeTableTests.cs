using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using ScmIntegrations.Errors;
using ScmIntegrations.Interactions;

namespace ScmIntegrations.Tests.Interactions;

public sealed class OutcomeTableTests
{
    private static readonly ErrorReason[] OfCustomer =
    [
        ErrorReason.BadCredentials, ErrorReason.CredentialMissing, ErrorReason.InvalidAppKey, ErrorReason.LoginLockedOut,
        ErrorReason.ReconnectRequired, ErrorReason.UserSuspended, ErrorReason.AccountActionRequired,
    ];

    private static readonly ErrorReason[] Looking =
    [
        ErrorReason.Unknown, ErrorReason.ValidationFailed, ErrorReason.ServerError, ErrorReason.UnreadableResponse,
        ErrorReason.ResponseTooLarge, ErrorReason.Transport, ErrorReason.TlsRefused, ErrorReason.Timeout, ErrorReason.IncompleteList,
        ErrorReason.ClockSkew, ErrorReason.FreshToken, ErrorReason.SeenAsAnonymous, ErrorReason.CredentialUnreadable,
    ];

    public static TheoryData<ErrorReason> Halting => [.. Enum.GetValues<ErrorReason>().Except(OfCustomer).Except(Looking)];

    public static TheoryData<ErrorReason> Failing => [.. Looking];

    public static TheoryData<ErrorReason> Credentials => [.. OfCustomer];

    [Fact]
    public void Every_reason_has_exactly_one_row() =>
        ReasonTable.Rows.Select(row => row.Reason).Should().BeEquivalentTo(Enum.GetValues<ErrorReason>());

    [Theory]
    [MemberData(nameof(Halting))]
    public void Expected_answers_halt_whoever_owns_the_credential(ErrorReason reason)
    {
        Decide(Sample.Error(reason, CredentialOwner.Customer)).Should().Be(InteractionOutcome.Halted);
        Decide(Sample.Error(reason, CredentialOwner.Operator)).Should().Be(InteractionOutcome.Halted);
    }

    [Theory]
    [MemberData(nameof(Failing))]
    public void Everything_else_fails_whoever_owns_the_credential(ErrorReason reason)
    {
        Decide(Sample.Error(reason, CredentialOwner.Customer)).Should().Be(InteractionOutcome.Failure);
        Decide(Sample.Error(reason, CredentialOwner.Operator)).Should().Be(InteractionOutcome.Failure);
    }

    [Theory]
    [MemberData(nameof(Credentials))]
    public void A_refused_credential_halts_for_a_customer_and_fails_for_the_operator(ErrorReason reason)
    {
        Decide(Sample.Error(reason, CredentialOwner.Customer)).Should().Be(InteractionOutcome.Halted);
        Decide(Sample.Error(reason, CredentialOwner.Operator)).Should().Be(InteractionOutcome.Failure);
    }

    [Fact]
    public void A_403_that_nobody_knows_fails() =>
        Decide(Sample.Error(ErrorReason.Unknown, status: HttpStatusCode.Forbidden)).Should().Be(InteractionOutcome.Failure);

    [Fact]
    public void A_reason_that_nobody_placed_fails() =>
        Decide(Sample.Error((ErrorReason)int.MaxValue)).Should().Be(InteractionOutcome.Failure);

    [Fact]
    public void A_foreign_exception_fails_even_around_an_expected_one() =>
        Decide(new InvalidOperationException("Broken.", Sample.Error(ErrorReason.NotFound))).Should().Be(InteractionOutcome.Failure);

    private static InteractionOutcome Decide(Exception exception) => new InteractionOutcomes([], NullLoggerFactory.Instance).Decide(exception, CancellationToken.None);
}
