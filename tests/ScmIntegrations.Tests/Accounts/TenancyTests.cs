using ScmIntegrations.Accounts;
using ScmIntegrations.Errors;
using static ScmIntegrations.Tests.Accounts.AccountRig;

namespace ScmIntegrations.Tests.Accounts;

/// <summary>Every look-up, for reading and for writing, goes by connection, identifier, organisation and user.</summary>
public sealed class TenancyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // All share connection or identifier with Ada's of acme, user 7, and none of them is it.
    public static TheoryData<string?, string?, string, string> Others => new()
    {
        { "globex", "7", "github", "ada" },
        { "acme", "8", "github", "ada" },
        { null, "7", "github", "ada" },
        { "acme", null, "github", "ada" },
        { null, null, "github", "ada" },
        { "ACME", "7", "github", "ada" },
        { "acme", "7", "github-2", "ada" },
        { "acme", "7", "github", "Ada" },
        { "7", "acme", "github", "ada" },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public async Task The_account_of_another_decides_nothing(string? organization, string? user, string connection, string identifier)
    {
        await using var rig = new AccountRig();
        var other = new AccountIdentity(connection, identifier) { OrganizationId = organization, UserId = user };
        await rig.Accounts.CreateAsync(Ada, Tokens("adas", "adas-refresh"), cancellationToken: Token);

        await FluentActions.Awaiting(() => rig.Accounts.GetAsync(other)).Should().ThrowAsync<ScmNotFoundException>();
        await FluentActions.Awaiting(() => rig.Accounts.GetCredentialAsync(other)).Should().ThrowAsync<ScmNotFoundException>();
        await FluentActions.Awaiting(() => rig.Accounts.UpdateAsync(other, Tokens("theirs"))).Should().ThrowAsync<ScmNotFoundException>();
        (await rig.Accounts.DeleteAsync(other, cancellationToken: Token)).Should().BeFalse();
        (await rig.Accounts.UpsertAsync(other, Tokens("theirs"), cancellationToken: Token)).Outcome.Should().Be(AccountOutcome.Created);

        (await rig.StoredTokensAsync(Ada)).Should().BeEquivalentTo(Tokens("adas", "adas-refresh"));
        (await rig.StoredTokensAsync(other)).Should().BeEquivalentTo(Tokens("theirs"));
    }

    [Fact]
    public async Task A_second_account_of_a_user_stands_beside_the_first()
    {
        await using var rig = new AccountRig();
        var second = new AccountIdentity("github", "ada-at-work") { OrganizationId = "acme", UserId = "7" };
        await rig.Accounts.UpsertAsync(Ada, Tokens("first"), cancellationToken: Token);
        await rig.Accounts.UpsertAsync(second, Tokens("second"), cancellationToken: Token);

        var mine = await rig.Accounts.ListAsync(new() { OrganizationId = "acme", UserId = "7" }, cancellationToken: Token).ToListAsync(Token);

        mine.Select(account => account.Identity).Should().BeEquivalentTo([Ada, second]);
    }

    [Fact]
    public async Task A_list_is_narrowed_by_each_part_and_paged()
    {
        await using var rig = new AccountRig();
        foreach (var number in Enumerable.Range(0, 25))
        {
            rig.Time.Advance(TimeSpan.FromSeconds(1));
            await rig.Accounts.CreateAsync(new(number % 2 == 0 ? "github" : "jira", $"user-{number:00}") { OrganizationId = number % 5 == 0 ? null : "acme" }, Tokens("t"), cancellationToken: Token);
        }

        var pages = new List<AccountPage>();
        for (string? token = null; pages.Count == 0 || token is not null; token = pages[^1].NextPageToken)
        {
            pages.Add(await rig.Accounts.ListPageAsync(new() { PageSize = 10 }, token, cancellationToken: Token));
        }

        pages.Select(page => page.Accounts.Count).Should().Equal(10, 10, 5);
        pages.Should().OnlyContain(page => page.TotalCount == 25);
        pages.SelectMany(page => page.Accounts).Select(account => account.Identity.Identifier).Should().Equal(Enumerable.Range(0, 25).Select(number => $"user-{number:00}"), "in the order in which they were created");
        (await rig.Accounts.ListAsync(new() { Connection = "jira" }, cancellationToken: Token).CountAsync(Token)).Should().Be(12);
        (await rig.Accounts.ListAsync(new() { OrganizationId = "acme", PageSize = 3 }, cancellationToken: Token).CountAsync(Token)).Should().Be(20);
        (await rig.Accounts.ListAsync(new() { Identifier = "user-03" }, cancellationToken: Token).SingleAsync(Token)).Identity.Connection.Should().Be("jira");
        (await rig.Accounts.ListAsync(new() { UserId = "nobody" }, cancellationToken: Token).CountAsync(Token)).Should().Be(0);
        rig.Store.SecretReads.Should().Be(0);
    }

    [Theory]
    [InlineData("not a token!")]
    [InlineData("%%%")]
    public async Task A_page_token_that_is_none_is_refused(string token)
    {
        await using var rig = new AccountRig();

        await FluentActions.Awaiting(() => rig.Accounts.ListPageAsync(pageToken: token)).Should().ThrowAsync<ArgumentException>().WithMessage("*NextPageToken*");
    }

    [Fact]
    public void Parts_of_an_identity_are_trimmed_and_checked()
    {
        new AccountIdentity(" github ", "\tada") { OrganizationId = "acme ", UserId = " 7" }.Should().Be(Ada);
        var blank = new[] { "", "  ", "a\0b", "a\nb", "a\ud800", "\udc00\ud800", new string('x', 257) };
        foreach (var value in blank)
        {
            FluentActions.Invoking(() => new AccountIdentity(value, "ada")).Should().Throw<ArgumentException>().WithMessage("*connection*256*");
            FluentActions.Invoking(() => new AccountIdentity("github", value)).Should().Throw<ArgumentException>().WithMessage("*identifier*256*");
            FluentActions.Invoking(() => Ada with { OrganizationId = value }).Should().Throw<ArgumentException>().WithMessage("*OrganizationId*");
            FluentActions.Invoking(() => Ada with { UserId = value }).Should().Throw<ArgumentException>().WithMessage("*UserId*");
        }

        FluentActions.Invoking(() => new AccountIdentity(null!, "ada")).Should().Throw<ArgumentNullException>();
        new AccountIdentity(new string('x', 256), "ada").Connection.Should().HaveLength(256);
    }
}
