using Octokit;

namespace ScmIntegrations.Octokit.Arguments;

/// <summary>The parts of a request object that Octokit puts into the address as they are. It escapes all others, or writes them into the body.</summary>
internal static class RequestValues
{
    private static readonly string[] Unescaped = ["q", "before", "after"];

    /// <summary>The values that nobody escapes, with their shapes and names.</summary>
    public static IEnumerable<(ArgumentShape Shape, string Name, string Value)> Of(object argument) => argument switch
    {
        BaseSearchRequest search => OfQuery(search.Parameters),
        RequestParameters request => OfQuery(request.ToParametersDictionary()),
        Variable variable => [(ArgumentShape.Name, "name", variable.Name ?? "")],
        _ => [],
    };

    private static IEnumerable<(ArgumentShape Shape, string Name, string Value)> OfQuery(IDictionary<string, string> parameters) =>
        Unescaped.Where(parameters.ContainsKey).Select(name => (ArgumentShape.Value, name, parameters[name] ?? ""));
}
