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
    public void Row_65_storing_a_credential_is_tried_again(ErrorReason reason) =>
        Find(IdempotentWrite, CredentialUpsert, reason).Should().Match<RetryRow>(row => row.Number == "65" && row.Retries == RetryRow.AsConfigured);

    [Fact]
    public void Row_66_another_version_is_the_callers_to_read() =>
        Find(IdempotentWrite, CredentialUpsert, ErrorReason.Conflict, 409).Should().Match<RetryRow>(row => row.Number == "66" && row.Retries == 0);

    private static RetryRow Find(OperationClass operation, RetryCondition conditions, ErrorReason reason, int? status = null) =>
        RetryTable.Find(operation, conditions, reason, ErrorOrigin.GitHub, status);
}
