using System.Reflection;
using System.Text;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.Resilience;
using ScmIntegrations.Resilience.Retries;

namespace ScmIntegrations.Tests.Resilience.Rows;

/// <summary>What must hold of the table as a whole.</summary>
public sealed class RetryTableTests
{
    private static readonly OperationClass[] Classes =
        [OperationClass.Read, OperationClass.IdempotentWrite, OperationClass.Write, OperationClass.TokenMint, OperationClass.TokenRefresh];

    private static readonly RetryCondition[] Conditions = Enum.GetValues<RetryCondition>();

    [Fact]
    public void Every_row_has_a_test_that_bears_its_number()
    {
        var tests = typeof(RetryTableTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => method.GetCustomAttributes<FactAttribute>().Any() && method.Name.StartsWith("Row_", StringComparison.Ordinal))
            .Select(method => method.Name.Split('_')[1])
            .Distinct(StringComparer.Ordinal);

        RetryTable.Rows.Select(row => row.Number).Concat(HandledRow.Rows.Select(row => row.Number)).Should().OnlyHaveUniqueItems().And.BeEquivalentTo(tests);
    }

    [Fact]
    public void Numbers_run_from_1_to_70_without_a_gap() =>
        RetryTable.Rows.Select(row => row.Number).Concat(HandledRow.Rows.Select(row => row.Number))
            .Select(number => int.Parse(number.TrimEnd('a', 'b', 'c'), provider: null)).Distinct().Order()
            .Should().Equal(Enumerable.Range(1, 70));

    [Fact]
    public void Every_class_origin_reason_and_status_has_a_row_and_the_last_is_for_what_nobody_knows()
    {
        var lost =
            from operation in Classes
            from origin in Enum.GetValues<ErrorOrigin>()
            from reason in Enum.GetValues<ErrorReason>()
            from status in Enumerable.Range(300, 300).Select(number => (int?)number).Append(null)
            let row = RetryTable.Find(operation, RetryCondition.None, reason, origin, status)
            where row.Number is "70" != IsUnknown(operation, origin, reason)
            select (operation, origin, reason, status, row.Number);

        lost.Should().BeEmpty();
    }

    [Fact]
    public void No_condition_takes_an_error_out_of_the_table()
    {
        int?[] statuses = [null, .. RetryTable.Rows.SelectMany(row => row.Statuses).Distinct().Select(number => (int?)number)];
        var lost =
            from operation in Classes
            from origin in Enum.GetValues<ErrorOrigin>()
            from reason in Enum.GetValues<ErrorReason>()
            where !IsUnknown(operation, origin, reason)
            from status in statuses
            from condition in Conditions
            where RetryTable.Find(operation, condition, reason, origin, status).Number is "70"
            select (operation, origin, reason, status, condition);

        lost.Should().BeEmpty();
    }

    public static TheoryData<string> Marks =>
    [
        "", "secondary rate limit", "API rate limit exceeded", "Git Repository is empty.", "Bad credentials", "Resource not accessible by integration",
        "Repository was archived so is read-only.", "Reference already exists", "Repository access blocked", "'Issued at' claim ('iat')", "IP allow list",
    ];

    [Theory]
    [MemberData(nameof(Marks))]
    public void Every_status_has_a_reason_and_a_row(string message)
    {
        HttpMethod[] methods = [HttpMethod.Get, HttpMethod.Put, HttpMethod.Post];
        string?[] headers = [null, "Retry-After: 5", "x-ratelimit-remaining: 0", "X-GitHub-SSO: required; url=https://github.com/orgs/acme/sso"];
        foreach (var status in Enumerable.Range(300, 300))
        {
            foreach (var method in methods)
            {
                foreach (var header in headers)
                {
                    var error = new GitHubAnswer(status)
                    {
                        Method = method,
                        Path = "/repos/acme/api",
                        Headers = header?.Split(": ") is [var name, var value] ? [new(name, value)] : [],
                        Body = Encoding.UTF8.GetBytes($$"""{"message":"{{message}}"}"""),
                    }.ToException();

                    if (status is 304)
                    {
                        error.Should().BeNull("it can only be the answer to a conditional request");
                        continue;
                    }

                    error.Should().NotBeNull();
                    ((int)error!.Status!).Should().Be(status);
                    (error.Error.Rule is "70").Should().Be(error.Reason is ErrorReason.Unknown);
                    if (status >= 500)
                    {
                        error.Reason.Should().Be(ErrorReason.ServerError, "of a failing server the words do not count");
                    }
                }
            }
        }
    }

    [Fact]
    public void Every_row_can_be_reached()
    {
        foreach (var row in RetryTable.Rows)
        {
            var reached =
                from operation in Classes
                where row.Classes.HasFlag(operation)
                from origin in row.Origin is { } only ? [only] : Enum.GetValues<ErrorOrigin>()
                from reason in row.Reasons.Count > 0 ? row.Reasons : Enum.GetValues<ErrorReason>()
                from status in row.Statuses.Count > 0 ? row.Statuses.Select(number => (int?)number) : [null]
                where RetryTable.Find(operation, row.When, reason, origin, status) == row
                select reason;

            reached.Should().NotBeEmpty($"row {row.Number} would be dead");
            row.Reasons.Should().BeSubsetOf(row.Reasons.Count > 0 ? reached.Distinct() : [], $"row {row.Number} names a reason that an earlier row takes");
        }
    }

    [Fact]
    public void A_row_that_waits_retries_and_a_row_that_retries_waits() =>
        RetryTable.Rows.Should().OnlyContain(row => (row.Wait == RetryWait.Never) == (row.Retries == 0));

    [Fact]
    public void A_write_is_sent_again_only_where_it_has_not_been_carried_out() =>
        RetryTable.Rows.Where(row => row.Classes.HasFlag(OperationClass.Write) && row.Retries > 0).Select(row => row.Number)
            .Should().BeEquivalentTo(["60a", "12", "56", "1", "2", "47", "29", "19", "24", "20"], "in none of these has the server done anything");

    [Fact]
    public void A_write_whose_fate_is_unknown_is_never_sent_again_blindly() =>
        RetryTable.Rows.Where(row => row.IsFateUnknown && row.Retries > 0).Should().OnlyContain(row => row.When == RetryCondition.RefreshTokenUnchanged && row.Retries == 1);

    [Fact]
    public void What_a_provider_said_is_final_and_counts_nowhere()
    {
        foreach (var operation in Classes)
        {
            foreach (var reason in Enum.GetValues<ErrorReason>())
            {
                foreach (var condition in Conditions)
                {
                    var row = RetryTable.Find(operation, condition, reason, ErrorOrigin.Provider, 429);
                    (row.Retries, row.CountsInCircuit, row.IsFateUnknown, row.RememberedFor).Should().Be((0, false, false, TimeSpan.Zero));
                }
            }
        }
    }

    /// <summary>A provider's error has a row whatever it is; 202 is no error of a write.</summary>
    private static bool IsUnknown(OperationClass operation, ErrorOrigin origin, ErrorReason reason) =>
        origin is not ErrorOrigin.Provider && (reason is ErrorReason.Unknown || (reason is ErrorReason.NotReady && operation is not OperationClass.Read));

    [Fact]
    public void The_circuit_counts_transport_timeouts_5xx_and_unreadable_answers_alone()
    {
        ErrorReason[] counted = [ErrorReason.Transport, ErrorReason.Timeout, ErrorReason.ServerError, ErrorReason.UnreadableResponse];

        RetryTable.Rows.Where(row => row.CountsInCircuit).Should().OnlyContain(row => row.Reasons.Count > 0 && row.Reasons.All(reason => counted.Contains(reason)));
    }
}
