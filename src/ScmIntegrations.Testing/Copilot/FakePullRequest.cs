using System.Globalization;
using System.Text;

namespace ScmIntegrations.Testing;

/// <summary>A pull request of the fake GitHub.</summary>
public sealed class FakePullRequest
{
    internal FakePullRequest(FakeRepository repository, int number, string headRef, string title)
    {
        Repository = repository;
        Number = number;
        HeadRef = headRef;
        Title = title;
    }

    /// <summary>Where it is.</summary>
    public FakeRepository Repository { get; }

    /// <summary>Its number.</summary>
    public int Number { get; }

    /// <summary>The branch that it would merge.</summary>
    public string HeadRef { get; }

    /// <summary>Its title.</summary>
    public string Title { get; set; }

    /// <summary><c>open</c> or <c>closed</c>.</summary>
    public string State { get; set; } = "open";

    /// <summary>Its page.</summary>
    public string Url => string.Create(CultureInfo.InvariantCulture, $"https://github.com/{Repository.FullName}/pull/{Number}");

    /// <summary>The id that GraphQL knows it by. Made from name and number, so that two fakes agree on it.</summary>
    public string NodeId => string.Create(CultureInfo.InvariantCulture, $"PR_{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Repository.FullName.ToLowerInvariant()))}_{Number:x}");
}
