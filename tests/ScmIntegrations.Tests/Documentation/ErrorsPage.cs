using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Answers;

namespace ScmIntegrations.Tests.Documentation;

/// <summary>Prints <c>docs/errors.md</c>.</summary>
internal static partial class ErrorsPage
{
    public static string Print()
    {
        var page = new StringBuilder();
        page.Append(
            """
            # Errors

            Every answer that is not the one asked for becomes one exception with a reason. This page is printed from the library's tables; a test compares it with them.

            `catch` the type to act on a status, read `Reason` to tell cases of one status apart, and `Origin` for who said it: `github`, `platform` (a tool gateway or a coding agent's service, for itself), `provider` (relayed by a gateway), `transport` (nobody), `client` (refused here, nothing was sent). `Explain()` renders all that is known for a support desk.

            ## What follows from a reason

            **Halts** means that the interaction ends as expected and nobody is paged; **fails** that somebody should look. Where the two columns differ, the credential decides: a customer's is theirs to renew, the operator's is yours to repair. *Passes* marks what can succeed later without anybody acting (`IsTransient`).


            """);
        var meanings = Meanings();
        page.AppendTable(
            ["Reason", "Meaning", "Exception", "Customer's", "Operator's", "Passes", "Who acts", "What they do"],
            ReasonTable.Rows.Select(row => new[]
            {
                $"`{row.Reason.ToName()}`",
                meanings[row.Reason.ToString()],
                $"`{Create(row.Reason).GetType().Name}`",
                Outcome(row.Reason, CredentialOwner.Customer),
                Outcome(row.Reason, CredentialOwner.Operator),
                row.IsTransient ? "yes" : "",
                row.Acts.ToName(),
                row.Advice,
            }));
        page.Append(
            """

            A write that must not be sent twice, and of which nobody knows whether it was carried out, is a `ScmAmbiguousWriteException` with the reason of the failure (`transport`, `timeout`, `server_error`) and that failure as its cause. An error that a tool gateway relayed from a provider is a subclass of the status type and an `IProviderError`: `ScmProviderRateLimitException` is a `ScmRateLimitException`, and so on; 4xx halts, anything else fails.

            ## Which answer has which reason

            The first row that matches decides: a definite message, header or documentation page, then the limit headers, then the status alone. Of a message, case, punctuation and quotes do not count, and `*` stands for any words between.


            """);
        page.AppendTable(
            ["#", "Status", "Message has", "And", "Reason"],
            GitHubErrorTable.Rows.Select((row, index) => new[]
            {
                (index + 1).ToString(CultureInfo.InvariantCulture),
                Statuses(row.Statuses),
                string.Join(", or ", row.Message.Select(phrase => $"“{phrase}”")),
                And(row),
                $"`{row.Reason.ToName()}`",
            }));
        page.Append(
            """

            A body that cannot be read as what was due (HTML, broken or empty JSON, another shape) is `unreadable_response`; one over its bound `response_too_large`. HTML is never searched for words: a page may be anybody's.

            """);
        return page.ToString().ReplaceLineEndings("\n");
    }

    public static ScmException Create(ErrorReason reason, CredentialOwner owner = CredentialOwner.Customer) =>
        ScmException.From(new ScmError { Message = "m", Reason = reason, Origin = ErrorOrigin.GitHub, CredentialOwner = owner });

    public static string Outcome(ErrorReason reason, CredentialOwner owner) => Create(reason, owner).IsExpected ? "halts" : "fails";

    public static string Statuses(IReadOnlyList<int> statuses) =>
        statuses.Count == 0 ? "any"
        : statuses.Count > 20 ? string.Create(CultureInfo.InvariantCulture, $"{statuses[0]}–{statuses[^1]}")
        : string.Join(", ", statuses);

    private static string And(GitHubErrorRow row) => string.Join("; ", new[]
    {
        row.DocumentationEndsWith is { } end ? $"`documentation_url` ends in `{end}`" : null,
        row.Header is { } header ? $"`{header}`{(row.HeaderIs is { } value ? $" is `{value}`" : row.HeaderStartsWith is { } start ? $" begins with `{start}`" : "")}" : null,
        row.When is Circumstance.None ? null : Meanings("Circumstance")[row.When.ToString()],
    }.OfType<string>());

    private static Dictionary<string, string> Meanings() => Meanings(nameof(ErrorReason));

    /// <summary>The summaries of an enumeration's members, as they stand in the code.</summary>
    private static Dictionary<string, string> Meanings(string enumeration) =>
        XDocument.Load(Path.ChangeExtension(typeof(ErrorReason).Assembly.Location, ".xml")).Descendants("member")
            .Select(member => (Name: (string)member.Attribute("name")!, Summary: member.Element("summary")))
            .Where(member => member.Name.StartsWith("F:", StringComparison.Ordinal) && member.Name.Contains($".{enumeration}.", StringComparison.Ordinal))
            .ToDictionary(member => member.Name[(member.Name.LastIndexOf('.') + 1)..], member => Text(member.Summary!).TrimEnd('.'), StringComparer.Ordinal);

    private static string Text(XElement summary) => Spaces().Replace(
        string.Concat(summary.Nodes().Select(node => node switch
        {
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement reference => $"`{((string?)reference.Attribute("cref") ?? "").Split('.')[^1]}`",
            _ => node.ToString(),
        })), " ").Trim();

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces();
}
