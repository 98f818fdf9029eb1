using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Authentication;

namespace ScmIntegrations.Tests.GitHub;

public sealed class OptionsValidationTests
{
    public static TheoryData<string, Action<GitHubIntegrationOptions>> WrongOptions => new()
    {
        { "ApiAddress", options => options.ApiAddress = null! },
        { "ApiAddress", options => options.ApiAddress = new Uri("/api/v3", UriKind.Relative) },
        { "ApiAddress", options => options.ApiAddress = new Uri("http://git.acme.example/api/v3") },
        { "ApiAddress", options => options.ApiAddress = new Uri("http://localhost.evil.example/") },
        { "ApiAddress", options => options.ApiAddress = new Uri("ftp://127.0.0.1/") },
        { "ApiAddress", options => options.ApiAddress = new Uri("https://github.com") },
        { "ApiAddress", options => options.ApiAddress = new Uri("https://user:secret@api.github.com") },
        { "ApiAddress", options => options.ApiAddress = new Uri("https://api.github.com/?x=1") },
        { "ApiAddress", options => options.ApiAddress = new Uri("https://api.github.com/#x") },
        { "credential", options => options.Credential = null },
        { "two credentials", options => options.App = new GitHubAppOptions { ClientId = "Iv1", InstallationId = 1, Signer = new NoSigner() } },
        { "App.InstallationId", options => options.UseInstallation("Iv1", new NoSigner(), 0) },
        { "App.ClientId", options => options.UseInstallation(" ", new NoSigner(), 1) },
        { "App.Signer", options => options.UseInstallation("Iv1", (IAppJwtSigner)null!, 1) },
        { "App.ClientId", options => options.UseApp("", new NoSigner()) },
        { "App.Signer", options => options.UseApp("Iv1", (IAppJwtSigner)null!) },
        { "UserAgent", options => options.UserAgent = "" },
        { "UserAgent", options => options.UserAgent = "a\r\nX-Evil: 1" },
        { "ApiVersion", options => options.ApiVersion = "2022\n11" },
        { "MaxResponseBytes", options => options.MaxResponseBytes = 1023 },
        { "MaxBlobBytes", options => options.MaxBlobBytes = 1023 },
        { "MaxBlobBytes", options => options.MaxBlobBytes = (1024L * 1024 * 1024) + 1 },
        { "MaxErrorBytes", options => options.MaxErrorBytes = 0 },
        { "MaxErrorBytes", options => options.MaxErrorBytes = int.MaxValue },
        { "MaxJsonDepth", options => options.MaxJsonDepth = 7 },
        { "MaxJsonDepth", options => options.MaxJsonDepth = 1001 },
        { "MaxPages", options => options.MaxPages = 0 },
        { "PageSize", options => options.PageSize = 101 },
        { "Resilience.Deadline", options => options.Resilience.Deadline = TimeSpan.Zero },
        { "Resilience.Deadline", options => options.Resilience.Deadline = Timeout.InfiniteTimeSpan },
        { "Resilience.AttemptTimeout", options => options.Resilience.AttemptTimeout = TimeSpan.FromDays(1) },
        { "Resilience.MaxAttempts", options => options.Resilience.MaxAttempts = 0 },
        { "Resilience.MaxAttempts", options => options.Resilience.MaxAttempts = 11 },
        { "Resilience.BackoffBase", options => options.Resilience.BackoffBase = TimeSpan.FromTicks(-1) },
        { "Resilience.CircuitFailureRatio", options => options.Resilience.CircuitFailureRatio = 0 },
        { "Resilience.CircuitFailureRatio", options => options.Resilience.CircuitFailureRatio = double.NaN },
        { "Resilience.CircuitMinimumThroughput", options => options.Resilience.CircuitMinimumThroughput = 1 },
        { "Resilience.CircuitSamplingDuration", options => options.Resilience.CircuitSamplingDuration = TimeSpan.Zero },
        { "Resilience.CircuitBreakDuration", options => options.Resilience.CircuitBreakDuration = TimeSpan.FromDays(2) },
        { "RateLimits.MaxConcurrency", options => options.RateLimits.MaxConcurrency = 0 },
        { "RateLimits.BackgroundConcurrency", options => options.RateLimits.BackgroundConcurrency = 0 },
        { "RateLimits.BackgroundRequestsPerSecond", options => options.RateLimits.BackgroundRequestsPerSecond = 0 },
        { "RateLimits.BackgroundRequestsPerSecond", options => options.RateLimits.BackgroundRequestsPerSecond = double.NaN },
        { "RateLimits.BackgroundBurst", options => options.RateLimits.BackgroundBurst = 0 },
        { "RateLimits.WritesPerSecond", options => options.RateLimits.WritesPerSecond = double.PositiveInfinity },
        { "RateLimits.WriteBurst", options => options.RateLimits.WriteBurst = -1 },
        { "RateLimits.ReserveFactor", options => options.RateLimits.ReserveFactor = double.NaN },
        { "RateLimits.ReserveFactor", options => options.RateLimits.ReserveFactor = -0.1 },
        { "Trees.MaxRequestsPerTree", options => options.Trees.MaxRequestsPerTree = 0 },
        { "Trees.CacheBytes", options => options.Trees.CacheBytes = 1 },
        { "Trees.Stagger", options => options.Trees.Stagger = null! },
        { "Trees.RepositoryListLifetime", options => options.Trees.RepositoryListLifetime = TimeSpan.FromTicks(-1) },
        { "Trees.Concurrency", options => options.Trees.Concurrency = 0 },
        { "Trees.RequestFloor", options => options.Trees.RequestFloor = -1 },
        { "Trees.MaxConnectionErrors", options => options.Trees.MaxConnectionErrors = 0 },
    };

    [Theory]
    [MemberData(nameof(WrongOptions))]
    public void A_wrong_option_is_named(string option, Action<GitHubIntegrationOptions> spoil)
    {
        var failures = Validate(spoil);

        failures.Should().ContainSingle().Which.Should().Contain(option).And.Contain("'acme'").And.NotContain("secret");
    }

    [Theory]
    [InlineData("https://api.github.com")]
    [InlineData("https://api.octo.ghe.com")]
    [InlineData("https://git.acme.example/api/v3")]
    [InlineData("http://127.0.0.1:1234/")]
    [InlineData("http://localhost:1234/api/v3")]
    [InlineData("http://[::1]:1234/")]
    public void Https_is_good_anywhere_and_http_on_this_machine(string address) =>
        Validate(options => options.ApiAddress = new Uri(address)).Should().BeEmpty();

    [Fact]
    public void An_App_needs_no_installation() => Validate(options => options.UseApp("Iv1", new NoSigner())).Should().BeEmpty();

    [Fact]
    public void All_that_is_wrong_is_named_at_once() =>
        Validate(options =>
        {
            options.ApiAddress = new Uri("http://git.acme.example");
            options.Credential = null;
            options.MaxPages = 0;
        }).Should().HaveCount(3);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("two words")]
    [InlineData("line\nbreak")]
    [InlineData("ünïcode")]
    public void A_token_that_cannot_stand_in_a_header_is_refused_without_being_shown(string token)
    {
        var use = () => new GitHubIntegrationOptions().UseToken(token);

        var error = use.Should().Throw<ArgumentException>().Which;
        if (token.Trim().Length > 0)
        {
            error.ToString().Should().NotContain(token);
        }
    }

    private static IReadOnlyList<string> Validate(Action<GitHubIntegrationOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddScmIntegrations().AddGitHub("acme", options =>
        {
            options.UseToken("a-token");
            configure(options);
        });
        using var provider = services.BuildServiceProvider();
        try
        {
            provider.GetRequiredKeyedService<IGitHubIntegrationClient>("acme").Should().NotBeNull();
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return [.. exception.Failures];
        }
    }

    private sealed class NoSigner : IAppJwtSigner
    {
        public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default) => new([]);
    }
}
