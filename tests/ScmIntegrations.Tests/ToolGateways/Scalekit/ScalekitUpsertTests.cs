using Microsoft.AspNetCore.Http;
using ScmIntegrations.Accounts;
using ScmIntegrations.Errors;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Tests.ToolGateways.Scalekit;

/// <summary>The upsert, step by step: what is sent, what comes of it, and what never happens.</summary>
public sealed class ScalekitUpsertTests
{
    private const string Look = "GET connected_accounts/details";
    private const string Update = "PUT connected_accounts";
    private const string Create = "POST connected_accounts";
    private const string Configuration = """{"base_url":"https://ghe.example"}""";

    [Theory]
    [InlineData("ACTIVE")]
    [InlineData("EXPIRED")]
    [InlineData("PENDING_AUTH")]
    [InlineData("PENDING_VERIFICATION")]
    [InlineData("DISCONNECTED")]
    [InlineData("SLEEPING")]
    public async Task What_is_supplied_is_applied_whatever_the_status(string status)
    {
        await using var rig = await ScalekitRig.StartAsync();
        var account = rig.AddAda(status, """{"oauth_token":{"access_token":"old","refresh_token":"kept"}}""");

        var upsert = await rig.UpsertAsync(new OAuthTokenCredential { AccessToken = new("new") });

        upsert.Outcome.Should().Be(AccountOutcome.Updated, "a gateway cannot know whether it differs");
        upsert.Account.Status.Should().Be(AccountStatus.Active, "the answer to the update says so");
        upsert.Account.Id.Should().Be(account.Id);
        account.Secret("oauth_token", "access_token").Should().Be("new");
        account.Secret("oauth_token", "refresh_token").Should().Be("kept", "what is absent is kept");
        rig.Sent.Should().Equal(Look, Update);
        rig.Interactions.Should().Equal("upsert_account success");
    }

    [Fact]
    public async Task A_configuration_alone_is_applied_too()
    {
        await using var rig = await ScalekitRig.StartAsync();
        var account = rig.AddAda(authorizationDetails: """{"oauth_token":{"access_token":"old"}}""", apiConfig: """{"version":1}""");

        var upsert = await rig.UpsertAsync(configuration: Configuration);

        upsert.Outcome.Should().Be(AccountOutcome.Updated);
        account.ApiConfig.Should().Be("""{"version":1,"base_url":"https://ghe.example"}""");
        account.AuthorizationDetails.Should().Be("""{"oauth_token":{"access_token":"old"}}""");
        rig.Body(HttpMethod.Put, ScalekitRig.AccountsPath).Should().NotContain("authorization_details");
        upsert.Account.ApiConfiguration!.Value.GetRawText().Should().Be(account.ApiConfig);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    public async Task With_nothing_supplied_an_existing_account_stays_as_it_is(string? configuration)
    {
        await using var rig = await ScalekitRig.StartAsync();
        var account = rig.AddAda("EXPIRED");

        var upsert = await rig.UpsertAsync(configuration: configuration);

        (upsert.Outcome, upsert.Account.Status).Should().Be((AccountOutcome.Unchanged, AccountStatus.Expired));
        account.Writes.Should().Be(1, "it was made, and not touched");
        rig.Sent.Should().Equal(Look);
    }

    [Fact]
    public async Task A_missing_account_is_created_with_all_that_is_supplied()
    {
        await using var rig = await ScalekitRig.StartAsync();

        var upsert = await rig.UpsertAsync(ScalekitRig.Token, Configuration);

        (upsert.Outcome, upsert.Account.Status).Should().Be((AccountOutcome.Created, AccountStatus.Active));
        var account = rig.Scalekit.Accounts.Should().ContainSingle().Subject;
        (account.OrganizationId, account.UserId, account.Secret("oauth_token", "refresh_token"), account.ApiConfig).Should().Be(("org_1", "usr_1", "ref_THISMUSTNEVERPRINT02", Configuration));
        rig.Sent.Should().Equal(Look, Create);
    }

    [Fact]
    public async Task A_missing_account_without_a_credential_waits_for_its_user()
    {
        await using var rig = await ScalekitRig.StartAsync();

        var upsert = await rig.UpsertAsync();

        (upsert.Outcome, upsert.Account.Status).Should().Be((AccountOutcome.Created, AccountStatus.PendingAuthorization));
        rig.Body(HttpMethod.Post, ScalekitRig.AccountsPath).Should().Contain("\"connected_account\":{}", "it has to be there, and no empty token is made up");
    }

    [Fact]
    public async Task No_look_up_fetches_a_secret()
    {
        await using var rig = await ScalekitRig.StartAsync();

        await rig.UpsertAsync(ScalekitRig.Token);
        await rig.UpsertAsync(ScalekitRig.Token);

        rig.Scalekit.Requests.Should().NotContain(request => request.Path.EndsWith("/auth", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Repeated_it_converges()
    {
        await using var rig = await ScalekitRig.StartAsync();

        var first = await rig.UpsertAsync(ScalekitRig.Token, Configuration);
        var details = rig.Scalekit.Account("ada").AuthorizationDetails;
        var second = await rig.UpsertAsync(ScalekitRig.Token, Configuration);

        second.Account.Id.Should().Be(first.Account.Id);
        rig.Scalekit.Account("ada").AuthorizationDetails.Should().Be(details);
    }

    [Theory]
    [InlineData("RESOURCE_NOT_FOUND")]
    [InlineData("INTERNAL_ERROR")]
    [InlineData(null)]
    public async Task Not_found_from_the_read_creates_whatever_its_code(string? code)
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.Scalekit.When(HttpMethod.Get, ScalekitRig.DetailsPath).Once().Answer(Answers.ScalekitError(404, "None.", code));

        (await rig.UpsertAsync(ScalekitRig.Token)).Outcome.Should().Be(AccountOutcome.Created);
    }

    [Fact]
    public async Task Not_found_from_the_update_creates()
    {
        await using var rig = await ScalekitRig.StartAsync();
        var account = rig.AddAda();
        rig.Scalekit.When(request =>
        {
            // Deleted between the read and the update.
            if (request.Method == HttpMethod.Put)
            {
                rig.Scalekit.RemoveAccount(account);
            }

            return false;
        }).Answer(Answers.Real());

        var upsert = await rig.UpsertAsync(ScalekitRig.Token);

        upsert.Outcome.Should().Be(AccountOutcome.Created);
        upsert.Account.Id.Should().NotBe(account.Id);
        rig.Sent.Should().Equal(Look, Update, Create);
        rig.Scalekit.Account("ada").Secret("oauth_token", "access_token").Should().Be(ScalekitRig.Token.AccessToken!.Value);
    }

    public static TheoryData<string, Answer, Type> Refusals => new()
    {
        { "forbidden", Answers.ScalekitError(403, "Not enabled.", "CONNECTION_NOT_ENABLED"), typeof(ScmPermissionException) },
        { "bad request", Answers.ScalekitError(400, "Bad.", "INVALID_ARGUMENT"), typeof(ScmValidationException) },
        { "an unknown thing", Answers.ScalekitError(400, "No such.", "RESOURCE_NOT_FOUND"), typeof(ScmValidationException) },
        { "limit", Answers.ScalekitError(429, "Slow.", "RATE_LIMITED"), typeof(ScmRateLimitException) },
        { "internal", Answers.ScalekitError(501, "No.", "UNIMPLEMENTED"), typeof(ScmServerException) },
        { "internal with a not-found code", Answers.ScalekitError(501, "No.", "RESOURCE_NOT_FOUND"), typeof(ScmServerException) },
        { "a provider's not found", Answers.ScalekitToolError(404, "Not Found"), typeof(ScmProviderNotFoundException) },
        { "a provider's hidden not found", Answers.ScalekitToolError(400, """{"message":"Not Found","status":"404"}""", "INTERNAL_ERROR"), typeof(ScmProviderNotFoundException) },
        { "a provider's conflict", Answers.ScalekitToolError(409, "Conflict"), typeof(ScmProviderConflictException) },
        { "a stranger's not found", Answers.Text(404, "<html>404</html>", "text/html"), typeof(ScmNotFoundException) },
        { "a not found without a word", Answers.Text(404), typeof(ScmNotFoundException) },
        { "a connection that is not there", Answers.ScalekitError(404, "Not enabled.", "CONNECTION_NOT_ENABLED"), typeof(ScmNotFoundException) },
        { "a not found that is cut off", Answers.Json(404, "{\"code\":5,\"mess"), typeof(ScmNotFoundException) },
        { "gone", Answers.ScalekitError(410, "Gone."), typeof(ScmGoneException) },
        { "no account in the answer", Answers.Json(200, "{}"), typeof(ScmUnreadableResponseException) },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Every_other_refusal_of_the_read_propagates_and_creates_nothing(string name, Answer answer, Type type)
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.Scalekit.When(HttpMethod.Get, ScalekitRig.DetailsPath).Answer(answer);

        var error = await ScalekitRig.FailAsync(() => rig.UpsertAsync(ScalekitRig.Token));

        error.Should().BeOfType(type, name);
        rig.Sent.Should().OnlyContain(sent => sent == Look);
        rig.Scalekit.Accounts.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Every_other_refusal_of_the_update_propagates_and_creates_nothing(string name, Answer answer, Type type)
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.AddAda();
        rig.Scalekit.When(HttpMethod.Put, ScalekitRig.AccountsPath).Answer(answer);

        var error = await ScalekitRig.FailAsync(() => rig.UpsertAsync(ScalekitRig.Token));

        error.Should().BeOfType(type, name);
        rig.Sent.Should().Equal(Look, Update);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Every_refusal_of_the_create_propagates(string name, Answer answer, Type type)
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.Scalekit.When(HttpMethod.Post, ScalekitRig.AccountsPath).Answer(answer);

        var error = await ScalekitRig.FailAsync(() => rig.UpsertAsync(ScalekitRig.Token));

        error.Should().BeOfType(type, name);
        rig.Scalekit.Count(HttpMethod.Post, ScalekitRig.AccountsPath).Should().Be(1);
    }

    [Theory]
    [InlineData(400, "RESOURCE_ALREADY_EXISTS")]
    [InlineData(409, "RESOURCE_ALREADY_EXISTS")]
    [InlineData(409, null)]
    [InlineData(422, "RESOURCE_ALREADY_EXISTS")]
    [InlineData(500, "RESOURCE_ALREADY_EXISTS")]
    public async Task An_account_that_another_has_just_created_is_read_again_and_updated(int status, string? code)
    {
        await using var rig = await ScalekitRig.StartAsync(fake: options => (options.DuplicateStatus, options.DuplicateCode) = (status, code));
        rig.Scalekit.When(HttpMethod.Get, ScalekitRig.DetailsPath).Once().Answer(Answers.ScalekitError(404, "None."));
        var account = rig.AddAda("PENDING_AUTH");

        var upsert = await rig.UpsertAsync(ScalekitRig.Token);

        (upsert.Outcome, upsert.Account.Id).Should().Be((AccountOutcome.Updated, account.Id));
        account.Secret("oauth_token", "access_token").Should().Be(ScalekitRig.Token.AccessToken!.Value);
        rig.Sent.Should().Equal(Look, Create, Look, Update);
        rig.Interactions.Should().Equal("upsert_account success");
    }

    [Fact]
    public async Task An_account_that_another_has_just_created_is_returned_when_nothing_was_supplied()
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.Scalekit.When(HttpMethod.Get, ScalekitRig.DetailsPath).Once().Answer(Answers.ScalekitError(404, "None."));
        rig.AddAda();

        (await rig.UpsertAsync()).Outcome.Should().Be(AccountOutcome.Unchanged);
        rig.Sent.Should().Equal(Look, Create, Look);
    }

    [Fact]
    public async Task An_account_that_comes_and_goes_is_met_twice_and_no_more()
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.Scalekit.When(HttpMethod.Get, ScalekitRig.DetailsPath).Answer(Answers.ScalekitError(404, "None."));
        rig.Scalekit.When(HttpMethod.Post, ScalekitRig.AccountsPath).Answer(Answers.ScalekitError(400, "There.", "RESOURCE_ALREADY_EXISTS"));

        (await ScalekitRig.FailAsync(() => rig.UpsertAsync(ScalekitRig.Token))).Should().BeOfType<ScmAlreadyExistsException>();

        rig.Sent.Should().Equal(Look, Create, Look, Create);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_create_whose_answer_was_lost_is_looked_for_and_not_sent_again(bool isCarriedOut)
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.Scalekit.When(HttpMethod.Post, ScalekitRig.AccountsPath).Answer(isCarriedOut ? Answers.Real().ResetAfter(5) : Answers.Reset());

        if (isCarriedOut)
        {
            var upsert = await rig.UpsertAsync(ScalekitRig.Token);
            upsert.Outcome.Should().Be(AccountOutcome.Updated, "it may have been another caller who created it");
            rig.Sent.Should().Equal(Look, Create, Look, Update);
            rig.Interactions.Should().Equal("upsert_account success");
        }
        else
        {
            (await ScalekitRig.FailAsync(() => rig.UpsertAsync(ScalekitRig.Token))).Should().BeOfType<ScmAmbiguousWriteException>();
            rig.Sent.Should().Equal(Look, Create, Look);
        }
    }

    [Fact]
    public async Task What_a_lost_create_left_behind_gets_the_credential_of_this_call()
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.Scalekit.When(request =>
        {
            if (request.Method == HttpMethod.Post && request.Path is ScalekitRig.AccountsPath)
            {
                // Another caller was first, with another credential.
                rig.AddAda(authorizationDetails: """{"oauth_token":{"access_token":"another"}}""");
                return true;
            }

            return false;
        }).Answer(Answers.Reset());

        await rig.UpsertAsync(ScalekitRig.Token);

        rig.Scalekit.Account("ada").Secret("oauth_token", "access_token").Should().Be(ScalekitRig.Token.AccessToken!.Value);
    }

    [Fact]
    public async Task A_lost_create_stays_ambiguous_when_the_look_fails_as_well()
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.Scalekit.When(HttpMethod.Post, ScalekitRig.AccountsPath).Answer(Answers.Real().ResetAfter(5));
        rig.Scalekit.When(HttpMethod.Get, ScalekitRig.DetailsPath).AfterRequests(1).Answer(Answers.ScalekitError(403, "No."));

        (await ScalekitRig.FailAsync(() => rig.UpsertAsync(ScalekitRig.Token))).Should().BeOfType<ScmAmbiguousWriteException>();
    }

    [Theory]
    [InlineData("<html></html>")]
    [InlineData("{}")]
    [InlineData("")]
    public async Task A_create_whose_answer_cannot_be_read_was_carried_out(string body)
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.Scalekit.When(request =>
        {
            if (request.Method == HttpMethod.Post && request.Path is ScalekitRig.AccountsPath)
            {
                rig.AddAda();
                return true;
            }

            return false;
        }).Answer(Answers.Json(201, body));

        (await rig.UpsertAsync(ScalekitRig.Token)).Outcome.Should().Be(AccountOutcome.Created);
        rig.Sent.Should().Equal(Look, Create, Look);
    }

    [Fact]
    public async Task Organisation_and_user_go_with_every_request()
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.Scalekit.AddAccount("github-1", "ada", "org_2", "usr_1", authorizationDetails: """{"oauth_token":{"access_token":"another's"}}""");

        var created = await rig.UpsertAsync(ScalekitRig.Token);
        await rig.UpsertAsync(ScalekitRig.Token);

        created.Outcome.Should().Be(AccountOutcome.Created, "another organisation's account is not this one");
        created.Account.Identity.Should().Be(ScalekitRig.Ada);
        rig.Scalekit.Accounts.Single(account => account.OrganizationId is "org_2").Secret("oauth_token", "access_token").Should().Be("another's");
        rig.Scalekit.Requests.Where(request => request.Path is not ScalekitRig.TokenPath)
            .Should().OnlyContain(request => (request.Query + request.Body).Contains("org_1", StringComparison.Ordinal) && (request.Query + request.Body).Contains("usr_1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_absent_is_not_sent()
    {
        await using var rig = await ScalekitRig.StartAsync();

        await rig.Accounts.UpsertAsync(new AccountIdentity(" github-1 ", " ada "), new OAuthTokenCredential { AccessToken = new("new") }, cancellationToken: ScalekitRig.Cancellation);

        rig.Body(HttpMethod.Post, ScalekitRig.AccountsPath).Should().Be("""{"connector":"github-1","identifier":"ada","connected_account":{"authorization_details":{"oauth_token":{"access_token":"new"}}}}""");
        rig.Scalekit.Find(HttpMethod.Get, ScalekitRig.DetailsPath)[0].Query.Should().Be("?connector=github-1&identifier=ada");
    }

    [Fact]
    public async Task A_hundred_at_once_end_with_one_account()
    {
        await using var rig = await ScalekitRig.StartAsync();

        var upserts = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => rig.UpsertAsync(new OAuthTokenCredential { AccessToken = new($"token-{number}") })));

        rig.Scalekit.Accounts.Should().ContainSingle();
        upserts.Select(upsert => upsert.Outcome).Should().ContainSingle(outcome => outcome == AccountOutcome.Created);
        upserts.Select(upsert => upsert.Account.Id).Distinct(StringComparer.Ordinal).Should().ContainSingle();
        rig.Scalekit.Count(HttpMethod.Post, ScalekitRig.AccountsPath).Should().Be(1, "callers of one process do not collide");
    }

    [Fact]
    public async Task Clients_in_several_processes_end_with_one_account()
    {
        await using var rig = await ScalekitRig.StartAsync();
        var others = Enumerable.Range(0, 4).Select(_ => rig.Another()).ToList();

        var upserts = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => others[number % 4].UpsertAsync(ScalekitRig.Token)));

        rig.Scalekit.Accounts.Should().ContainSingle();
        upserts.Should().ContainSingle(upsert => upsert.Outcome == AccountOutcome.Created);
        foreach (var other in others)
        {
            await other.DisposeAsync();
        }
    }

    [Fact]
    public async Task Two_processes_that_both_see_nothing_end_with_one_account_and_no_error()
    {
        await using var rig = await ScalekitRig.StartAsync();
        await using var other = rig.Another();
        var bothHaveLooked = new TaskCompletionSource();
        var looks = 0;
        rig.Scalekit.When(HttpMethod.Get, ScalekitRig.DetailsPath).Times(2).Answer(Answers.Custom(async (context, cancellationToken) =>
        {
            if (Interlocked.Increment(ref looks) == 2)
            {
                bothHaveLooked.SetResult();
            }

            await bothHaveLooked.Task.WaitAsync(cancellationToken);
            context.Response.StatusCode = 404;
            await context.Response.WriteAsync("""{"code":5,"message":"No such account.","details":[]}""", cancellationToken);
        }));

        var upserts = await Task.WhenAll(rig.UpsertAsync(ScalekitRig.Token), other.UpsertAsync(ScalekitRig.Token));

        upserts.Select(upsert => upsert.Outcome).Should().BeEquivalentTo([AccountOutcome.Created, AccountOutcome.Updated]);
        rig.Scalekit.Accounts.Should().ContainSingle();
    }

    [Fact]
    public async Task A_caller_who_leaves_gives_his_turn_on()
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.Scalekit.When(HttpMethod.Get, ScalekitRig.DetailsPath).Once().Answer(Answers.Stall());
        using var leaving = new CancellationTokenSource();

        var stalled = rig.UpsertAsync(ScalekitRig.Token, cancellationToken: leaving.Token);
        await rig.Scalekit.WaitForRequestsAsync(HttpMethod.Get, ScalekitRig.DetailsPath, 1, ScalekitRig.Cancellation);
        var waiting = rig.UpsertAsync(ScalekitRig.Token);
        await leaving.CancelAsync();

        var left = () => stalled;
        (await left.Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(leaving.Token);
        (await waiting).Outcome.Should().Be(AccountOutcome.Created);
        rig.Interactions.Should().BeEquivalentTo("upsert_account halted", "upsert_account success");
    }
}
