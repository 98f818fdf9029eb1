using System.Net;
using ScmIntegrations.Errors;

namespace ScmIntegrations.Tests.Errors;

/// <summary>An error that a gateway relays has the type of the provider's status, and never touches what belongs to the gateway.</summary>
public sealed class ProviderErrorTests
{
    public static TheoryData<int?, Type, bool> Statuses => new()
    {
        { null, typeof(ScmProviderException), false },
        { 302, typeof(ScmProviderException), false },
        { 399, typeof(ScmProviderException), false },
        { 400, typeof(ScmProviderValidationException), true },
        { 401, typeof(ScmProviderUnauthorizedException), true },
        { 402, typeof(ScmProviderException), true },
        { 403, typeof(ScmProviderForbiddenException), true },
        { 404, typeof(ScmProviderNotFoundException), true },
        { 409, typeof(ScmProviderConflictException), true },
        { 410, typeof(ScmProviderException), true },
        { 412, typeof(ScmProviderConflictException), true },
        { 418, typeof(ScmProviderException), true },
        { 422, typeof(ScmProviderValidationException), true },
        { 429, typeof(ScmProviderRateLimitException), true },
        { 499, typeof(ScmProviderException), true },
        { 500, typeof(ScmProviderServerException), false },
        { 503, typeof(ScmProviderServerException), false },
        { 599, typeof(ScmProviderServerException), false },
        { 600, typeof(ScmProviderException), false },
    };

    [Theory]
    [MemberData(nameof(Statuses))]
    public void The_providers_status_decides_the_type_and_the_outcome(int? status, Type type, bool isExpected)
    {
        var cause = new InvalidOperationException();
        var error = Error(status);

        var exception = ScmException.From(error, cause);

        exception.Should().BeOfType(type).And.BeAssignableTo<IProviderError>();
        exception.InnerException.Should().BeSameAs(cause);
        exception.IsExpected.Should().Be(isExpected);
        var provider = (IProviderError)exception;
        (provider.ProviderErrorCode, provider.ProviderMessage, provider.ExecutionId, provider.ProviderStatus).Should().Be(("CODE", "words", "exec-1", status));
        provider.RetryAt.Should().Be(error.RetryAt);
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    public void The_reason_that_a_status_alone_gives_has_the_same_base_type(int? status, Type type, bool isExpected)
    {
        var reason = ProviderExceptions.ReasonOf(status);
        var own = ScmException.From(Error(status) with { Origin = ErrorOrigin.GitHub, Reason = reason });

        // The one of GitHub for a missing permission is finer than a provider's refusal.
        type.Should().BeAssignableTo(reason is ErrorReason.PermissionMissing ? typeof(ScmForbiddenException) : own.GetType());
        ScmException.From(Error(status)).IsExpected.Should().Be(isExpected);
    }

    [Fact]
    public void A_providers_limit_is_caught_as_any_limit_and_told_apart_by_its_origin()
    {
        var thrown = ScmException.From(Error(429));

        thrown.Should().BeAssignableTo<ScmRateLimitException>();
        thrown.Origin.Should().Be(ErrorOrigin.Provider);
    }

    [Fact]
    public void A_relayed_error_is_no_ambiguous_write_for_it_was_answered() =>
        ScmException.From(Error(500) with { IsFateUnknown = true }).Should().BeOfType<ScmProviderServerException>();

    [Fact]
    public void What_the_gateway_did_not_relay_is_absent()
    {
        var provider = (IProviderError)ScmException.From(Error(404) with { Provider = null });

        (provider.ProviderErrorCode, provider.ProviderMessage, provider.ExecutionId, provider.ProviderStatus).Should().Be((null, null, null, (int?)null));
    }

    [Fact]
    public void Errors_of_any_other_origin_are_no_provider_errors() =>
        Enum.GetValues<ErrorOrigin>().Where(origin => origin is not ErrorOrigin.Provider)
            .Select(origin => ScmException.From(Error(500) with { Origin = origin }))
            .Should().NotContain(exception => exception is IProviderError);

    private static ScmError Error(int? status) => new()
    {
        Message = "m",
        Reason = ProviderExceptions.ReasonOf(status),
        Origin = ErrorOrigin.Provider,
        Status = (HttpStatusCode?)status,
        RetryAt = DateTimeOffset.UnixEpoch,
        Provider = new ProviderAnswer("CODE", "words", "exec-1", status),
    };
}
