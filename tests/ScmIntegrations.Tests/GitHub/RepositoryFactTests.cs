using ScmIntegrations.GitHub.Transport;

namespace ScmIntegrations.Tests.GitHub;

public sealed class RepositoryFactTests
{
    [Fact]
    public void It_reads_as_the_dictionary_that_it_stands_for()
    {
        var fact = new RepositoryFact(new("acme/api"));

        fact.Should().BeEquivalentTo(new Dictionary<string, object?>(StringComparer.Ordinal) { ["repository"] = "acme/api" });
        (fact.Count, fact["repository"], fact.ContainsKey("Repository")).Should().Be((1, "acme/api", false));
        (fact.Keys.Single(), fact.Values.Single()).Should().Be(("repository", "acme/api"));
        fact.Invoking(one => one["other"]).Should().Throw<KeyNotFoundException>().WithMessage("*'other'*");
    }
}
