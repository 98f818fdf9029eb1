namespace ScmIntegrations.Testing;

/// <summary>Where JSON is written: what is known there, and the root of its links.</summary>
internal interface IJsonPlace
{
    GitHubState State { get; }

    /// <summary>The root that links start with, without a slash at the end.</summary>
    string Root { get; }
}

/// <summary>A place outside a request.</summary>
internal sealed record JsonPlace(GitHubState State, string Root = JsonPlace.GitHubRoot) : IJsonPlace
{
    public const string GitHubRoot = "https://api.github.com";
}
