using ScmIntegrations.Accounts;
using ScmIntegrations.Accounts.Storage;

namespace ScmIntegrations.Tests.Accounts.Storage;

/// <summary>What <see cref="IAccountStore"/> promises, sentence by sentence, for every store. Each test has a store of its own.</summary>
public abstract class AccountStoreContract
{
    protected static readonly AccountIdentity Ada = new("github", "ada") { OrganizationId = "acme", UserId = "7" };

    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Sealed = [1, 2, 3, 0, 255];

    private static readonly string[] OddParts =
    [
        "a", "A", "å", "a\u030a", "ä", "ß", "ss", "İ", "i", "ı", "ﬁ", "fi", "中", "😀", "\u200ba", "a\u00adb", "ab", "a\u202eb", "a b", "a  b", "a/b", "a'b", "a\"b", "a\\b", "a\\\\b", "%", "_", "*", "$1", "NULL", "null", "-", "''",
        "\ufffd", "\ufeffa", "001a", "d83d", "\\x00",
        new string('a', 256), new string('a', 255) + "b", new string('中', 256), string.Concat(Enumerable.Repeat("😀", 128)),
    ];

    /// <summary>Identities of which no two are the same, and that somebody could take for each other.</summary>
    public static IReadOnlyList<AccountIdentity> Lookalikes { get; } =
    [
        new("github", "ada"),
        new("github", "ada") { OrganizationId = "acme" },
        new("github", "ada") { UserId = "acme" },
        new("github", "ada") { OrganizationId = "acme", UserId = "acme" },
        new("github", "ada") { OrganizationId = "Acme" },
        new("github", "ada") { OrganizationId = "null" },
        new("github", "ada") { OrganizationId = "-" },
        new("GitHub", "ada"),
        new("github", "Ada"),
        new("githuba", "da"),
        new("githu", "bada"),
        new("ada", "github"),
        .. OddParts.Select(part => new AccountIdentity("odd", part)),
        .. OddParts.Select(part => new AccountIdentity("odd", "x") { OrganizationId = part }),
        .. OddParts.Select(part => new AccountIdentity("odd", "x") { UserId = part }),
        .. OddParts.Select(part => new AccountIdentity(part, "odd")),
    ];

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_added_is_found_as_it_was()
    {
        var store = await NewStoreAsync();
        var account = Full("ca_1", Ada);

        (await store.TryAddAsync(account, Sealed, Token)).Should().BeTrue();

        ShouldBe(await store.FindAsync(Ada, Token), account);
        var found = await store.FindCredentialAsync(Ada, Token);
        ShouldBe(found!.Account, account);
        found.Sealed.ToArray().Should().Equal(Sealed);
        var page = await store.ListAsync(new AccountFilter(), null, Token);
        ShouldBe(page.Accounts.Should().ContainSingle().Which, account);
    }

    [Fact]
    public async Task What_is_absent_stays_absent()
    {
        var store = await NewStoreAsync();
        var account = New("ca_1", new AccountIdentity("github", "ada"));

        await store.TryAddAsync(account, default, Token);

        ShouldBe(await store.FindAsync(account.Identity, Token), account);
        (await store.FindCredentialAsync(account.Identity, Token))!.Sealed.IsEmpty.Should().BeTrue();
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        var store = await NewStoreAsync();

        (await store.FindAsync(Ada, Token)).Should().BeNull();
        (await store.FindCredentialAsync(Ada, Token)).Should().BeNull();
        (await store.RemoveAsync(Ada, Token)).Should().BeFalse();
        (await store.TryReplaceAsync(New("ca_1", Ada) with { Version = 2 }, Sealed, Token)).Should().BeFalse();
        (await store.TryReplaceAsync(New("ca_1", Ada), Sealed, Token)).Should().BeFalse("the version before the first is no account");
        var page = await store.ListAsync(new AccountFilter(), null, Token);
        (page.Accounts.Count, page.IsLast, page.TotalCount).Should().Be((0, true, 0));
    }

    [Fact]
    public async Task All_four_parts_count_and_absent_is_not_any()
    {
        var store = await NewStoreAsync();
        var number = 0;
        foreach (var identity in Lookalikes)
        {
            (await store.FindAsync(identity, Token)).Should().BeNull($"'{identity}' is nobody else");
            (await store.TryAddAsync(New($"ca_{number:d4}", identity), BitConverter.GetBytes(number++), Token)).Should().BeTrue();
        }

        for (var i = 0; i < Lookalikes.Count; i++)
        {
            var found = await store.FindCredentialAsync(Lookalikes[i], Token);
            (found!.Account.Id, BitConverter.ToInt32(found.Sealed.Span)).Should().Be(($"ca_{i:d4}", i));
        }

        (await ListAllAsync(store, new AccountFilter { PageSize = 100 })).Select(account => account.Identity).Should().Equal(Lookalikes);
        (await store.RemoveAsync(Lookalikes[0], Token)).Should().BeTrue();
        (await store.ListAsync(new AccountFilter(), null, Token)).TotalCount.Should().Be(Lookalikes.Count - 1, "that one, and no other");
    }

    [Fact]
    public async Task A_second_one_with_the_same_identity_is_refused_and_changes_nothing()
    {
        var store = await NewStoreAsync();
        var first = Full("ca_1", Ada);
        await store.TryAddAsync(first, Sealed, Token);

        (await store.TryAddAsync(New("ca_2", Ada), new byte[] { 9 }, Token)).Should().BeFalse();
        (await store.TryAddAsync(first, new byte[] { 9 }, Token)).Should().BeFalse("the same one again is there already, too");

        await ShouldStillBeAsync(store, first, Sealed);
    }

    [Fact]
    public async Task The_next_version_takes_the_place_of_the_one_before()
    {
        var store = await NewStoreAsync();
        await store.TryAddAsync(New("ca_1", Ada), default, Token);
        var second = Full("ca_1", Ada) with { Version = 2 };
        var third = New("ca_1", Ada) with { Version = 3, Status = AccountStatus.Disconnected };

        (await store.TryReplaceAsync(second, Sealed, Token)).Should().BeTrue();
        await ShouldStillBeAsync(store, second, Sealed);

        (await store.TryReplaceAsync(third, [], Token)).Should().BeTrue();
        await ShouldStillBeAsync(store, third, []);
    }

    [Fact]
    public async Task A_credential_that_is_not_given_stays()
    {
        var store = await NewStoreAsync();
        await store.TryAddAsync(New("ca_1", Ada), Sealed, Token);
        var second = Full("ca_1", Ada) with { Version = 2 };

        (await store.TryReplaceAsync(second, null, Token)).Should().BeTrue();

        await ShouldStillBeAsync(store, second, Sealed);
    }

    [Theory]
    [InlineData("ca_1", 1)]
    [InlineData("ca_1", 2)]
    [InlineData("ca_1", 4)]
    [InlineData("ca_1", 0)]
    [InlineData("ca_1", -1)]
    [InlineData("ca_1", long.MaxValue)]
    [InlineData("ca_2", 3)]
    [InlineData("CA_1", 3)]
    [InlineData("", 3)]
    public async Task Another_version_or_id_is_refused_and_changes_nothing(string id, long version)
    {
        var store = await NewStoreAsync();
        var present = Full("ca_1", Ada);
        await store.TryAddAsync(present, Sealed, Token);
        await store.TryReplaceAsync(present with { Version = 2 }, null, Token);

        (await store.TryReplaceAsync(New(id, Ada) with { Version = version }, new byte[] { 9 }, Token)).Should().BeFalse();
        (await store.TryReplaceAsync(New(id, Ada) with { Version = version }, null, Token)).Should().BeFalse();

        await ShouldStillBeAsync(store, present with { Version = 2 }, Sealed);
    }

    [Fact]
    public async Task An_identity_cannot_be_changed_by_a_write()
    {
        var store = await NewStoreAsync();
        await store.TryAddAsync(New("ca_1", Ada), Sealed, Token);

        (await store.TryReplaceAsync(New("ca_1", new AccountIdentity("github", "bob")) with { Version = 2 }, null, Token)).Should().BeFalse();

        await ShouldStillBeAsync(store, New("ca_1", Ada), Sealed);
    }

    [Fact]
    public async Task What_was_removed_is_gone_and_its_place_is_free()
    {
        var store = await NewStoreAsync();
        await store.TryAddAsync(Full("ca_1", Ada), Sealed, Token);
        var bob = New("ca_0", new AccountIdentity("github", "bob"));
        await store.TryAddAsync(bob, Sealed, Token);

        (await store.RemoveAsync(Ada, Token)).Should().BeTrue();
        (await store.RemoveAsync(Ada, Token)).Should().BeFalse();

        (await store.FindCredentialAsync(Ada, Token)).Should().BeNull();
        (await store.TryReplaceAsync(Full("ca_1", Ada) with { Version = 2 }, Sealed, Token)).Should().BeFalse("a write that comes late does not bring it back");
        await ShouldStillBeAsync(store, bob, Sealed);
        (await store.TryAddAsync(New("ca_2", Ada), default, Token)).Should().BeTrue();
        (await store.TryReplaceAsync(New("ca_1", Ada) with { Version = 2 }, Sealed, Token)).Should().BeFalse("that was the one before");
        await ShouldStillBeAsync(store, New("ca_2", Ada), []);
    }

    [Fact]
    public async Task Texts_and_bytes_of_any_kind_come_back()
    {
        var store = await NewStoreAsync();
        string[] texts = ["", " ", "\0", "a\0b", "\u001a", "\u001a0000", "\u001a\u001a", "\ud800", "x\udc00\ud800y", "😀", "{\"a\":\"\\u0000\"}", "\r\n\t", new string('x', 100_000), "'; DROP TABLE x; --"];
        var number = 0;
        foreach (var text in texts)
        {
            var account = New($"ca_{number}", new AccountIdentity("github", $"{number}")) with
            {
                StatusReason = text,
                CredentialKind = text,
                ApiConfiguration = text,
                Status = new AccountStatus("x" + text),
                Fingerprints = new Dictionary<string, string>(StringComparer.Ordinal) { [text] = text, [text + "2"] = "\ud800" },
                FingerprintKey = new byte[number],
                CredentialVersion = long.MaxValue - number++,
            };
            var bytes = new byte[number * 10_000];
            new Random(number).NextBytes(bytes);
            (await store.TryAddAsync(account, bytes, Token)).Should().BeTrue();
            await ShouldStillBeAsync(store, account, bytes);
        }
    }

    [Fact]
    public async Task Times_come_back_whatever_their_offset_and_the_last_one_too()
    {
        var store = await NewStoreAsync();
        var account = New("ca_1", Ada) with
        {
            CreatedAt = new DateTimeOffset(2026, 3, 29, 2, 30, 0, TimeSpan.FromHours(-11)),
            UpdatedAt = DateTimeOffset.UnixEpoch,
            TokenExpiresAt = DateTimeOffset.MaxValue,
        };

        await store.TryAddAsync(account, default, Token);

        ShouldBe(await store.FindAsync(Ada, Token), account);
    }

    [Fact]
    public async Task Lists_are_in_the_order_of_ids_page_after_page()
    {
        var store = await NewStoreAsync();
        string[] ids = ["ca_b", "ca_B", "ca_10", "ca_9", "ca_1", "CA_1", "ca-1", "ca_a", "ca_", "ca_é"];
        foreach (var id in ids)
        {
            await store.TryAddAsync(New(id, new AccountIdentity("github", id)), default, Token);
        }

        foreach (var size in (int[])[1, 2, 3, 5, 9, 10, 11])
        {
            (await ListAllAsync(store, new AccountFilter { PageSize = size })).Select(account => account.Id).Should().Equal(ids.Order(StringComparer.Ordinal));
        }

        var last = await store.ListAsync(new AccountFilter { PageSize = 5 }, "ca_9", Token);
        (last.Accounts[0].Id, last.Accounts.Count, last.IsLast, last.TotalCount).Should().Be(("ca_B", 4, true, 10));
        var behind = await store.ListAsync(new AccountFilter(), "zzz", Token);
        (behind.Accounts.Count, behind.IsLast, behind.TotalCount).Should().Be((0, true, 10));
        var between = await store.ListAsync(new AccountFilter(), "ca_9\0", Token);
        between.Accounts[0].Id.Should().Be("ca_B", "an id that is not there is a place in the order, too");
    }

    [Fact]
    public async Task A_list_is_narrowed_by_each_part_and_by_all()
    {
        var store = await NewStoreAsync();
        var number = 0;
        foreach (var connection in (string[])["github", "gitlab"])
        {
            foreach (var identifier in (string[])["ada", "bob"])
            {
                foreach (var organization in (string?[])[null, "acme", "evil"])
                {
                    foreach (var user in (string?[])[null, "7"])
                    {
                        await store.TryAddAsync(New($"ca_{number++:d2}", new AccountIdentity(connection, identifier) { OrganizationId = organization, UserId = user }), default, Token);
                    }
                }
            }
        }

        await CountAsync(new AccountFilter(), 24);
        await CountAsync(new AccountFilter { Connection = "github" }, 12);
        await CountAsync(new AccountFilter { Identifier = "ada" }, 12);
        await CountAsync(new AccountFilter { OrganizationId = "acme" }, 8);
        await CountAsync(new AccountFilter { UserId = "7" }, 12);
        await CountAsync(new AccountFilter { OrganizationId = "acme", UserId = "7" }, 4);
        await CountAsync(new AccountFilter { Connection = "github", Identifier = "ada" }, 6);
        await CountAsync(new AccountFilter { Connection = "github", Identifier = "ada", OrganizationId = "acme", UserId = "7" }, 1);
        await CountAsync(new AccountFilter { OrganizationId = "Acme" }, 0);
        await CountAsync(new AccountFilter { OrganizationId = "%" }, 0);

        async Task CountAsync(AccountFilter filter, int expected)
        {
            var all = await ListAllAsync(store, filter with { PageSize = 5 });
            all.Should().HaveCount(expected);
            all.Select(account => account.Identity).Where(identity =>
                Differs(identity.Connection, filter.Connection) || Differs(identity.Identifier, filter.Identifier)
                || Differs(identity.OrganizationId, filter.OrganizationId) || Differs(identity.UserId, filter.UserId)).Should().BeEmpty();
            (await store.ListAsync(filter with { PageSize = 5 }, null, Token)).TotalCount.Should().Be(expected);
            (await store.ListAsync(filter with { PageSize = 5 }, "ca_05", Token)).TotalCount.Should().Be(expected, "all pages count, not the rest");
        }

        static bool Differs(string? value, string? wanted) => wanted is not null && !wanted.Equals(value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_hundred_that_add_one_identity_at_once_one_does()
    {
        var store = await NewStoreAsync();

        var added = await AtOnceAsync(100, number => store.TryAddAsync(New($"ca_{number}", Ada), BitConverter.GetBytes(number), Token));

        var winner = added.Should().ContainSingle(one => one.IsDone).Which.Number;
        await ShouldStillBeAsync(store, New($"ca_{winner}", Ada), BitConverter.GetBytes(winner));
        (await store.ListAsync(new AccountFilter(), null, Token)).TotalCount.Should().Be(1);
    }

    [Fact]
    public async Task Of_many_that_write_one_version_at_once_one_does_for_every_version()
    {
        var store = await NewStoreAsync();
        await store.TryAddAsync(New("ca_1", Ada), default, Token);
        for (var version = 2L; version <= 20; version++)
        {
            var next = New("ca_1", Ada) with { Version = version };
            var written = await AtOnceAsync(10, number => store.TryReplaceAsync(next with { StatusReason = $"{number}" }, BitConverter.GetBytes(number), Token));

            var winner = written.Should().ContainSingle(one => one.IsDone).Which.Number;
            await ShouldStillBeAsync(store, next with { StatusReason = $"{winner}" }, BitConverter.GetBytes(winner));
        }
    }

    [Fact]
    public async Task Account_and_credential_are_read_of_one_moment()
    {
        var store = await NewStoreAsync();
        await store.TryAddAsync(New("ca_1", Ada), BitConverter.GetBytes(1L), Token);
        using var done = new CancellationTokenSource();
        var writer = Task.Run(
            async () =>
            {
                for (var version = 2L; version <= 200; version++)
                {
                    (await store.TryReplaceAsync(New("ca_1", Ada) with { Version = version }, BitConverter.GetBytes(version), Token)).Should().BeTrue();
                }

                await done.CancelAsync();
            },
            Token);

        var last = 0L;
        while (!done.IsCancellationRequested && !writer.IsCompleted)
        {
            var read = await store.FindCredentialAsync(Ada, Token);
            BitConverter.ToInt64(read!.Sealed.Span).Should().Be(read.Account.Version);
            read.Account.Version.Should().BeGreaterThanOrEqualTo(last, "time does not run back");
            last = read.Account.Version;
        }

        await writer;
    }

    [Fact]
    public async Task Of_many_that_remove_at_once_one_does()
    {
        var store = await NewStoreAsync();
        await store.TryAddAsync(New("ca_1", Ada), Sealed, Token);

        (await AtOnceAsync(20, _ => store.RemoveAsync(Ada, Token))).Should().ContainSingle(one => one.IsDone);
    }

    [Fact]
    public async Task What_was_cancelled_before_is_not_done()
    {
        var store = await NewStoreAsync();
        await store.TryAddAsync(New("ca_1", Ada), Sealed, Token);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        Func<Task>[] calls =
        [
            () => store.FindAsync(Ada, cancelled.Token),
            () => store.FindCredentialAsync(Ada, cancelled.Token),
            () => store.ListAsync(new AccountFilter(), null, cancelled.Token),
            () => store.TryAddAsync(New("ca_2", new AccountIdentity("github", "bob")), Sealed, cancelled.Token),
            () => store.TryReplaceAsync(New("ca_1", Ada) with { Version = 2 }, Sealed, cancelled.Token),
            () => store.RemoveAsync(Ada, cancelled.Token),
        ];

        foreach (var call in calls)
        {
            (await call.Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(cancelled.Token);
        }

        await ShouldStillBeAsync(store, New("ca_1", Ada), Sealed);
        (await store.ListAsync(new AccountFilter(), null, Token)).TotalCount.Should().Be(1);
    }

    /// <summary>A store that is empty.</summary>
    protected abstract Task<IAccountStore> NewStoreAsync();

    /// <summary>An account as it is created, with nothing that is not needed.</summary>
    protected static StoredAccount New(string id, AccountIdentity identity) => new()
    {
        Id = id,
        Identity = identity,
        Version = 1,
        CredentialVersion = 0,
        Status = AccountStatus.PendingAuthorization,
        CreatedAt = Noon,
        UpdatedAt = Noon,
    };

    /// <summary>An account with everything.</summary>
    protected static StoredAccount Full(string id, AccountIdentity identity) => New(id, identity) with
    {
        CredentialVersion = 5,
        Status = new AccountStatus("Something new"),
        StatusReason = "bad_refresh_token",
        CredentialKind = "oauth_token",
        TokenExpiresAt = Noon.AddHours(8).AddMicroseconds(1),
        Fingerprints = new Dictionary<string, string>(StringComparer.Ordinal) { ["access_token"] = "00ff", ["refresh_token"] = "abcd" },
        FingerprintKey = new byte[] { 9, 8, 0, 7 },
        ApiConfiguration = """{ "b": 1, "a": [1.0, 1e400], "a": null }""",
        UpdatedAt = Noon.AddMinutes(1),
    };

    protected static void ShouldBe(StoredAccount? actual, StoredAccount expected)
    {
        actual.Should().NotBeNull();
        actual!.FingerprintKey.ToArray().Should().Equal(expected.FingerprintKey.ToArray());
        actual.Fingerprints.Should().BeEquivalentTo(expected.Fingerprints);

        // Records compare these two by reference.
        (actual with { FingerprintKey = default, Fingerprints = expected.Fingerprints }).Should().Be(expected with { FingerprintKey = default });
    }

    protected static async Task ShouldStillBeAsync(IAccountStore store, StoredAccount expected, byte[] sealedCredential)
    {
        var found = await store.FindCredentialAsync(expected.Identity, Token);
        ShouldBe(found?.Account, expected);
        found!.Sealed.ToArray().Should().Equal(sealedCredential);
        ShouldBe(await store.FindAsync(expected.Identity, Token), expected);
    }

    protected static async Task<IReadOnlyList<StoredAccount>> ListAllAsync(IAccountStore store, AccountFilter filter)
    {
        var all = new List<StoredAccount>();
        StoredAccountPage page;
        do
        {
            page = await store.ListAsync(filter, all.LastOrDefault()?.Id, Token);
            page.Accounts.Count.Should().BeInRange(page.IsLast ? 0 : filter.PageSize, filter.PageSize, "a page that is not the last one is full");
            all.AddRange(page.Accounts);
        }
        while (!page.IsLast);
        return all;
    }

    protected static async Task<IReadOnlyList<(int Number, bool IsDone)>> AtOnceAsync(int count, Func<int, Task<bool>> act)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var all = Enumerable.Range(0, count).Select(async number =>
        {
            await start.Task;
            return (number, await act(number));
        }).ToList();
        start.SetResult();
        return await Task.WhenAll(all);
    }
}
