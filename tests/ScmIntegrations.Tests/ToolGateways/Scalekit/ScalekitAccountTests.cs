using System.Text.Json;
using ScmIntegrations.Accounts;
using ScmIntegrations.Errors;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Tests.ToolGateways.Scalekit;

/// <summary>Accounts one by one and in lists: what is asked, and what is read of the answers.</summary>
public sealed class ScalekitAccountTests
{
    private static readonly string[] Scopes = ["repo"];

    public static TheoryData<string, AccountCredential, string> Kinds => new()
    {
        {
            "oauth",
            new OAuthTokenCredential
            {
                AccessToken = new("a1"), RefreshToken = new("r1"), Scopes = ["repo", "user"], Domain = "ghe.example",
                AccessTokenExpiresAt = DateTimeOffset.UnixEpoch, RefreshTokenExpiresAt = DateTimeOffset.UnixEpoch,
            },
            """{"oauth_token":{"access_token":"a1","refresh_token":"r1","scopes":["repo","user"],"domain":"ghe.example"}}"""
        },
        { "oauth, the refresh token alone", new OAuthTokenCredential { RefreshToken = new("r1"), Scopes = [] }, """{"oauth_token":{"refresh_token":"r1"}}""" },
        { "static", new StaticSecretCredential(new Dictionary<string, SecretText>(StringComparer.Ordinal) { ["apiKey"] = new("k1"), ["user_name"] = new("u1") }), """{"static_auth":{"details":{"apiKey":"k1","user_name":"u1"}}}""" },
        { "trusted", new TrustedIdentityCredential { DatabaseUser = "ada", AccessKeyId = "not sent", ExpiresAt = DateTimeOffset.UnixEpoch }, """{"trusted_idp":{"db_user":"ada"}}""" },
        { "google", new OtherCredential("google_dwd", new("""{"subject":"ada@example.com"}""")), """{"google_dwd":{"subject":"ada@example.com"}}""" },
        { "unknown", new OtherCredential("smart_fhir", new("""{"a":{"b":[1,null,"c"]}}""")), """{"smart_fhir":{"a":{"b":[1,null,"c"]}}}""" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_kind_of_credential_has_its_form(string name, AccountCredential credential, string wire)
    {
        await using var rig = await ScalekitRig.StartAsync();

        await rig.Accounts.CreateAsync(ScalekitRig.Ada, credential, cancellationToken: ScalekitRig.Cancellation);
        await rig.Accounts.UpdateAsync(ScalekitRig.Ada, credential, cancellationToken: ScalekitRig.Cancellation);

        foreach (var body in (string[])[rig.Body(HttpMethod.Post, ScalekitRig.AccountsPath), rig.Body(HttpMethod.Put, ScalekitRig.AccountsPath)])
        {
            using var sent = JsonDocument.Parse(body);
            sent.RootElement.GetProperty("connected_account").GetProperty("authorization_details").GetRawText().Should().Be(wire, name);
        }
    }

    [Theory]
    [InlineData("oauth", """{"oauth_token":{"access_token":"a1","refresh_token":"r1","scopes":["repo"],"domain":"ghe.example"}}""")]
    [InlineData("oauth in the other case", """{"oauthToken":{"accessToken":"a1","refreshToken":"r1","scopes":["repo"],"domain":"ghe.example","new":1}}""")]
    [InlineData("oauth beside others that are empty", """{"static_auth":null,"google_dwd":{},"oauth_token":{"access_token":"a1","refresh_token":"r1","scopes":["repo"],"domain":"ghe.example"}}""")]
    public async Task A_credential_is_read_back(string name, string details)
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.Scalekit.When(HttpMethod.Get, ScalekitRig.AccountsPath + "/auth").Answer(Answers.Json(200, $$"""{"connected_account":{"id":"ca_1","authorization_details":{{details}} } }"""));

        var credential = await rig.Accounts.GetCredentialAsync(ScalekitRig.Ada, ScalekitRig.Cancellation);

        credential.Should().BeOfType<OAuthTokenCredential>(name).Which.Should().BeEquivalentTo(new { AccessToken = new SecretText("a1"), RefreshToken = new SecretText("r1"), Scopes, Domain = "ghe.example" });
        rig.Scalekit.Find(HttpMethod.Get, ScalekitRig.AccountsPath + "/auth")[0].Query.Should().Be("?connector=github-1&identifier=ada&organization_id=org_1&user_id=usr_1");
        rig.Interactions.Should().Equal("get_account_credential success");
    }

    [Fact]
    public async Task Other_kinds_are_read_back_too()
    {
        await using var rig = await ScalekitRig.StartAsync();
        var account = rig.AddAda(authorizationDetails: """{"static_auth":{"details":{"apiKey":"k1"}}}""");
        Task<AccountCredential?> ReadAsync() => rig.Accounts.GetCredentialAsync(ScalekitRig.Ada, ScalekitRig.Cancellation);

        (await ReadAsync()).Should().BeOfType<StaticSecretCredential>().Which.Details["apiKey"].Value.Should().Be("k1");
        rig.Scalekit.RemoveAccount(account);
        account = rig.AddAda(authorizationDetails: """{"trusted_idp":{"db_user":"ada","access_key_id":"AK1","expiry":"2026-01-02T03:04:05Z"}}""");
        (await ReadAsync()).Should().Be(new TrustedIdentityCredential { DatabaseUser = "ada", AccessKeyId = "AK1", ExpiresAt = DateTimeOffset.Parse("2026-01-02T03:04:05Z", System.Globalization.CultureInfo.InvariantCulture) });
        rig.Scalekit.RemoveAccount(account);
        account = rig.AddAda(authorizationDetails: """{"smart_fhir":{"a":1}}""");
        (await ReadAsync()).Should().BeOfType<OtherCredential>().Which.Should().Match<OtherCredential>(other => other.Kind == "smart_fhir" && other.Details.Value == """{"a":1}""");
        rig.Scalekit.RemoveAccount(account);
        rig.AddAda("PENDING_AUTH");
        (await ReadAsync()).Should().BeNull();
    }

    [Theory]
    [InlineData("""{"oauth_token":{"access_token":"a","access_token":"b"}}""")]
    [InlineData("""{"oauth_token":{"access_token":"\ud800"}}""")]
    [InlineData("""{"oauth_token":{"\ud800":"a"}}""")]
    [InlineData("""{"static_auth":{"details":{" ":"a"}}}""")]
    public async Task A_credential_that_is_none_never_ends_as_a_bug(string details)
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.Scalekit.When(HttpMethod.Get, ScalekitRig.AccountsPath + "/auth").Answer(Answers.Json(200, $$"""{"connected_account":{"id":"ca_1","authorization_details":{{details}} } }"""));

        var read = () => rig.Accounts.GetCredentialAsync(ScalekitRig.Ada, ScalekitRig.Cancellation);

        try
        {
            await read();
        }
        catch (ScmException error)
        {
            error.Should().BeOfType<ScmUnreadableResponseException>();
        }
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task An_account_is_read_in_either_case_and_with_enumerations_by_name_or_number(bool camel, bool numbers)
    {
        await using var rig = await ScalekitRig.StartAsync(fake: options => (options.WritesCamelCase, options.WritesEnumNumbers) = (camel, numbers));
        var account = rig.AddAda("EXPIRED", """{"static_auth":{"details":{"a":"b"}}}""", """{"v":1}""");
        account.TokenExpiresAt = rig.Time.GetUtcNow().AddHours(8);

        var read = await rig.Accounts.GetAsync(ScalekitRig.Ada, ScalekitRig.Cancellation);
        var listed = (await rig.Accounts.ListPageAsync(cancellationToken: ScalekitRig.Cancellation)).Accounts.Should().ContainSingle().Subject;

        read.Should().BeEquivalentTo(
            new ConnectedAccount
            {
                Id = account.Id,
                Identity = ScalekitRig.Ada,
                Status = AccountStatus.Expired,
                CredentialKind = "API_KEY",
                Provider = "GITHUB",
                TokenExpiresAt = account.TokenExpiresAt,
                UpdatedAt = account.UpdatedAt,
            },
            options => options.Excluding(one => one.ApiConfiguration));
        read.ApiConfiguration!.Value.GetRawText().Should().Be("""{"v":1}""");
        (listed.Id, listed.Status, listed.Identity).Should().Be((read.Id, read.Status, new AccountIdentity("github-1", "ada")));
    }

    [Theory]
    [InlineData("\"ACTIVE\"", "active")]
    [InlineData("\"active\"", "active")]
    [InlineData("1", "active")]
    [InlineData("\"1\"", "active")]
    [InlineData("3", "pending_auth")]
    [InlineData("4", "pending_verification")]
    [InlineData("5", "disconnected")]
    [InlineData("0", "unspecified")]
    [InlineData("\"CONNECTOR_STATUS_UNSPECIFIED\"", "unspecified")]
    [InlineData("null", "unspecified")]
    [InlineData("\"\"", "unspecified")]
    [InlineData("\"\\u0007\"", "unspecified")]
    [InlineData("{}", "unspecified")]
    [InlineData("true", "unspecified")]
    [InlineData("\"SLEEPING\"", "SLEEPING")]
    [InlineData("99", "99")]
    [InlineData("-1", "-1")]
    public async Task A_status_that_is_new_passes_through(string wire, string name)
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.Scalekit.When(HttpMethod.Get, ScalekitRig.DetailsPath).Answer(Answers.Json(200, $$"""{"connected_account":{"id":"ca_1","status":{{wire}},"authorization_type":{{wire}} } }"""));

        (await rig.Accounts.GetAsync(ScalekitRig.Ada, ScalekitRig.Cancellation)).Status.Name.Should().Be(name);
    }

    [Fact]
    public async Task What_an_answer_leaves_out_or_garbles_is_absent()
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.Scalekit.When(HttpMethod.Get, ScalekitRig.DetailsPath).Answer(Answers.Json(200, """{"connected_account":{"id":"ca_1","\ud800":1,"provider":[],"updated_at":"soon","token_expires_at":7,"api_config":"none","identifier":{}}}"""));

        var account = await rig.Accounts.GetAsync(ScalekitRig.Ada, ScalekitRig.Cancellation);

        account.Should().Be(new ConnectedAccount { Id = "ca_1", Identity = ScalekitRig.Ada, Status = default });
    }

    [Fact]
    public async Task A_missing_account_is_not_found()
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.Scalekit.AddAccount("github-1", "ada", "org_2");

        (await ScalekitRig.FailAsync(() => rig.Accounts.GetAsync(ScalekitRig.Ada, ScalekitRig.Cancellation))).Should().BeOfType<ScmNotFoundException>();
        (await ScalekitRig.FailAsync(() => rig.Accounts.UpdateAsync(ScalekitRig.Ada, ScalekitRig.Token, cancellationToken: ScalekitRig.Cancellation))).Should().BeOfType<ScmNotFoundException>();
        (await ScalekitRig.FailAsync(() => rig.Accounts.GetCredentialAsync(ScalekitRig.Ada, ScalekitRig.Cancellation))).Should().BeOfType<ScmNotFoundException>();
        rig.Interactions.Should().Equal("get_account halted", "update_account halted", "get_account_credential halted");
    }

    [Theory]
    [InlineData(400, "RESOURCE_ALREADY_EXISTS")]
    [InlineData(409, "RESOURCE_ALREADY_EXISTS")]
    [InlineData(409, null)]
    public async Task A_create_of_what_is_there_says_so_and_changes_nothing(int status, string? code)
    {
        await using var rig = await ScalekitRig.StartAsync(fake: options => (options.DuplicateStatus, options.DuplicateCode) = (status, code));
        var account = rig.AddAda();

        (await ScalekitRig.FailAsync(() => rig.Accounts.CreateAsync(ScalekitRig.Ada, ScalekitRig.Token, cancellationToken: ScalekitRig.Cancellation))).Should().BeOfType<ScmAlreadyExistsException>();

        account.Writes.Should().Be(1);
        rig.Sent.Should().Equal("POST connected_accounts");
        rig.Interactions.Should().Equal("create_account halted");
    }

    [Fact]
    public async Task A_strangers_conflict_does_not_say_that_the_account_is_there()
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.Scalekit.When(HttpMethod.Post, ScalekitRig.AccountsPath).Answer(Answers.Text(409, "<html></html>", "text/html"));

        (await ScalekitRig.FailAsync(() => rig.Accounts.CreateAsync(ScalekitRig.Ada, cancellationToken: ScalekitRig.Cancellation))).Should().BeOfType<ScmConflictException>();
    }

    [Fact]
    public async Task An_update_of_nothing_is_a_read()
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.AddAda("EXPIRED");

        (await rig.Accounts.UpdateAsync(ScalekitRig.Ada, cancellationToken: ScalekitRig.Cancellation)).Status.Should().Be(AccountStatus.Expired);

        rig.Sent.Should().Equal("GET connected_accounts/details");
        rig.Interactions.Should().Equal("update_account success");
    }

    [Fact]
    public async Task A_delete_says_whether_there_was_one()
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.AddAda();
        rig.Scalekit.AddAccount("github-1", "ada", "org_2");

        (await rig.Accounts.DeleteAsync(ScalekitRig.Ada, ScalekitRig.Cancellation)).Should().BeTrue();
        (await rig.Accounts.DeleteAsync(ScalekitRig.Ada, ScalekitRig.Cancellation)).Should().BeFalse();

        rig.Body(HttpMethod.Post, ScalekitRig.AccountsPath + ":delete").Should().Be("""{"connector":"github-1","identifier":"ada","organization_id":"org_1","user_id":"usr_1"}""");
        rig.Scalekit.Accounts.Should().ContainSingle("another organisation's is not ours to delete");
        rig.Interactions.Should().Equal("delete_account success", "delete_account success");
    }

    [Fact]
    public async Task A_delete_is_not_deceived_by_anybody_elses_not_found()
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.Scalekit.When(HttpMethod.Post, ScalekitRig.AccountsPath + ":delete").AnswerInTurn(Answers.Text(404, "<html></html>", "text/html"), Answers.ScalekitToolError(404));

        (await ScalekitRig.FailAsync(() => rig.Accounts.DeleteAsync(ScalekitRig.Ada, ScalekitRig.Cancellation))).Should().BeOfType<ScmNotFoundException>();
        (await ScalekitRig.FailAsync(() => rig.Accounts.DeleteAsync(ScalekitRig.Ada, ScalekitRig.Cancellation))).Should().BeOfType<ScmProviderNotFoundException>();
    }

    [Fact]
    public async Task A_list_goes_from_page_to_page_with_its_filter()
    {
        await using var rig = await ScalekitRig.StartAsync();
        for (var number = 0; number < 5; number++)
        {
            rig.Scalekit.AddAccount("github-1", $"user {number}&", "org_1");
            rig.Scalekit.AddAccount("github-1", $"user {number}", "org_2");
        }

        var filter = new AccountFilter { Connection = "github-1", OrganizationId = "org_1", PageSize = 2 };
        var first = await rig.Accounts.ListPageAsync(filter, cancellationToken: ScalekitRig.Cancellation);
        var all = await rig.Accounts.ListAsync(filter, ScalekitRig.Cancellation).ToListAsync(ScalekitRig.Cancellation);

        (first.Accounts.Count, first.TotalCount).Should().Be((2, 5));
        all.Select(account => account.Identity).Should().Equal(Enumerable.Range(0, 5).Select(number => new AccountIdentity("github-1", $"user {number}&") { OrganizationId = "org_1" }));
        rig.Scalekit.Find(HttpMethod.Get, ScalekitRig.AccountsPath).Should().HaveCount(4)
            .And.OnlyContain(request => request.Query.StartsWith("?organization_id=org_1&connector=github-1&page_size=2", StringComparison.Ordinal));
        rig.Scalekit.Find(HttpMethod.Get, ScalekitRig.AccountsPath)[0].Query.Should().NotContain("page_token");
        rig.Interactions.Should().OnlyContain(one => one == "list_accounts success").And.HaveCount(4);
    }

    [Fact]
    public async Task A_list_that_leads_in_a_circle_ends()
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.Scalekit.When(HttpMethod.Get, ScalekitRig.AccountsPath).Answer(Answers.Json(200, """{"connected_accounts":[],"next_page_token":"again"}"""));

        (await ScalekitRig.FailAsync(async () => await rig.Accounts.ListAsync(cancellationToken: ScalekitRig.Cancellation).ToListAsync(ScalekitRig.Cancellation))).Should().BeOfType<ScmIncompleteListException>();
    }

    [Fact]
    public async Task A_page_token_that_cannot_be_sent_is_not_followed()
    {
        await using var rig = await ScalekitRig.StartAsync();
        Task<List<ConnectedAccount>> ListAsync() => rig.Accounts.ListAsync(cancellationToken: ScalekitRig.Cancellation).ToListAsync(ScalekitRig.Cancellation).AsTask();

        var fault = rig.Scalekit.When(HttpMethod.Get, ScalekitRig.AccountsPath).Answer(Answers.Json(200, """{"next_page_token":"  "}"""));
        (await ListAsync()).Should().BeEmpty();
        fault.Remove();
        rig.Scalekit.When(HttpMethod.Get, ScalekitRig.AccountsPath).Answer(Answers.Json(200, $$"""{"next_page_token":"{{new string('a', 4097)}}"}"""));
        (await ScalekitRig.FailAsync(ListAsync)).Should().BeOfType<ScmUnreadableResponseException>();
    }

    [Fact]
    public async Task What_cannot_be_read_of_a_list_is_left_out_and_reported()
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.Scalekit.When(HttpMethod.Get, ScalekitRig.AccountsPath).Answer(Answers.Json(200, """{"connected_accounts":[7,null,{},{"id":"ca_1"},{"id":"ca_2","connector":"c","identifier":" "},{"id":"ca_3","connector":"c","identifier":"i","organization_id":"o"}]}"""));

        var page = await rig.Accounts.ListPageAsync(cancellationToken: ScalekitRig.Cancellation);

        page.Accounts.Should().ContainSingle().Which.Identity.Should().Be(new AccountIdentity("c", "i") { OrganizationId = "o" });
        (page.NextPageToken, page.TotalCount).Should().Be((null, null));
        rig.Reporter.Reports.Should().ContainSingle().Which.Reason.Should().StartWith("5 of the accounts");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"connected_accounts":{}}""")]
    [InlineData("""{"connected_accounts":"none"}""")]
    [InlineData("<html></html>")]
    [InlineData("")]
    public async Task What_is_no_page_is_not_taken_for_an_empty_one(string body)
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.Scalekit.When(HttpMethod.Get, ScalekitRig.AccountsPath).Answer(Answers.Json(200, body));

        (await ScalekitRig.FailAsync(() => rig.Accounts.ListPageAsync(cancellationToken: ScalekitRig.Cancellation))).Should().BeOfType<ScmUnreadableResponseException>();
        rig.Sent.Should().HaveCount(2, "it is a read, and asked for once more");
    }

    [Fact]
    public async Task Wrong_arguments_are_refused_before_anything_is_sent()
    {
        await using var rig = await ScalekitRig.StartAsync();
        Func<Task>[] calls =
        [
            () => rig.UpsertAsync(new OAuthTokenCredential()),
            () => rig.UpsertAsync(new OAuthTokenCredential { Scopes = [] }),
            () => rig.UpsertAsync(new OAuthTokenCredential { Domain = " " }),
            () => rig.UpsertAsync(new StaticSecretCredential(new Dictionary<string, SecretText>(StringComparer.Ordinal))),
            () => rig.UpsertAsync(new TrustedIdentityCredential { AccessKeyId = "AK1" }),
            () => rig.UpsertAsync(new OtherCredential("google_dwd", new("{}"))),
            () => rig.UpsertAsync(configuration: "[]"),
            () => rig.UpsertAsync(configuration: "null"),
            () => rig.Accounts.UpsertAsync(ScalekitRig.Ada, null, default(JsonElement), ScalekitRig.Cancellation),
            () => rig.Accounts.CreateAsync(ScalekitRig.Ada, new OAuthTokenCredential(), cancellationToken: ScalekitRig.Cancellation),
            () => rig.Accounts.UpdateAsync(ScalekitRig.Ada, apiConfiguration: ScalekitRig.Json("7"), cancellationToken: ScalekitRig.Cancellation),
            () => rig.Accounts.ListPageAsync(pageToken: " ", cancellationToken: ScalekitRig.Cancellation),
            () => rig.Accounts.ListPageAsync(pageToken: new string('a', 4097), cancellationToken: ScalekitRig.Cancellation),
            () => rig.Accounts.GetAsync(null!, ScalekitRig.Cancellation),
            () => rig.Accounts.DeleteAsync(null!, ScalekitRig.Cancellation),
        ];

        foreach (var call in calls)
        {
            await call.Should().ThrowAsync<ArgumentException>();
        }

        rig.Scalekit.Requests.Should().BeEmpty();
        rig.Interactions.Should().BeEmpty();
    }

    [Fact]
    public async Task A_link_is_shown_to_its_user_and_printed_nowhere()
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.AddAda("PENDING_AUTH");

        var link = await rig.Gateway.CreateAuthorizationLinkAsync(ScalekitRig.Ada, ScalekitRig.Cancellation);

        link.Url.AbsolutePath.Should().StartWith("/magicLink/");
        link.ExpiresAt.Should().Be(rig.Time.GetUtcNow().AddMinutes(1));
        $"{link}".Should().Be("***");
        rig.EverythingSaid.Should().NotContain(text => text.Contains("magicLink", StringComparison.Ordinal));
        rig.Interactions.Should().Equal("create_authorization_link success");
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("http://example.com/x")]
    [InlineData("/relative")]
    [InlineData("")]
    public async Task A_link_that_is_none_is_not_passed_on(string link)
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.Scalekit.When(HttpMethod.Post, ScalekitRig.AccountsPath + "/magic_link").Answer(Answers.Json(200, $$"""{"link":"{{link}}"}"""));

        (await ScalekitRig.FailAsync(() => rig.Gateway.CreateAuthorizationLinkAsync(ScalekitRig.Ada, ScalekitRig.Cancellation))).Should().BeOfType<ScmUnreadableResponseException>();
    }

    [Theory]
    [InlineData("<html>Please log in</html>")]
    [InlineData("""{"code":7,"message":"denied","details":[]}""")]
    [InlineData("""{"error":"no"}""")]
    [InlineData("[]")]
    [InlineData("gone")]
    public async Task Deleted_is_only_what_the_gateway_says_is_deleted(string body)
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.AddAda();
        rig.Scalekit.When(HttpMethod.Post, ScalekitRig.AccountsPath + ":delete").Always().Answer(Answers.Text(200, body, "text/html"));

        (await ScalekitRig.FailAsync(() => rig.Accounts.DeleteAsync(ScalekitRig.Ada, ScalekitRig.Cancellation))).Should().BeOfType<ScmUnreadableResponseException>();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"message":"deleted"}""")]
    public async Task A_deletion_may_be_told_without_a_word(string body)
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.Scalekit.When(HttpMethod.Post, ScalekitRig.AccountsPath + ":delete").Answer(Answers.Text(200, body, "application/json"));

        (await rig.Accounts.DeleteAsync(ScalekitRig.Ada, ScalekitRig.Cancellation)).Should().BeTrue();
    }

    [Theory]
    [InlineData("""{"connected_account":{"id":"ca_9","identifier":"eve","connector":"github"}}""")]
    [InlineData("""{"connected_account":{"id":"ca_9","identifier":"ada","organization_id":"another"}}""")]
    public async Task Another_account_than_was_asked_for_is_neither_shown_nor_written(string body)
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.Scalekit.When(HttpMethod.Get, ScalekitRig.DetailsPath).Always().Answer(Answers.Json(200, body));
        var ada = ScalekitRig.Ada with { OrganizationId = "acme" };

        (await ScalekitRig.FailAsync(() => rig.Accounts.GetAsync(ada, ScalekitRig.Cancellation))).Should().BeOfType<ScmUnreadableResponseException>().Which.Message.Should().Contain("another one");
        await ScalekitRig.FailAsync(() => rig.Accounts.UpsertAsync(ada, ScalekitRig.Token, cancellationToken: ScalekitRig.Cancellation));

        rig.Scalekit.Count(HttpMethod.Put, ScalekitRig.AccountsPath).Should().Be(0);
    }
}
