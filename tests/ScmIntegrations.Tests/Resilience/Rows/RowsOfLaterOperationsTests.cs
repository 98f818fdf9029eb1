using ScmIntegrations.Errors;
using ScmIntegrations.Resilience;
using static ScmIntegrations.Resilience.OperationClass;
using static ScmIntegrations.Resilience.RetryCondition;

namespace ScmIntegrations.Tests.Resilience.Rows;

/// <summary>Rows for operations that this library does not have yet, checked as data.</summary>
public sealed class RowsOfLaterOperationsTests
{
    [Theory]
    [InlineData(ErrorReason.Transport)]
    [InlineData(ErrorReason.Timeout)]
    [InlineData(ErrorReason.ServerError)]
    public void Row_61_a_refresh_token_is_never_replayed_blindly(ErrorReason reason) =>
        Find(TokenRefresh, RetryCondition.None, reason).Should().Match<RetryRow>(row => row.Number == "61" && row.Retries == 0 && row.IsFateUnknown);

    [Fact]
    public void Row_61a_a_refresh_token_that_is_still_ours_is_sent_once_more() =>
        Find(TokenRefresh, RefreshTokenUnchanged, ErrorReason.Transport).Should().Match<RetryRow>(row => row.Number == "61a" && row.Retries == 1);

    [Fact]
    public void Row_62_a_refused_refresh_token_surfaces() =>
        Find(TokenRefresh, RetryCondition.None, ErrorReason.ReconnectRequired, 400).Should().Match<RetryRow>(row => row.Number == "62" && row.Retries == 0 && !row.CountsInCircuit);

    private static RetryRow Find(OperationClass operation, RetryCondition conditions, ErrorReason reason, int? status = null) =>
        RetryTable.Find(operation, conditions, reason, ErrorOrigin.GitHub, status);
}
