using System.Text.Json;
using ScmIntegrations.Accounts;
using ScmIntegrations.Errors;

namespace ScmIntegrations.Tests.Accounts;

/// <summary>States, secrets and credentials as values.</summary>
public sealed class AccountValueTests
{
    private const string Secret = "gho_THISMUSTNEVERPRINT";

    [Theory]
    [InlineData("ACTIVE", "active", true)]
    [InlineData("Active", "active", true)]
    [InlineData("EXPIRED", "expired", true)]
    [InlineData("PENDING_AUTH", "pending_auth", true)]
    [InlineData("pending_verification", "pending_verification", true)]
    [InlineData("DISCONNECTED", "disconnected", true)]
    [InlineData("PAUSED_BY_ADMIN", "PAUSED_BY_ADMIN", false)]
    [InlineData("9", "9", false)]
    public void A_state_is_known_in_any_case_and_else_passes_through(string written, string name, bool isKnown)
    {
        var status = new AccountStatus(written);

        (status.Name, status.ToString(), status.IsKnown).Should().Be((name, name, isKnown));
        status.Should().Be(new AccountStatus(name));
    }

    [Fact]
    public void The_known_states_are_these()
    {
        new[] { AccountStatus.Active, AccountStatus.Expired, AccountStatus.PendingAuthorization, AccountStatus.PendingVerification, AccountStatus.Disconnected }
            .Should().OnlyHaveUniqueItems().And.OnlyContain(status => status.IsKnown);
        (default(AccountStatus).Name, default(AccountStatus).IsKnown).Should().Be(("unspecified", false));
        FluentActions.Invoking(() => new AccountStatus(" ")).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void A_secret_prints_as_stars_and_a_fingerprint()
    {
        var secret = new SecretText(Secret);

        secret.ToString().Should().MatchRegex(@"^\*\*\* \([0-9a-f]{8}\)$");
        secret.Should().Be(new SecretText(Secret)).And.NotBe(new SecretText(Secret + "!"));
        secret.GetHashCode().Should().Be(new SecretText(Secret).GetHashCode());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t")]
    public void An_empty_secret_is_refused(string? value) =>
        FluentActions.Invoking(() => new SecretText(value!)).Should().Throw<ArgumentException>().WithMessage("*leave the secret out*");

    [Fact]
    public void A_secret_that_is_too_long_is_refused_without_being_shown() =>
        FluentActions.Invoking(() => new SecretText(Secret + new string('x', SecretText.MaxLength))).Should().Throw<ArgumentException>()
            .Which.Message.Should().Contain("65536").And.NotContain(Secret);

    public static TheoryData<string> Holders => [.. Credentials.Keys];

    private static Dictionary<string, AccountCredential> Credentials => new(StringComparer.Ordinal)
    {
        ["oauth"] = new OAuthTokenCredential { AccessToken = new(Secret), RefreshToken = new(Secret), Scopes = ["repo"] },
        ["static"] = new StaticSecretCredential(new Dictionary<string, SecretText>(StringComparer.Ordinal) { ["password"] = new(Secret) }),
        ["other"] = new OtherCredential("google_dwd", new($$"""{"key":"{{Secret}}"}""")),
    };

    [Theory]
    [MemberData(nameof(Holders))]
    public void A_credential_prints_no_secret(string holder)
    {
        var credential = Credentials[holder];

        $"{credential}".Should().NotContain("THISMUSTNEVER");
        JsonSerializer.Serialize(credential, credential.GetType()).Should().NotContain("THISMUSTNEVER");
    }

    [Fact]
    public void What_is_no_credential_is_refused_without_being_shown()
    {
        FluentActions.Invoking(() => new OtherCredential("x", new($"[\"{Secret}\"]"))).Should().Throw<ArgumentException>().Which.Message.Should().NotContain("THISMUST");
        FluentActions.Invoking(() => new OtherCredential("x", new($"{{{Secret}"))).Should().Throw<ArgumentException>().Which.Message.Should().NotContain("THISMUST");
        FluentActions.Invoking(() => new OtherCredential(" ", new("{}"))).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new StaticSecretCredential(new Dictionary<string, SecretText>(StringComparer.Ordinal) { [" "] = new(Secret) })).Should().Throw<ArgumentException>();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    [InlineData(-1)]
    public void A_page_of_no_size_is_refused(int size) =>
        FluentActions.Invoking(() => new AccountFilter { PageSize = size }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*1 to 100*");

    [Fact]
    public async Task A_list_that_goes_in_a_circle_ends()
    {
        var accounts = new CircularAccounts();

        var list = async () => await accounts.ListAsync().CountAsync();

        (await list.Should().ThrowAsync<ScmIncompleteListException>()).Which.Message.Should().Contain("circle");
        accounts.Pages.Should().Be(3);
    }
}
