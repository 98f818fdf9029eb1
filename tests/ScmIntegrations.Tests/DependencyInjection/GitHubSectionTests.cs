using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ScmIntegrations.Caching;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Authentication;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.DependencyInjection;

/// <summary>A client's options and credential from a section of configuration.</summary>
public sealed class GitHubSectionTests
{
    private const string Who = "The GitHub client 'acme': ";

    /// <summary>Every option, with a value that is not its default.</summary>
    private static readonly Dictionary<string, string> Every = new(StringComparer.Ordinal)
    {
        ["Token"] = Section.Token,
        ["TokenOwner"] = "customer",
        ["ApiAddress"] = "https://git.acme.example/api/v3",
        ["ApiVersion"] = "2026-03-10",
        ["UserAgent"] = "acme",
        ["LogSampleRate"] = "0.25",
        ["MaxResponseBytes"] = "2048",
        ["MaxBlobBytes"] = "4096",
        ["MaxErrorBytes"] = "1025",
        ["MaxJsonDepth"] = "9",
        ["MaxPages"] = "3",
        ["PageSize"] = "7",
        ["MaxInstallationClients"] = "11",
        ["Resilience:Deadline"] = "00:00:07",
        ["Resilience:AttemptTimeout"] = "00:00:05.5",
        ["Resilience:MaxAttempts"] = "2",
        ["Resilience:MaxRateLimitWait"] = "01:05:00",
        ["Resilience:BackoffBase"] = "00:00:00",
        ["Resilience:CircuitFailureRatio"] = "0.75",
        ["Resilience:CircuitMinimumThroughput"] = "30",
        ["Resilience:CircuitSamplingDuration"] = "00:01:00",
        ["Resilience:CircuitBreakDuration"] = "1.00:00:00",
        ["RateLimits:MaxConcurrency"] = "50",
        ["RateLimits:BackgroundConcurrency"] = "40",
        ["RateLimits:BackgroundRequestsPerSecond"] = "2.5",
        ["RateLimits:BackgroundBurst"] = "10",
        ["RateLimits:WritesPerSecond"] = "0.5",
        ["RateLimits:WriteBurst"] = "5",
        ["RateLimits:ReserveFactor"] = "0",
        ["Trees:MaxRequestsPerTree"] = "12",
        ["Trees:CacheBytes"] = "1048576",
        ["Trees:Stagger"] = "indexbucket",
        ["Trees:RepositoryListLifetime"] = "00:00:00",
        ["Trees:BulkHeads"] = "false",
        ["Trees:Concurrency"] = "4",
        ["Trees:RequestFloor"] = "0",
        ["Trees:MaxConnectionErrors"] = "1",
    };

    public static TheoryData<string, string> Unreadable => new()
    {
        { "MaxPages", "many" },
        { "MaxPages", "1.5" },
        { "MaxPages", "1,000" },
        { "MaxPages", "99999999999999999999" },
        { "MaxResponseBytes", "64 MiB" },
        { "LogSampleRate", "half" },
        { "LogSampleRate", "0,5" },
        { "Resilience:Deadline", "soon" },
        { "Trees:BulkHeads", "yes" },
        { "Trees:Stagger", "MyStagger" },
        { "TokenOwner", "1" },
        { "TokenOwner", "Nobody" },
    };

    public static TheoryData<string, string, string> Wrong => new()
    {
        { "MaxPages", "0", "it is from 1 to 10000 pages" },
        { "MaxPages", "10001", "it is from 1 to 10000 pages" },
        { "MaxResponseBytes", "-1", "it is 1024 or more bytes" },
        { "LogSampleRate", "1.5", "it is from 0 to 1" },
        { "LogSampleRate", "NaN", "it is from 0 to 1" },
        { "Resilience:Deadline", "00:00:00.001", "it is from 00:00:00.01 to 01:00:00" },
        { "Resilience:Deadline", "100", "it is from 00:00:00.01 to 01:00:00" },
        { "RateLimits:WritesPerSecond", "0", "it is from 1/3600 to 1000000 a second" },
        { "Trees:CacheBytes", "1", "it is 1048576 or more bytes" },
    };

    [Fact]
    public void Every_option_can_be_set_by_a_section()
    {
        var read = Section.Read(Section.Of([.. Every.Select(one => (one.Key, (string?)one.Value))]));

        var untouched = new GitHubIntegrationOptions();
        var rows = GitHubOptionTable.Table.Rows.Where(row => !row.Key.StartsWith("App:", StringComparison.Ordinal)).ToList();
        rows.Select(row => row.Key).Should().BeEquivalentTo(Every.Keys, "each option has a value above");
        rows.Should().NotContain(row => Equals(row.ValueOf(read), row.ValueOf(untouched)), "the value above is not the default");
        (read.MaxPages, read.LogSampleRate, read.Resilience.AttemptTimeout).Should().Be((3, 0.25, TimeSpan.FromSeconds(5.5)));
        read.Trees.Stagger.Should().BeOfType<IndexBucketStagger>();
        read.Credential.Should().BeOfType<TokenCredential>().Which.Owner.Should().Be(CredentialOwner.Customer);
    }

    [Fact]
    public void The_table_has_every_option_that_can_be_set()
    {
        var settable = typeof(GitHubIntegrationOptions).GetProperties().SelectMany(property =>
            property.PropertyType.Name.EndsWith("Options", StringComparison.Ordinal) && !property.CanWrite
                ? property.PropertyType.GetProperties().Select(part => $"{property.Name}.{part.Name}")
                : [property.Name]);

        GitHubOptionTable.Table.Rows.Select(row => row.Path).Should().Contain(settable.Except(["Credential", "App"], StringComparer.Ordinal));
    }

    [Fact]
    public void Json_is_read_as_the_platform_reads_it()
    {
        var read = Section.Read(Section.Json($$$"""{"token":"{{{Section.Token}}}","maxpages":3,"Trees":{"BulkHeads":false,"Stagger":null},"Resilience":{}}"""));

        (read.MaxPages, read.Trees.BulkHeads).Should().Be((3, false));
        read.Trees.Stagger.Should().BeOfType<PhaseSlotStagger>();
    }

    [Fact]
    public void The_machines_culture_changes_nothing()
    {
        var (before, comma) = (CultureInfo.CurrentCulture, (CultureInfo)CultureInfo.InvariantCulture.Clone());
        (comma.NumberFormat.NumberDecimalSeparator, comma.NumberFormat.NegativeSign) = (",", "−");
        CultureInfo.CurrentCulture = comma;
        try
        {
            Section.Read(Section.Of(("Token", Section.Token), ("LogSampleRate", "0.5"))).LogSampleRate.Should().Be(0.5);
            Section.Failures(Section.Of(("Token", Section.Token), ("LogSampleRate", "-1.5"))).Should().Equal(Who + "Scm:GitHub:LogSampleRate is -1.5; it is from 0 to 1.");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void What_cannot_be_read_is_named_with_its_path(string key, string text) =>
        Section.Failures(Section.Of(("Token", Section.Token), (key, text))).Should().ContainSingle()
            .Which.Should().StartWith($"{Who}Scm:GitHub:{key} is '{text}'; it is ").And.EndWith(".");

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_value_is_named_with_its_limit_and_path(string key, string text, string limit) =>
        Section.Failures(Section.Of(("Token", Section.Token), (key, text))).Should().ContainSingle()
            .Which.Should().StartWith($"{Who}Scm:GitHub:{key} is ").And.EndWith($"; {limit}.");

    [Fact]
    public void The_message_of_a_text_that_is_no_number() =>
        Section.Failures(Section.Of(("Token", Section.Token), ("MaxPages", "many"))).Should().Equal(
            "The GitHub client 'acme': Scm:GitHub:MaxPages is 'many'; it is a whole number from 1 to 10000 pages.");

    [Theory]
    [InlineData("MaxPages")]
    [InlineData("App:PrivateKey")]
    [InlineData("Trees:Stagger")]
    public void A_text_of_nothing_is_named(string key) =>
        Section.Failures(Section.Of(("Token", Section.Token), (key, " "))).Should().Contain(failure => failure.StartsWith($"{Who}Scm:GitHub:{key} is empty; it is ", StringComparison.Ordinal));

    [Theory]
    [InlineData("MaxPage", "Scm:GitHub:MaxPages")]
    [InlineData("Tokn", "Scm:GitHub:Token")]
    [InlineData("CacheBytes", "Scm:GitHub:Trees:CacheBytes")]
    [InlineData("Resilience:Dedline", "Scm:GitHub:Resilience:Deadline")]
    [InlineData("Resiliense:Deadline", "Scm:GitHub:Resilience:Deadline", "Resiliense")]
    [InlineData("App:ClientID2", "Scm:GitHub:App:ClientId")]
    [InlineData("Configured:Token", "Scm:GitHub:Token", "Configured")]
    public void A_key_that_nobody_knows_is_named_with_the_nearest(string key, string nearest, string? told = null)
    {
        var failures = Section.Failures(Section.Of(("Token", Section.Token), (key, Section.Token)));

        failures.Should().ContainSingle().Which.Should().StartWith($"{Who}Scm:GitHub:{told ?? key} is not known; the nearest that is known is ");
        if (told is null)
        {
            failures[0].Should().EndWith($" {nearest}.");
        }
    }

    [Fact]
    public void A_value_in_the_place_of_keys_and_keys_in_the_place_of_a_value_are_named() =>
        Section.Failures(Section.Of(("Token", Section.Token), ("Trees", "big"), ("MaxPages:0", "1"))).Should().BeEquivalentTo(
            Who + "Scm:GitHub:Trees is one value; it holds keys of its own, such as Trees:MaxRequestsPerTree.",
            Who + "Scm:GitHub:MaxPages holds keys of its own; it is one value.");

    [Fact]
    public void A_token_of_nothing_is_no_credential() => Section.Failures(Section.Of(("Token", ""))).Should().HaveCount(2)
        .And.Contain(Who + "Scm:GitHub:Token is empty; it is a text, visible ASCII without white space.");

    [Fact]
    public void A_section_that_is_absent_is_named()
    {
        var failures = Section.Failures(new ConfigurationBuilder().Build().GetSection("Scm:GitHub"));

        failures.Should().HaveCount(2);
        failures[0].Should().Be(Who + "the section Scm:GitHub is absent or empty; it holds keys such as Token, TokenOwner, App:ClientId.");
        failures[1].Should().Contain("there is no credential");
    }

    [Fact]
    public void An_empty_section_is_an_error_even_where_code_sets_the_credential() =>
        Section.Failures(builder => builder.AddGitHub("acme", Section.Json("{}"), options => options.UseToken("a-token")))
            .Should().ContainSingle().Which.Should().Contain("the section Scm:GitHub is absent or empty");

    [Fact]
    public void No_credential_names_what_to_set_and_where_was_looked() =>
        Section.Failures(Section.Of(("MaxPages", "1"))).Should().Equal(
            Who + "there is no credential; set Scm:GitHub:Token, or Scm:GitHub:App:ClientId with Scm:GitHub:App:PrivateKey or Scm:GitHub:App:PrivateKeyFile; "
            + "or call UseToken, UseInstallation or UseApp, or register an IGitHubCredential. The section Scm:GitHub, the options and the services were looked at.");

    [Fact]
    public void The_delegate_runs_after_the_section()
    {
        var read = Section.Read(builder => builder.AddGitHub("acme", Section.Of(("Token", Section.Token), ("MaxPages", "3"), ("PageSize", "3")), options =>
        {
            options.MaxPages++;
            options.UseToken("another");
        }));

        (read.MaxPages, read.PageSize).Should().Be((4, 3));
        read.Credential!.Identity.Should().Be(new TokenCredential("another").Identity);
    }

    [Fact]
    public void What_the_delegate_has_spoilt_is_not_blamed_on_the_section() =>
        Section.Failures(builder => builder.AddGitHub("acme", Section.Of(("Token", Section.Token), ("MaxPages", "3")), options => options.MaxPages = 0))
            .Should().Equal(Who + "MaxPages is 0; it is from 1 to 10000 pages.");

    [Fact]
    public void Two_sections_of_one_name_add_up_and_the_last_decides()
    {
        var read = Section.Read(
            Section.At("Scm:Common", ("App:ClientId", ClientSetup.ClientId), ("App:PrivateKey", TestKeys.Pkcs1), ("MaxPages", "3"), ("PageSize", "3")),
            Section.At("Scm:Acme", ("App:InstallationId", "7"), ("PageSize", "4")));

        (read.MaxPages, read.PageSize).Should().Be((3, 4));
        (read.App!.ClientId, read.App.InstallationId).Should().Be((ClientSetup.ClientId, 7));
    }

    [Fact]
    public void What_is_wrong_in_two_sections_is_told_with_the_paths_of_both()
    {
        Section.Failures(Section.At("Scm:Common", ("Token", Section.Token), ("MaxPages", "0")), Section.At("Scm:Acme", ("App:ClientId", "Iv1"), ("PageSize", "0")))
            .Should().BeEquivalentTo(
                Who + "Scm:Common:Token and Scm:Acme:App:ClientId are both set, which are two credentials; set one.",
                Who + "Scm:Common:MaxPages is 0; it is from 1 to 10000 pages.",
                Who + "Scm:Acme:PageSize is 0; it is from 1 to 100 entries.");
        Section.Failures(Section.At("Scm:Common", ("MaxPages", "1")), Section.At("Scm:Acme", ("PageSize", "1")))
            .Should().ContainSingle().Which.Should().Contain("Scm:Common:Token or Scm:Acme:Token").And.Contain("The sections Scm:Common and Scm:Acme, the options");
    }

    [Fact]
    public void A_section_that_is_registered_twice_is_one()
    {
        var section = Section.Of(("MaxPages", "0"), ("Nonsense", "1"));

        Section.Failures(section, section).Should().HaveCount(3).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once() =>
        Section.Failures(builder => builder.AddGitHub("acme", Section.Of(("MaxPages", "many"), ("PageSize", "0"), ("Nonsense", "1"), ("Trees:Concurrency", "0")), options => options.MaxJsonDepth = 1))
            .Should().HaveCount(6);

    [Fact]
    public void The_default_client_reads_one_too() =>
        Section.Failures(builder => builder.AddGitHub(Section.Of(("Token", Section.Token), ("MaxPages", "0"))), "")
            .Should().Equal("The default GitHub client: Scm:GitHub:MaxPages is 0; it is from 1 to 10000 pages.");

    [Fact]
    public void A_configuration_that_is_no_section_has_paths_of_its_own()
    {
        var root = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("MaxPages", (string?)"0")]).Build();

        Section.Failures(builder => builder.AddGitHub("acme", root)).Should().Contain(Who + "MaxPages is 0; it is from 1 to 10000 pages.");
    }

    [Fact]
    public async Task A_host_does_not_start_with_what_is_wrong()
    {
        var services = new ServiceCollection();
        services.AddScmIntegrations()
            .AddGitHub("acme", Section.Of(("Token", Section.Token), ("MaxPages", "many"), ("PageSize", "0")));
        await using var provider = services.BuildServiceProvider();

        // What the host calls when it starts.
        provider.GetRequiredService<IStartupValidator>().Invoking(validator => validator.Validate())
            .Should().Throw<OptionsValidationException>().Which.Failures.Should().HaveCount(2);
    }

    [Fact]
    public void A_section_is_read_when_the_client_is_made()
    {
        var root = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Scm:GitHub:Token", (string?)Section.Token)]).Build();
        var services = new ServiceCollection();
        services.AddScmIntegrations().AddGitHub("acme", root.GetSection("Scm:GitHub"));
        using var provider = services.BuildServiceProvider();
        var options = provider.GetRequiredService<IOptionsMonitor<GitHubIntegrationOptions>>();
        root["Scm:GitHub:MaxPages"] = "3";

        options.Get("acme").MaxPages.Should().Be(3);
        root["Scm:GitHub:MaxPages"] = "4";
        root.Reload();
        options.Get("acme").MaxPages.Should().Be(3);
    }
}
