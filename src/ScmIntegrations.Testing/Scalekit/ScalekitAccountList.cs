using System.Globalization;
using System.Text;

namespace ScmIntegrations.Testing;

/// <summary>Connected accounts, page by page and filtered.</summary>
internal static class ScalekitAccountList
{
    private const int DefaultSize = 10;
    private const int MaxConnectionNames = 20;

    public static Answer Page(ScalekitCall call)
    {
        var names = call.QueryAll("connection_names");
        if (names.Count > MaxConnectionNames || (names.Count > 0 && call.Query("connector") is not null))
        {
            return Answers.ScalekitError(400, "connection_names: at most 20, and not together with connector", "INVALID_ARGUMENT");
        }

        var size = call.Query("page_size") is { } text ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1 : 0;
        if (size is < 0 or > 100 || ReadToken(call.Query("page_token")) is not { } last)
        {
            return Answers.ScalekitError(400, "page_size must be from 0 to 100, and page_token one that was given", "INVALID_ARGUMENT");
        }

        var found = call.State.Accounts.Where(account => Fits(call, account, names)).ToList();
        var left = found.Where(account => string.CompareOrdinal(account.Id, last) > 0).ToList();
        var page = left.Take(Math.Min(size is 0 ? DefaultSize : size, call.Options.PageSizeCap)).ToList();
        return ScalekitAccountJson.List(call, page, found.Count, left.Count > page.Count ? WriteToken(page[^1].Id) : "");
    }

    private static bool Fits(ScalekitCall call, FakeScalekitAccount account, IReadOnlyList<string> names) =>
        Is(call.Query("organization_id"), account.OrganizationId)
        && Is(call.Query("user_id"), account.UserId)
        && Is(call.Query("connector"), account.Connector)
        && Is(call.Query("identifier"), account.Identifier)
        && Is(call.Query("provider"), account.Provider)
        && (names.Count == 0 || names.Contains(account.Connector, StringComparer.Ordinal))
        && (call.Query("query") is not { } query || account.Identifier.Contains(query, StringComparison.OrdinalIgnoreCase));

    private static bool Is(string? wanted, string actual) => wanted is null || wanted.Equals(actual, StringComparison.Ordinal);

    /// <summary>A token is the id of the last account that was shown, so that what comes and goes between two pages moves nothing.</summary>
    private static string WriteToken(string id) => Convert.ToBase64String(Encoding.UTF8.GetBytes("after:" + id));

    private static string? ReadToken(string? token)
    {
        if (token is null)
        {
            return "";
        }

        var bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out var count) && Encoding.UTF8.GetString(bytes, 0, count) is ['a', 'f', 't', 'e', 'r', ':', .. var id] ? id : null;
    }
}
