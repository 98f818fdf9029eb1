namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The clients that were made so far, in this order: those of names, each with its installations'.</summary>
internal sealed class ComposedClients
{
    private readonly Lock _lock = new();
    private readonly List<GitHubComposition> _named = [];

    public void Add(GitHubComposition composition)
    {
        lock (_lock)
        {
            _named.Add(composition);
        }
    }

    public IReadOnlyList<GitHubComposition> All()
    {
        GitHubComposition[] named;
        lock (_lock)
        {
            named = [.. _named];
        }

        return [.. named.SelectMany(one => one.Installations!.All().Prepend(one))];
    }
}
