using ScmIntegrations.Simulation.Tests.Scenarios;

namespace ScmIntegrations.Simulation.Tests;

public sealed class DrawsTests
{
    [Fact]
    public void A_draw_is_the_same_whoever_asks_and_when() =>
        new Draws(7).Of("GET /user", 2, "what").Should().Be(new Draws(7).Of("GET /user", 2, "what"));

    [Fact]
    public void Seed_subject_occurrence_and_purpose_all_count() =>
        new[]
        {
            new Draws(7).Of("GET /user", 2, "what"),
            new Draws(8).Of("GET /user", 2, "what"),
            new Draws(7).Of("GET /users", 2, "what"),
            new Draws(7).Of("GET /user", 3, "what"),
            new Draws(7).Of("GET /user", 2, "when"),
        }.Should().OnlyHaveUniqueItems();

    [Fact]
    public void Neighbouring_seeds_draw_evenly()
    {
        var fractions = Enumerable.Range(0, 10_000).Select(seed => new Draws(seed).Of("scenario", 0, "faults").Fraction).ToList();

        fractions.Average().Should().BeApproximately(0.5, 0.02);
        Enumerable.Range(0, 10).Should().OnlyContain(tenth => fractions.Count(fraction => (int)(fraction * 10) == tenth) > 850);
    }

    [Fact]
    public void A_scenario_is_its_seed()
    {
        var (one, again) = (ScenarioDraw.Draw(42), ScenarioDraw.Draw(42));

        again.Calls.Should().Equal(one.Calls);
        again.Repositories.Should().Equal(one.Repositories);
        (again with { Calls = one.Calls, Repositories = one.Repositories, Revocations = one.Revocations }).Should().Be(one);
    }
}
