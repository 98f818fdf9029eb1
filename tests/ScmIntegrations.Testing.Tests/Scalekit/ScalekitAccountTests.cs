namespace ScmIntegrations.Testing.Tests.Scalekit;

/// <summary>Connected accounts: whose they are, what a write takes, and what is shown of them.</summary>
public sealed class ScalekitAccountTests
{
    private const string Alice = """{"connector":"github-1","identifier":"alice","connected_account":{"authorization_details":{"oauth_token":{"access_token":"gho_1","refresh_token":"ghr_1","scopes":["repo"]}},"api_config":{"a":1,"b":{"c":2}}}}""";

    [Fact]
    public async Task An_account_is_created_and_shown_without_its_secrets()
    {
        await using var one = await ScalekitFixture.StartAsync();

        var (status, created) = await one.PostAsync(ScalekitFixture.Accounts, Alice);
        var details = (await one.GetAsync(ScalekitFixture.Accounts + "/details?connector=github-1&identifier=alice")).Body.GetProperty("connected_account");
        var auth = (await one.GetAsync(ScalekitFixture.Accounts + "/auth?connector=github-1&identifier=alice")).Body.GetProperty("connected_account");

        status.Should().Be(201);
        var account = one.Scalekit.Accounts.Should().ContainSingle().Subject;
        details.GetRawText().Should().Be(created.GetProperty("connected_account").GetRawText()).And.NotContain("gho_1").And.NotContain("ghr_1");
        details.GetProperty("id").GetString().Should().Be(account.Id).And.StartWith("ca_");
        (details.GetProperty("status").GetString(), details.GetProperty("authorization_type").GetString(), details.GetProperty("provider").GetString()).Should().Be(("ACTIVE", "OAUTH", "GITHUB"));
        details.GetProperty("api_config").GetRawText().Should().Be("""{"a":1,"b":{"c":2}}""");
        auth.GetProperty("authorization_details").GetProperty("oauth_token").GetProperty("access_token").GetString().Should().Be("gho_1");
        (await one.GetAsync($"{ScalekitFixture.Accounts}/details?id={account.Id}")).Status.Should().Be(200);
    }

    [Fact]
    public async Task Without_a_credential_it_waits_for_its_user()
    {
        await using var one = await ScalekitFixture.StartAsync();

        await one.PostAsync(ScalekitFixture.Accounts, """{"connector":"github-1","identifier":"alice","connected_account":{"authorization_details":{"oauth_token":{}}}}""");

        one.Scalekit.Account("alice").Status.Should().Be("PENDING_AUTH");
    }

    [Theory]
    [InlineData(400, "RESOURCE_ALREADY_EXISTS")]
    [InlineData(409, "RESOURCE_ALREADY_EXISTS")]
    [InlineData(409, null)]
    public async Task A_second_create_says_that_it_is_there(int duplicate, string? code)
    {
        await using var one = await ScalekitFixture.StartAsync(options => (options.DuplicateStatus, options.DuplicateCode) = (duplicate, code));

        await one.PostAsync(ScalekitFixture.Accounts, Alice);
        var (status, body) = await one.PostAsync(ScalekitFixture.Accounts, Alice);

        status.Should().Be(duplicate);
        body.GetProperty("details").GetArrayLength().Should().Be(code is null ? 0 : 1);
        one.Scalekit.Account("alice").Writes.Should().Be(1);
    }

    [Theory]
    [InlineData("""{"connector":"github-1","identifier":"alice"}""")]
    [InlineData("""{"connector":"","identifier":"alice","connected_account":{}}""")]
    [InlineData("""{"connector":"github-1","connected_account":{}}""")]
    [InlineData("[]")]
    public async Task A_create_that_lacks_something_is_a_bad_argument(string body)
    {
        await using var one = await ScalekitFixture.StartAsync();

        var refused = await one.PostAsync(ScalekitFixture.Accounts, body);

        (refused.Status, ScalekitFixture.Code(refused.Body)).Should().Be((400, "INVALID_ARGUMENT"));
    }

    [Fact]
    public async Task An_update_takes_what_is_there_and_keeps_the_rest()
    {
        var time = new ManualTimeProvider();
        await using var one = await ScalekitFixture.StartAsync(options => options.TimeProvider = time);
        await one.PostAsync(ScalekitFixture.Accounts, Alice);
        var account = one.Scalekit.Account("alice");
        account.Status = "EXPIRED";
        time.Advance(TimeSpan.FromMinutes(1));

        var (status, body) = await one.PutAsync("""{"connector":"github-1","identifier":"alice","connected_account":{"authorization_details":{"oauth_token":{"access_token":"gho_2","refresh_token":""}},"api_config":{"b":3,"d":4}}}""");

        status.Should().Be(200);
        body.GetProperty("connected_account").GetProperty("status").GetString().Should().Be("ACTIVE");
        account.AuthorizationDetails.Should().Be("""{"oauth_token":{"access_token":"gho_2","refresh_token":"ghr_1","scopes":["repo"]}}""");
        account.ApiConfig.Should().Be("""{"a":1,"b":3,"d":4}""");
        account.UpdatedAt.Should().Be(time.GetUtcNow());
    }

    [Fact]
    public async Task Another_kind_of_credential_takes_the_place_of_the_first()
    {
        await using var one = await ScalekitFixture.StartAsync();
        await one.PostAsync(ScalekitFixture.Accounts, Alice);

        await one.PutAsync("""{"connector":"github-1","identifier":"alice","connected_account":{"authorization_details":{"static_auth":{"details":{"api_key":"k"}}}}}""");

        one.Scalekit.Account("alice").Should().Match<FakeScalekitAccount>(account => account.AuthorizationDetails == """{"static_auth":{"details":{"api_key":"k"}}}""" && account.AuthorizationType == "API_KEY");
    }

    [Fact]
    public async Task A_configuration_alone_does_not_bring_an_account_back()
    {
        await using var one = await ScalekitFixture.StartAsync();
        var account = one.Scalekit.AddAccount("github-1", "alice", status: "EXPIRED");

        await one.PutAsync("""{"connector":"github-1","identifier":"alice","connected_account":{"api_config":{"d":4}}}""");

        (account.Status, account.ApiConfig).Should().Be(("EXPIRED", """{"d":4}"""));
    }

    [Theory]
    [InlineData("organization_id=org_1", "org_1", "")]
    [InlineData("organization_id=org_2&user_id=usr_2", "org_2", "usr_2")]
    [InlineData("organization_id=org_2", "org_2", "")]
    [InlineData("", "", "")]
    public async Task Organisation_and_user_narrow_the_choice(string narrow, string organization, string user)
    {
        await using var one = await ScalekitFixture.StartAsync();
        one.Scalekit.AddAccount("github-1", "alice", "org_1");
        one.Scalekit.AddAccount("github-1", "alice", "org_2", "usr_2");
        one.Scalekit.AddAccount("github-1", "alice", "org_2");
        one.Scalekit.AddAccount("github-1", "alice");
        var wanted = one.Scalekit.Accounts.Single(account => (account.OrganizationId, account.UserId).Equals((organization, user)));

        var (_, body) = await one.GetAsync($"{ScalekitFixture.Accounts}/details?connector=github-1&identifier=alice&{narrow}");

        body.GetProperty("connected_account").GetProperty("id").GetString().Should().Be(wanted.Id);
        (await one.GetAsync($"{ScalekitFixture.Accounts}/details?connector=github-1&identifier=alice&organization_id=org_3")).Status.Should().Be(404);
    }

    [Fact]
    public async Task What_is_missing_is_not_found_and_what_is_not_named_a_bad_argument()
    {
        await using var one = await ScalekitFixture.StartAsync();

        foreach (var path in (string[])["/details", "/auth"])
        {
            (await one.GetAsync($"{ScalekitFixture.Accounts}{path}?connector=github-1&identifier=alice")).Should().Match<(int Status, System.Text.Json.JsonElement Body)>(refused => refused.Status == 404 && ScalekitFixture.Code(refused.Body) == "RESOURCE_NOT_FOUND");
            (await one.GetAsync($"{ScalekitFixture.Accounts}{path}?identifier=alice")).Status.Should().Be(400);
        }

        (await one.PutAsync(Alice)).Status.Should().Be(404);
        (await one.PutAsync("""{"connector":"github-1","identifier":"alice"}""")).Status.Should().Be(400);
        (await one.PostAsync(ScalekitFixture.Accounts + ":delete", """{"id":"ca_9"}""")).Status.Should().Be(404);
        (await one.PostAsync(ScalekitFixture.Accounts + "/magic_link", """{"id":"ca_9"}""")).Status.Should().Be(404);
    }

    [Fact]
    public async Task An_account_is_deleted_once()
    {
        await using var one = await ScalekitFixture.StartAsync();
        one.Scalekit.AddAccount("github-1", "alice");

        var (status, body) = await one.PostAsync(ScalekitFixture.Accounts + ":delete", """{"connector":"github-1","identifier":"alice"}""");

        (status, body.GetRawText()).Should().Be((200, "{}"));
        one.Scalekit.Accounts.Should().BeEmpty();
        (await one.PostAsync(ScalekitFixture.Accounts + ":delete", """{"connector":"github-1","identifier":"alice"}""")).Status.Should().Be(404);
    }

    [Fact]
    public async Task A_link_leads_its_user_to_the_consent()
    {
        var time = new ManualTimeProvider();
        await using var one = await ScalekitFixture.StartAsync(options => options.TimeProvider = time);
        one.Scalekit.AddAccount("github-1", "alice", status: "PENDING_AUTH");

        var (_, body) = await one.PostAsync(ScalekitFixture.Accounts + "/magic_link", """{"connector":"github-1","identifier":"alice"}""");

        body.GetProperty("link").GetString().Should().StartWith("https://");
        body.GetProperty("expiry").GetDateTimeOffset().Should().BeAfter(time.GetUtcNow());
    }

    [Fact]
    public async Task A_list_is_paged()
    {
        await using var one = await ScalekitFixture.StartAsync();
        for (var number = 0; number < 25; number++)
        {
            one.Scalekit.AddAccount("github-1", $"user-{number}");
        }

        var seen = new List<string>();
        var token = "";
        do
        {
            var (_, page) = await one.GetAsync($"{ScalekitFixture.Accounts}?page_token={Uri.EscapeDataString(token)}");
            page.GetProperty("total_size").GetInt32().Should().Be(25);
            seen.AddRange(page.GetProperty("connected_accounts").EnumerateArray().Select(account => account.GetProperty("identifier").GetString()!));
            token = page.GetProperty("next_page_token").GetString()!;
        }
        while (token.Length > 0);

        seen.Should().Equal(Enumerable.Range(0, 25).Select(number => $"user-{number}"));
        one.Scalekit.Requests.Should().HaveCount(3, "10 is the default");
        (await one.GetAsync($"{ScalekitFixture.Accounts}?page_size=100")).Body.GetProperty("connected_accounts").GetArrayLength().Should().Be(25);
        (await one.GetAsync($"{ScalekitFixture.Accounts}?page_size=101")).Status.Should().Be(400);
        (await one.GetAsync($"{ScalekitFixture.Accounts}?page_token=x")).Status.Should().Be(400);
    }

    [Theory]
    [InlineData("organization_id=org_1", 2)]
    [InlineData("user_id=usr_1", 1)]
    [InlineData("connector=slack-1", 1)]
    [InlineData("identifier=alice", 3)]
    [InlineData("provider=GITHUB", 3)]
    [InlineData("query=ALI", 3)]
    [InlineData("connection_names=slack-1&connection_names=github-1", 4)]
    [InlineData("organization_id=org_1&connector=slack-1", 1)]
    [InlineData("organization_id=org_9", 0)]
    public async Task A_list_is_filtered(string filter, int count)
    {
        await using var one = await ScalekitFixture.StartAsync();
        one.Scalekit.AddAccount("github-1", "alice", "org_1", "usr_1");
        one.Scalekit.AddAccount("slack-1", "alice", "org_1");
        one.Scalekit.AddAccount("github-1", "alice", "org_2");
        one.Scalekit.AddAccount("github-1", "bob");

        var (_, page) = await one.GetAsync($"{ScalekitFixture.Accounts}?{filter}");

        page.GetProperty("connected_accounts").GetArrayLength().Should().Be(count);
        (await one.GetAsync($"{ScalekitFixture.Accounts}?connector=a&connection_names=b")).Status.Should().Be(400);
    }

    [Fact]
    public async Task Names_and_enumerations_have_the_form_that_a_test_wants()
    {
        await using var one = await ScalekitFixture.StartAsync(options => options.WritesCamelCase = options.WritesEnumNumbers = true);
        one.Scalekit.AddAccount("github-1", "alice", status: "EXPIRED");
        one.Scalekit.AddAccount("github-1", "bob", status: "SLEEPING");

        var accounts = (await one.GetAsync(ScalekitFixture.Accounts)).Body.GetProperty("connectedAccounts");

        accounts[0].GetProperty("status").GetInt32().Should().Be(2);
        accounts[0].GetProperty("authorizationType").GetInt32().Should().Be(1);
        accounts[1].GetProperty("status").GetString().Should().Be("SLEEPING");
    }
}
