using System.Globalization;
using Npgsql;
using ScmIntegrations.Accounts;

namespace ScmIntegrations.PostgreSQL.Accounts;

/// <summary>A filter as conditions of a query, whose first two parameters are others. Only what narrows stands in it, so that an index serves.</summary>
internal sealed class AccountConditions
{
    private const int Before = 2;

    public AccountConditions(AccountFilter filter)
    {
        var given = ((string Column, string? Value)[])
        [
            ("connection", filter.Connection),
            ("identifier", filter.Identifier),
            ("organization_id", filter.OrganizationId),
            ("user_id", filter.UserId),
        ];
        var narrowing = given.Where(part => part.Value is not null).ToList();
        Parameters = [.. narrowing.Select(part => Values.Text(part.Value))];
        Sql = narrowing.Count == 0
            ? "true"
            : string.Join(" AND ", narrowing.Select((part, index) => string.Create(CultureInfo.InvariantCulture, $"{part.Column} = ${Before + 1 + index}")));
    }

    public string Sql { get; }

    public NpgsqlParameter[] Parameters { get; }
}
