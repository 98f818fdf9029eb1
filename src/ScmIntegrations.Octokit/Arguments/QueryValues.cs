using Octokit;

namespace ScmIntegrations.Octokit.Arguments;

/// <summary>The parts of a request object that Octokit puts into the query as they are. It escapes all others.</summary>
internal static class QueryValues
{
    private static readonly string[] Unescaped = ["q", "before", "after"];

    /// <summary>The values that nobody escapes, with their names in the query.</summary>
    public static IEnumerable<(string Name, string Value)> Of(object argument)
    {
        var parameters = argument switch
        {
            BaseSearchRequest search => search.Parameters,
            RequestParameters request => request.ToParametersDictionary(),
            _ => null,
        };
        return parameters is null ? [] : Unescaped.Where(parameters.ContainsKey).Select(name => (name, parameters[name] ?? ""));
    }
}
