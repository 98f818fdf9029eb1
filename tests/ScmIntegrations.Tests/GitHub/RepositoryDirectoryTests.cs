using ScmIntegrations.Caching;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Repositories;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Tests.GitHub;

public sealed class RepositoryDirectoryTests : IDisposable
{
    private static readonly RepositoryRef Name = new("acme/api");
    private static readonly GitHubRepository Repository = new() { Id = 1, FullName = "acme/api", DefaultBranch = "main" };

    private readonly ManualTimeProvider _time = new();
    private readonly BoundedCache _cache;
    private readonly RepositoryDirectory _directory;

    public RepositoryDirectoryTests()
    {
        _cache = new BoundedCache(_time, 1_000_000);
        _directory = new RepositoryDirectory(_cache, _time);
    }

    public void Dispose() => _cache.Dispose();

    [Fact]
    public void What_is_said_again_within_a_minute_is_kept_as_it_is()
    {
        _directory.LearnAs(Name, Repository, _directory.Invalidations.Moment);
        var first = _directory.Find(Name);
        _time.Advance(TimeSpan.FromSeconds(59));
        _directory.LearnAs(Name, Repository with { }, _directory.Invalidations.Moment);

        _directory.Find(Name).Should().Be(first);
    }

    [Fact]
    public void After_a_minute_it_lives_anew()
    {
        _directory.LearnAs(Name, Repository, _directory.Invalidations.Moment);
        _time.Advance(TimeSpan.FromMinutes(1));
        _directory.LearnAs(Name, Repository, _directory.Invalidations.Moment);

        _directory.Find(Name)!.Value.FetchedAt.Should().Be(_time.GetUtcNow());
    }

    [Fact]
    public void What_is_new_is_learnt_at_once()
    {
        _directory.LearnAs(Name, Repository, _directory.Invalidations.Moment);
        _directory.LearnAs(Name, Repository with { DefaultBranch = "trunk" }, _directory.Invalidations.Moment);

        _directory.Find(Name)!.Value.Value.Repository.DefaultBranch.Should().Be("trunk");
    }

    [Fact]
    public void An_old_name_leads_to_the_repository_as_well_as_the_present_one()
    {
        _directory.LearnAs(new("acme/old"), Repository, _directory.Invalidations.Moment);

        _directory.Find(new("acme/old"))!.Value.Value.Key.Should().Be("1 ACME/API");
        _directory.Find(Name)!.Value.Value.Key.Should().Be("1 ACME/API");
    }

    [Fact]
    public void What_was_forgotten_is_learnt_again_within_the_minute()
    {
        _directory.LearnAs(Name, Repository, _directory.Invalidations.Moment);
        _directory.Forget(Name);
        _directory.LearnAs(Name, Repository, _directory.Invalidations.Moment);

        _directory.Find(Name).Should().NotBeNull();
    }
}
