using System.Text.Json;
using ScmIntegrations.Accounts;
using ScmIntegrations.Errors;
using static ScmIntegrations.Tests.Accounts.AccountRig;

namespace ScmIntegrations.Tests.Accounts;

/// <summary>What is supplied is applied, whatever the state; what is absent is kept; what is the same changes nothing.</summary>
public sealed class UpsertTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> States => ["active", "expired", "pending_auth", "pending_verification", "disconnected", "SOMETHING_NEW"];

    [Fact]
    public async Task An_account_that_is_not_there_is_created_with_the_credential()
    {
        await using var rig = new AccountRig();

        var upsert = await rig.Accounts.UpsertAsync(Ada, Tokens("access-1", "refresh-1"), Json("""{"host":"a"}"""), cancellationToken: Token);

        upsert.Outcome.Should().Be(AccountOutcome.Created);
        upsert.Account.Should().Match<ConnectedAccount>(account =>
            account.Status == AccountStatus.Active && account.Identity == Ada && account.CredentialKind == "oauth_token" && account.Version == 1 && account.CreatedAt == Start);
        upsert.Account.Id.Should().MatchRegex("^ca_[0-9a-f]{32}$");
        upsert.Account.ApiConfiguration!.Value.GetProperty("host").GetString().Should().Be("a");
        (await rig.StoredTokensAsync(Ada)).Should().BeEquivalentTo(Tokens("access-1", "refresh-1"));
    }

    [Theory]
    [MemberData(nameof(States))]
    public async Task A_credential_is_applied_to_an_existing_account_in_any_state(string state)
    {
        await using var rig = new AccountRig();
        var created = await rig.Accounts.CreateAsync(Ada, Tokens("access-1", "refresh-1"), cancellationToken: Token);
        await rig.SetStatusAsync(Ada, new AccountStatus(state));

        var upsert = await rig.Accounts.UpsertAsync(Ada, Tokens("access-2", "refresh-2"), cancellationToken: Token);

        upsert.Outcome.Should().Be(AccountOutcome.Updated);
        upsert.Account.Should().Match<ConnectedAccount>(account => account.Id == created.Id && account.Status == AccountStatus.Active && account.StatusReason == null);
        (await rig.StoredTokensAsync(Ada)).Should().BeEquivalentTo(Tokens("access-2", "refresh-2"));
    }

    [Theory]
    [MemberData(nameof(States))]
    public async Task An_API_configuration_alone_is_applied_in_any_state_and_changes_neither_state_nor_credential(string state)
    {
        await using var rig = new AccountRig();
        await rig.Accounts.CreateAsync(Ada, Tokens("access-1"), Json("""{"host":"a","port":1}"""), cancellationToken: Token);
        await rig.SetStatusAsync(Ada, new AccountStatus(state));

        var upsert = await rig.Accounts.UpsertAsync(Ada, apiConfiguration: Json("""{"host":"b","more":{"x":null}}"""), cancellationToken: Token);

        upsert.Outcome.Should().Be(AccountOutcome.Updated);
        upsert.Account.Status.Should().Be(new AccountStatus(state));
        upsert.Account.ApiConfiguration!.Value.GetRawText().Should().Be("""{"host":"b","port":1,"more":{"x":null}}""");
        (await rig.StoredTokensAsync(Ada)).AccessToken!.Value.Should().Be("access-1");
    }

    [Theory]
    [MemberData(nameof(States))]
    public async Task Nothing_supplied_leaves_an_existing_account_unchanged(string state)
    {
        await using var rig = new AccountRig();
        await rig.Accounts.CreateAsync(Ada, Tokens("access-1"), cancellationToken: Token);
        await rig.SetStatusAsync(Ada, new AccountStatus(state));
        var (before, writes) = (await rig.Accounts.GetAsync(Ada, cancellationToken: Token), rig.Store.Writes);

        var upsert = await rig.Accounts.UpsertAsync(Ada, cancellationToken: Token);

        upsert.Outcome.Should().Be(AccountOutcome.Unchanged);
        upsert.Account.Should().Be(before);
        rig.Store.Writes.Should().Be(writes);
    }

    [Fact]
    public async Task Nothing_supplied_creates_an_account_that_waits_for_its_user()
    {
        await using var rig = new AccountRig();

        var upsert = await rig.Accounts.UpsertAsync(Ada, cancellationToken: Token);

        (upsert.Outcome, upsert.Account.Status, upsert.Account.CredentialKind).Should().Be((AccountOutcome.Created, AccountStatus.PendingAuthorization, null));
        (await rig.Accounts.GetCredentialAsync(Ada, cancellationToken: Token)).Should().BeNull();
        (await rig.Accounts.UpsertAsync(Ada, cancellationToken: Token)).Outcome.Should().Be(AccountOutcome.Unchanged);
    }

    [Fact]
    public async Task The_same_again_changes_nothing_and_reads_no_secret()
    {
        await using var rig = new AccountRig();
        var first = await rig.Accounts.UpsertAsync(Ada, Tokens("access-1", "refresh-1"), Json("""{"host":"a"}"""), cancellationToken: Token);
        var writes = rig.Store.Writes;

        var again = await rig.Accounts.UpsertAsync(Ada, Tokens("access-1", "refresh-1"), Json("""{"host":"a"}"""), cancellationToken: Token);

        again.Outcome.Should().Be(AccountOutcome.Unchanged);
        again.Account.Should().BeEquivalentTo(first.Account, options => options.Excluding(account => account.ApiConfiguration));
        (rig.Store.SecretReads, rig.Store.Writes).Should().Be((0, writes));
    }

    [Fact]
    public async Task A_part_of_what_is_stored_is_nothing_new()
    {
        await using var rig = new AccountRig();
        await rig.Accounts.UpsertAsync(Ada, Tokens("access-1", "refresh-1"), Json("""{"a":1,"b":2}"""), cancellationToken: Token);

        (await rig.Accounts.UpsertAsync(Ada, Tokens("access-1"), cancellationToken: Token)).Outcome.Should().Be(AccountOutcome.Unchanged);
        (await rig.Accounts.UpsertAsync(Ada, apiConfiguration: Json("""{"b":2}"""), cancellationToken: Token)).Outcome.Should().Be(AccountOutcome.Unchanged);
        (await rig.Accounts.UpsertAsync(Ada, apiConfiguration: Json("{}"), cancellationToken: Token)).Outcome.Should().Be(AccountOutcome.Unchanged);
    }

    [Fact]
    public async Task An_access_token_without_a_refresh_token_keeps_the_old_one()
    {
        await using var rig = new AccountRig();
        await rig.Accounts.UpsertAsync(Ada, Tokens("access-1", "refresh-1") with { Scopes = ["repo"], Domain = "octo.ghe.com", RefreshTokenExpiresAt = Start.AddDays(180), AccessTokenExpiresAt = Start.AddHours(8) }, cancellationToken: Token);

        var upsert = await rig.Accounts.UpsertAsync(Ada, Tokens("access-2"), cancellationToken: Token);

        upsert.Outcome.Should().Be(AccountOutcome.Updated);
        upsert.Account.TokenExpiresAt.Should().BeNull("the end was the old token's");
        (await rig.StoredTokensAsync(Ada)).Should().BeEquivalentTo(
            Tokens("access-2", "refresh-1") with { Scopes = ["repo"], Domain = "octo.ghe.com", RefreshTokenExpiresAt = Start.AddDays(180) });
    }

    [Fact]
    public async Task The_same_token_keeps_its_end()
    {
        await using var rig = new AccountRig();
        await rig.Accounts.UpsertAsync(Ada, Tokens("access-1", "refresh-1") with { AccessTokenExpiresAt = Start.AddHours(8) }, cancellationToken: Token);

        (await rig.Accounts.UpsertAsync(Ada, Tokens("access-1", "refresh-2"), cancellationToken: Token)).Account.TokenExpiresAt.Should().Be(Start.AddHours(8));
    }

    [Fact]
    public async Task A_token_that_has_ended_and_that_nothing_renews_makes_the_account_expired()
    {
        await using var rig = new AccountRig();
        var renewable = Ada with { UserId = "8" };
        await rig.Accounts.UpsertAsync(Ada, Tokens("access-1") with { AccessTokenExpiresAt = Start.AddHours(8) }, cancellationToken: Token);
        await rig.Accounts.UpsertAsync(renewable, Tokens("access-1", "refresh-1") with { AccessTokenExpiresAt = Start.AddHours(8) }, cancellationToken: Token);
        (await rig.Accounts.GetAsync(Ada, Token)).Status.Should().Be(AccountStatus.Active);

        rig.Time.Advance(TimeSpan.FromHours(8));

        (await rig.Accounts.GetAsync(Ada, Token)).Should().Match<ConnectedAccount>(account => account.Status == AccountStatus.Expired && account.StatusReason == "token_expired");
        (await rig.Accounts.GetAsync(renewable, Token)).Status.Should().Be(AccountStatus.Active);
        (await rig.Accounts.UpsertAsync(Ada, Tokens("access-2"), cancellationToken: Token)).Account.Status.Should().Be(AccountStatus.Active);
    }

    [Fact]
    public async Task Blanks_are_absent()
    {
        await using var rig = new AccountRig();
        await rig.Accounts.UpsertAsync(Ada, Tokens("access-1", "refresh-1") with { Domain = "octo.ghe.com" }, cancellationToken: Token);

        await rig.Accounts.UpsertAsync(Ada, Tokens("access-2") with { Domain = "  " }, cancellationToken: Token);

        (await rig.StoredTokensAsync(Ada)).Should().BeEquivalentTo(Tokens("access-2", "refresh-1") with { Domain = "octo.ghe.com" });
    }

    [Fact]
    public async Task Names_of_a_static_credential_that_are_left_out_are_kept()
    {
        await using var rig = new AccountRig();
        await rig.Accounts.UpsertAsync(Ada, Secrets(("user", "ada"), ("password", "one")), cancellationToken: Token);

        await rig.Accounts.UpsertAsync(Ada, Secrets(("password", "two")), cancellationToken: Token);

        (await rig.Accounts.GetCredentialAsync(Ada, cancellationToken: Token)).Should().BeEquivalentTo(Secrets(("user", "ada"), ("password", "two")), options => options.RespectingRuntimeTypes());
    }

    [Fact]
    public async Task Another_kind_takes_the_place_of_the_old_one_whole()
    {
        await using var rig = new AccountRig();
        var first = await rig.Accounts.UpsertAsync(Ada, Tokens("access-1", "refresh-1") with { AccessTokenExpiresAt = Start.AddHours(8) }, cancellationToken: Token);

        var second = await rig.Accounts.UpsertAsync(Ada, Secrets(("api_key", "k")), cancellationToken: Token);
        var third = await rig.Accounts.UpsertAsync(Ada, new TrustedIdentityCredential { DatabaseUser = "ada_rw" }, cancellationToken: Token);
        var fourth = await rig.Accounts.UpsertAsync(Ada, new OtherCredential("google_dwd", new("""{"subject":"ada@acme.test","n":[1,{"x":true}]}""")), cancellationToken: Token);

        new[] { second, third, fourth }.Should().OnlyContain(upsert => upsert.Outcome == AccountOutcome.Updated && upsert.Account.Id == first.Account.Id && upsert.Account.TokenExpiresAt == null);
        fourth.Account.CredentialKind.Should().Be("google_dwd");
        ((OtherCredential)(await rig.Accounts.GetCredentialAsync(Ada, cancellationToken: Token))!).Details.Value.Should().Be("""{"subject":"ada@acme.test","n":[1,{"x":true}]}""");
        (await rig.Accounts.UpsertAsync(Ada, new OtherCredential("google_dwd", new("""{"subject":"ada@acme.test"}""")), cancellationToken: Token)).Outcome.Should().Be(AccountOutcome.Unchanged);
    }

    [Fact]
    public async Task An_empty_credential_is_refused_before_the_store_is_asked()
    {
        await using var rig = new AccountRig();
        AccountCredential[] empty = [new OAuthTokenCredential(), new OAuthTokenCredential { AccessTokenExpiresAt = Start }, Secrets(), new TrustedIdentityCredential(), new OtherCredential("x", new("{}"))];

        foreach (var credential in empty)
        {
            Func<Task>[] calls =
            [
                () => rig.Accounts.UpsertAsync(Ada, credential),
                () => rig.Accounts.CreateAsync(Ada, credential),
                () => rig.Accounts.UpdateAsync(Ada, credential),
                () => rig.Accounts.GetOrCreateAsync(Ada, credential),
            ];
            foreach (var call in calls)
            {
                (await call.Should().ThrowAsync<ArgumentException>()).Which.Message.Should().Contain("empty").And.Contain(credential.Kind);
            }
        }

        (rig.Store.Finds, rig.Store.Writes).Should().Be((0, 0));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    public async Task A_configuration_that_is_no_object_is_refused(string json)
    {
        await using var rig = new AccountRig();

        var call = () => rig.Accounts.UpsertAsync(Ada, apiConfiguration: Json(json));

        await call.Should().ThrowAsync<ArgumentException>().WithMessage("*JSON object*");
        rig.Store.Finds.Should().Be(0);
    }

    [Fact]
    public async Task GetOrCreate_is_the_same_operation()
    {
        await using var rig = new AccountRig();

        (await rig.Accounts.GetOrCreateAsync(Ada, Tokens("access-1"), cancellationToken: Token)).Outcome.Should().Be(AccountOutcome.Created);
        (await rig.Accounts.GetOrCreateAsync(Ada, Tokens("access-2"), cancellationToken: Token)).Outcome.Should().Be(AccountOutcome.Updated);
        (await rig.Accounts.GetOrCreateAsync(Ada, apiConfiguration: Json("""{"a":1}"""), cancellationToken: Token)).Outcome.Should().Be(AccountOutcome.Updated);
        (await rig.StoredTokensAsync(Ada)).AccessToken!.Value.Should().Be("access-2");
    }

    [Fact]
    public async Task An_account_that_is_deleted_between_read_and_write_is_created()
    {
        await using var rig = new AccountRig();
        rig.Time.AutoAdvance = true;
        var old = await rig.Accounts.CreateAsync(Ada, Tokens("access-1", "refresh-1"), cancellationToken: Token);
        rig.Store.Before = async call =>
        {
            if (call is "replace")
            {
                rig.Store.Before = _ => Task.CompletedTask;
                await rig.Store.RemoveAsync(Ada);
            }
        };

        var upsert = await rig.Accounts.UpsertAsync(Ada, Tokens("access-2", "refresh-2"), cancellationToken: Token);

        upsert.Outcome.Should().Be(AccountOutcome.Created);
        upsert.Account.Id.Should().NotBe(old.Id);
        (await rig.StoredTokensAsync(Ada)).Should().BeEquivalentTo(Tokens("access-2", "refresh-2"));
    }

    [Fact]
    public async Task An_account_that_another_process_creates_first_is_updated()
    {
        await using var rig = new AccountRig();
        rig.Time.AutoAdvance = true;
        await using var other = new AccountRig(rig.Store);
        rig.Store.Before = async call =>
        {
            if (call is "add")
            {
                rig.Store.Before = _ => Task.CompletedTask;
                await other.Accounts.CreateAsync(Ada, Tokens("theirs", "theirs-refresh"));
            }
        };

        var upsert = await rig.Accounts.UpsertAsync(Ada, Tokens("ours"), cancellationToken: Token);

        upsert.Outcome.Should().Be(AccountOutcome.Updated);
        (await rig.StoredTokensAsync(Ada)).Should().BeEquivalentTo(Tokens("ours", "theirs-refresh"));
    }

    [Fact]
    public async Task A_write_whose_answer_was_lost_converges_when_the_caller_repeats_it()
    {
        await using var rig = new AccountRig();
        await rig.Accounts.CreateAsync(Ada, Tokens("access-1"), cancellationToken: Token);
        rig.Store.After = call => call is "replace" ? throw Trouble() : Task.CompletedTask;
        await FluentActions.Awaiting(() => rig.Accounts.UpsertAsync(Ada, Tokens("access-2"))).Should().ThrowAsync<ScmTransportException>();
        rig.Store.After = _ => Task.CompletedTask;

        (await rig.Accounts.UpsertAsync(Ada, Tokens("access-2"), cancellationToken: Token)).Outcome.Should().Be(AccountOutcome.Unchanged);
        (await rig.StoredTokensAsync(Ada)).AccessToken!.Value.Should().Be("access-2");
    }

    [Fact]
    public async Task Errors_of_the_store_propagate_and_create_nothing()
    {
        await using var rig = new AccountRig();
        rig.Store.Before = call => call is "find" ? throw Trouble() : Task.CompletedTask;

        await FluentActions.Awaiting(() => rig.Accounts.UpsertAsync(Ada, Tokens("access-1"))).Should().ThrowAsync<ScmTransportException>();

        rig.Store.Writes.Should().Be(0);
    }

    [Fact]
    public async Task Create_refuses_an_existing_account_and_leaves_it()
    {
        await using var rig = new AccountRig();
        await rig.Accounts.CreateAsync(Ada, Tokens("access-1"), cancellationToken: Token);

        await FluentActions.Awaiting(() => rig.Accounts.CreateAsync(Ada, Tokens("access-2"))).Should().ThrowAsync<ScmAlreadyExistsException>();

        (await rig.StoredTokensAsync(Ada)).AccessToken!.Value.Should().Be("access-1");
    }

    [Fact]
    public async Task Update_and_get_of_nobody_say_who_is_missing()
    {
        await using var rig = new AccountRig();

        await FluentActions.Awaiting(() => rig.Accounts.UpdateAsync(Ada, Tokens("access-1"))).Should().ThrowAsync<ScmNotFoundException>().WithMessage("*github/ada of organization acme, user 7*");
        await FluentActions.Awaiting(() => rig.Accounts.GetAsync(Ada)).Should().ThrowAsync<ScmNotFoundException>();
        await FluentActions.Awaiting(() => rig.Accounts.GetCredentialAsync(Ada)).Should().ThrowAsync<ScmNotFoundException>();
        (await rig.Accounts.DeleteAsync(Ada, cancellationToken: Token)).Should().BeFalse();
        rig.Store.Writes.Should().Be(0);
    }

    [Fact]
    public async Task A_deleted_account_is_gone_and_connects_anew()
    {
        await using var rig = new AccountRig();
        var first = await rig.Accounts.CreateAsync(Ada, Tokens("access-1", "refresh-1"), cancellationToken: Token);

        (await rig.Accounts.DeleteAsync(Ada, cancellationToken: Token)).Should().BeTrue();
        (await rig.Accounts.DeleteAsync(Ada, cancellationToken: Token)).Should().BeFalse();
        var second = await rig.Accounts.UpsertAsync(Ada, Tokens("access-2"), cancellationToken: Token);

        (second.Outcome, second.Account.Version).Should().Be((AccountOutcome.Created, 1));
        second.Account.Id.Should().NotBe(first.Id);
        (await rig.StoredTokensAsync(Ada)).Should().BeEquivalentTo(Tokens("access-2"));
    }

    internal static ScmException Trouble() =>
        ScmException.From(new ScmError { Reason = ErrorReason.Transport, Origin = ErrorOrigin.Transport, Message = "The store cannot be reached." });

    internal static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private static StaticSecretCredential Secrets(params (string Name, string Secret)[] secrets) =>
        new(secrets.ToDictionary(secret => secret.Name, secret => new SecretText(secret.Secret), StringComparer.Ordinal));
}
