using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;

namespace Quickstart.Arguments;

/// <summary>Reads the answer that is to be explained. Everything typed is checked before the body is read.</summary>
internal static class AnswerArguments
{
    private const int LeastStatus = 100;
    private const int MostStatus = 599;
    private const int ShownCharacters = 80;
    private static readonly string[] Methods = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"];
    private static readonly string[] Owners = [.. Enum.GetNames<CredentialOwner>().Select(name => name.ToLowerInvariant())];

    public static async Task<GitHubAnswer> ReadAsync(RawArguments raw, Func<string, string?> environment, CancellationToken cancellationToken)
    {
        var answer = new GitHubAnswer(StatusOf(raw))
        {
            Method = HttpMethod.Parse(Choice(raw, OptionTable.Method, Methods) ?? HttpMethod.Get.Method),
            Path = PathOf(raw) ?? "/",
            Headers = [.. raw.FindAll(OptionTable.Header).Select((text, index) => HeaderText.Read(text, index + 1))],
            CredentialOwner = Enum.Parse<CredentialOwner>(Choice(raw, OptionTable.CredentialOwner, Owners) ?? nameof(CredentialOwner.Customer), ignoreCase: true),
            ApiAddress = ConnectionArguments.AddressOf(raw, environment),
        };
        return answer with { Body = await BodyFile.ReadAsync(raw.Find(OptionTable.Body), cancellationToken) };
    }

    private static int StatusOf(RawArguments raw) => (int)(raw.FindNumber(OptionTable.Status, LeastStatus, MostStatus)
        ?? throw new UsageException($"explain needs {OptionTable.Status} N, a number from {LeastStatus} to {MostStatus}."));

    private static string? PathOf(RawArguments raw) => raw.Find(OptionTable.Path) is not { } path || (path.StartsWith('/') && !path.Any(char.IsControl))
        ? raw.Find(OptionTable.Path)
        : throw new UsageException($"{OptionTable.Path} is '{Shown(path)}'; it begins with a slash, as /repos/acme/api does, and has no control characters.");

    private static string? Choice(RawArguments raw, string option, string[] choices) => raw.Find(option) is not { } typed
        ? null
        : Array.Find(choices, choice => choice.Equals(typed, StringComparison.OrdinalIgnoreCase))
            ?? throw new UsageException($"{option} is '{Shown(typed)}'; it is one of {string.Join(", ", choices)}.");

    // The query may hold a secret, and control characters move a terminal's cursor.
    private static string Shown(string typed) =>
        string.Concat(typed.TakeWhile(character => character is not '?').Take(ShownCharacters).Select(character => char.IsControl(character) ? ' ' : character));
}
