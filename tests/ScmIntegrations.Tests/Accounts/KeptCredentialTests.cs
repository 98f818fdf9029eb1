using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Accounts;
using ScmIntegrations.Errors;
using static ScmIntegrations.Tests.Accounts.AccountRig;

namespace ScmIntegrations.Tests.Accounts;

/// <summary>What an account has is not lost by what is supplied, whatever form that has.</summary>
public sealed class KeptCredentialTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_secret_of_any_name_is_kept()
    {
        await using var rig = new AccountRig();
        await rig.Accounts.UpsertAsync(Ada, Secrets(("supplied.key", "one"), ("key", "two"), ("other", "three")), cancellationToken: Token);

        await rig.Accounts.UpsertAsync(Ada, Secrets(("other", "four")), cancellationToken: Token);

        (await rig.Accounts.GetCredentialAsync(Ada, Token)).Should().BeOfType<StaticSecretCredential>()
            .Which.Details.Should().Equal(Secrets(("supplied.key", "one"), ("key", "two"), ("other", "four")).Details);
    }

    [Fact]
    public async Task Blanks_of_a_kind_without_a_type_are_absent()
    {
        await using var rig = new AccountRig();
        await rig.Accounts.UpsertAsync(Ada, Other("""{"subject":"a@b","key":"one","flag":false}"""), cancellationToken: Token);

        await rig.Accounts.UpsertAsync(Ada, Other("""{"subject":" ","key":"two","flag":null}"""), cancellationToken: Token);

        var details = JsonDocument.Parse(((OtherCredential)(await rig.Accounts.GetCredentialAsync(Ada, Token))!).Details.Value).RootElement;
        details.GetProperty("subject").GetString().Should().Be("a@b");
        details.GetProperty("key").GetString().Should().Be("two");
        details.GetProperty("flag").GetBoolean().Should().BeFalse();
    }

    [Theory]
    [InlineData("""{"subject":""}""")]
    [InlineData("""{"subject":null,"key":"  "}""")]
    public async Task Blanks_alone_are_an_empty_credential(string details)
    {
        await using var rig = new AccountRig();

        await FluentActions.Awaiting(() => rig.Accounts.UpsertAsync(Ada, Other(details), cancellationToken: Token)).Should().ThrowAsync<ArgumentException>().WithMessage("*empty*");

        rig.Store.Finds.Should().Be(0);
    }

    [Fact]
    public async Task A_credential_without_a_token_makes_no_account_active()
    {
        await using var rig = new AccountRig();
        var scopes = new OAuthTokenCredential { Scopes = ["repo"] };

        (await rig.Accounts.UpsertAsync(Ada, scopes, cancellationToken: Token)).Account.Status.Should().Be(AccountStatus.PendingAuthorization);
        (await rig.Accounts.UpsertAsync(Ada, scopes, cancellationToken: Token)).Outcome.Should().Be(AccountOutcome.Unchanged);
        (await rig.Accounts.UpsertAsync(Ada, Tokens("access-1", "refresh-1"), cancellationToken: Token)).Account.Status.Should().Be(AccountStatus.Active);
        await rig.SetStatusAsync(Ada, AccountStatus.Expired);

        (await rig.Accounts.UpsertAsync(Ada, new OAuthTokenCredential { Domain = "octo.ghe.com" }, cancellationToken: Token)).Account.Status.Should().Be(AccountStatus.Expired);

        (await rig.StoredTokensAsync(Ada)).Should().BeEquivalentTo(Tokens("access-1", "refresh-1") with { Scopes = ["repo"], Domain = "octo.ghe.com" });
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":{"b":1,"b":2}}""")]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"\udc00":1}""")]
    public async Task A_configuration_that_could_not_be_stored_is_refused_before_the_store_is_asked(string json)
    {
        await using var rig = new AccountRig();
        var configuration = JsonDocument.Parse(json, new() { MaxDepth = 200 }).RootElement;

        await FluentActions.Awaiting(() => rig.Accounts.UpsertAsync(Ada, apiConfiguration: configuration, cancellationToken: Token)).Should().ThrowAsync<ArgumentException>().WithMessage("*API configuration*");

        rig.Store.Finds.Should().Be(0);
    }

    [Fact]
    public Task A_configuration_that_is_nested_too_deep_is_refused_before_the_store_is_asked() =>
        A_configuration_that_could_not_be_stored_is_refused_before_the_store_is_asked($$"""{"a":{{new string('[', 64)}}1{{new string(']', 64)}}}""");

    [Theory]
    [InlineData("{broken")]
    [InlineData("[1]")]
    [InlineData("null")]
    [InlineData("")]
    public async Task A_stored_configuration_that_somebody_has_changed_is_a_typed_error(string stored)
    {
        await using var rig = new AccountRig();
        await rig.Accounts.CreateAsync(Ada, Tokens("access-1"), UpsertTests.Json("""{"a":1}"""), Token);
        var present = (await rig.Store.FindAsync(Ada, Token))!;
        (await rig.Store.TryReplaceAsync(present with { Version = present.Version + 1, ApiConfiguration = stored }, null, Token)).Should().BeTrue();

        foreach (var call in (Func<Task>[])
        [
            () => rig.Accounts.GetAsync(Ada, Token),
            () => rig.Accounts.ListPageAsync(cancellationToken: Token),
            () => rig.Accounts.UpsertAsync(Ada, apiConfiguration: UpsertTests.Json("""{"a":2}"""), cancellationToken: Token),
        ])
        {
            var error = (await call.Should().ThrowAsync<ScmException>()).Which;
            error.Error.CredentialOwner.Should().Be(CredentialOwner.Operator);
            error.Message.Should().Contain("API configuration").And.NotContain("broken");
        }
    }

    [Fact]
    public async Task A_stored_kind_that_somebody_has_changed_is_a_typed_error()
    {
        await using var rig = new AccountRig();
        await rig.Accounts.CreateAsync(Ada, Tokens("access-1"), cancellationToken: Token);
        var present = (await rig.Store.FindAsync(Ada, Token))!;
        (await rig.Store.TryReplaceAsync(present with { Version = present.Version + 1, CredentialKind = " " }, null, Token)).Should().BeTrue();

        (await FluentActions.Awaiting(() => rig.Accounts.GetCredentialAsync(Ada, Token)).Should().ThrowAsync<ScmCredentialUnreadableException>()).Which.Message.Should().NotContain("access-1");
        await FluentActions.Awaiting(() => rig.Services.GetRequiredService<IConnectedAccountCredentials>().For(Ada).GetTokenAsync(Token).AsTask()).Should().ThrowAsync<ScmCredentialUnreadableException>();
    }

    private static OtherCredential Other(string details) => new("google_dwd", new SecretText(details));

    private static StaticSecretCredential Secrets(params (string Name, string Secret)[] secrets) =>
        new(secrets.ToDictionary(secret => secret.Name, secret => new SecretText(secret.Secret), StringComparer.Ordinal));
}
