using System.Text;
using ScmIntegrations.Accounts;
using ScmIntegrations.Accounts.Protection;
using ScmIntegrations.Errors;

namespace ScmIntegrations.Tests.Accounts.Protection;

/// <summary>What <see cref="ICredentialProtector"/> promises, for every implementation of ours.</summary>
public abstract class ProtectorContract
{
    private const string Secret = "ghu_THISMUSTNEVERPRINT0123456789";

    protected static readonly ProtectionContext Context = new(
        "credential", new AccountIdentity("github", "ada") { OrganizationId = "acme", UserId = "7" }, "ca_1", 3);

    public static TheoryData<string, ProtectionContext> OtherContexts => new()
    {
        { "purpose", Context with { Purpose = "fingerprints" } },
        { "purpose, blank", Context with { Purpose = "" } },
        { "id", Context with { AccountId = "ca_2" } },
        { "version before", Context with { Version = 2 } },
        { "version after", Context with { Version = 4 } },
        { "version with the same digits", Context with { Version = 33 } },
        { "connection", Context with { Identity = new("gitlab", "ada") { OrganizationId = "acme", UserId = "7" } } },
        { "identifier", Context with { Identity = new("github", "bob") { OrganizationId = "acme", UserId = "7" } } },
        { "identifier in another case", Context with { Identity = new("github", "Ada") { OrganizationId = "acme", UserId = "7" } } },
        { "identifier, composed otherwise", Context with { Identity = new("github", "a\u0308da") { OrganizationId = "acme", UserId = "7" } } },
        { "organisation", Context with { Identity = new("github", "ada") { OrganizationId = "evil", UserId = "7" } } },
        { "no organisation", Context with { Identity = new("github", "ada") { UserId = "7" } } },
        { "user", Context with { Identity = new("github", "ada") { OrganizationId = "acme", UserId = "8" } } },
        { "no user", Context with { Identity = new("github", "ada") { OrganizationId = "acme" } } },
        { "neither", Context with { Identity = new("github", "ada") } },
        { "organisation and user swapped", Context with { Identity = new("github", "ada") { OrganizationId = "7", UserId = "acme" } } },
        { "user as organisation", Context with { Identity = new("github", "ada") { OrganizationId = "acme7" } } },
        { "connection and identifier moved", Context with { Identity = new("githuba", "da") { OrganizationId = "acme", UserId = "7" } } },
        { "id and version moved", Context with { AccountId = "ca_", Version = 13 } },
    };

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected static byte[] Plaintext => Encoding.UTF8.GetBytes(Secret);

    protected abstract ICredentialProtector Protector { get; }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(100_000)]
    public async Task What_goes_in_comes_out(int length)
    {
        var plaintext = new byte[length];
        new Random(length).NextBytes(plaintext);

        (await Protector.UnprotectAsync(await Protector.ProtectAsync(plaintext, Context, Token), Context, Token)).Should().Equal(plaintext);
    }

    [Fact]
    public async Task The_same_never_looks_the_same()
    {
        var all = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 200; i++)
        {
            all.Add(Convert.ToHexString(await Protector.ProtectAsync(Plaintext, Context, Token))).Should().BeTrue();
        }
    }

    [Fact]
    public async Task Nothing_of_it_can_be_read_in_the_ciphertext()
    {
        var text = Encoding.Latin1.GetString(await Protector.ProtectAsync(Plaintext, Context, Token));

        text.Should().NotContain("ghu_").And.NotContain("THISMUST");
        text.Should().NotContain("acme").And.NotContain("ada");
    }

    [Fact]
    public async Task Any_byte_that_is_changed_makes_it_unreadable()
    {
        var ciphertext = await Protector.ProtectAsync(Plaintext, Context, Token);
        for (var i = 0; i < ciphertext.Length; i++)
        {
            foreach (var flip in (byte[])[1, 0x80, 0xFF])
            {
                var changed = ciphertext.ToArray();
                changed[i] ^= flip;
                await RefusesAsync(changed, Context);
            }
        }
    }

    [Fact]
    public async Task Any_cut_and_anything_added_makes_it_unreadable()
    {
        var ciphertext = await Protector.ProtectAsync(Plaintext, Context, Token);
        for (var length = 0; length < ciphertext.Length; length++)
        {
            await RefusesAsync(ciphertext[..length], Context);
            await RefusesAsync(ciphertext[(length + 1)..], Context);
        }

        await RefusesAsync([.. ciphertext, 0], Context);
        await RefusesAsync([0, .. ciphertext], Context);
        await RefusesAsync([.. ciphertext, .. ciphertext], Context);
    }

    [Theory]
    [MemberData(nameof(OtherContexts))]
    public async Task It_belongs_to_its_context_alone(string what, ProtectionContext other)
    {
        await RefusesAsync(await Protector.ProtectAsync(Plaintext, Context, Token), other);
        await RefusesAsync(await Protector.ProtectAsync(Plaintext, other, Token), Context);
        (await Protector.UnprotectAsync(await Protector.ProtectAsync(Plaintext, other, Token), other, Token)).Should().Equal(Plaintext, what);
    }

    [Fact]
    public async Task Bytes_that_somebody_made_up_are_unreadable()
    {
        var random = new Random(20261121);
        var ciphertext = await Protector.ProtectAsync(Plaintext, Context, Token);
        for (var i = 0; i < 3000; i++)
        {
            var bytes = new byte[random.Next(0, 200)];
            random.NextBytes(bytes);

            // Often with a beginning that looks right, so that what comes behind it is read too.
            var kept = random.Next(0, Math.Min(bytes.Length, ciphertext.Length - 1) + 1);
            ciphertext.AsSpan(0, kept).CopyTo(bytes);
            await RefusesAsync(bytes, Context);
        }
    }

    [Fact]
    public async Task A_thousand_at_once_do_not_meet()
    {
        var read = await Task.WhenAll(Enumerable.Range(0, 1000).Select(number => Task.Run(
            async () =>
            {
                var context = Context with { Version = number };
                var plaintext = BitConverter.GetBytes(number);
                return (await Protector.UnprotectAsync(await Protector.ProtectAsync(plaintext, context, Token), context, Token)).SequenceEqual(plaintext);
            },
            Token)));

        read.Should().HaveCount(1000).And.OnlyContain(isSame => isSame);
    }

    [Fact]
    public async Task What_was_cancelled_is_not_done()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var ciphertext = await Protector.ProtectAsync(Plaintext, Context, Token);

        await FluentActions.Awaiting(async () => await Protector.ProtectAsync(Plaintext, Context, cancelled.Token)).Should().ThrowAsync<OperationCanceledException>();
        await FluentActions.Awaiting(async () => await Protector.UnprotectAsync(ciphertext, Context, cancelled.Token)).Should().ThrowAsync<OperationCanceledException>();
    }

    /// <summary>Refused with the typed error, which says whose it is and what to do, and shows nothing.</summary>
    protected async Task<ScmCredentialUnreadableException> RefusesAsync(byte[] ciphertext, ProtectionContext context, ICredentialProtector? protector = null)
    {
        try
        {
            await (protector ?? Protector).UnprotectAsync(ciphertext, context, Token);
        }
        catch (ScmCredentialUnreadableException exception)
        {
            if (exception is not { Reason: ErrorReason.CredentialUnreadable, Origin: ErrorOrigin.Client, Error.CredentialOwner: CredentialOwner.Operator, IsTransient: false })
            {
                Assert.Fail($"The facts are wrong: {exception.Error}");
            }

            var shown = exception.ToString();
            if (shown.Contains("THISMUST", StringComparison.Ordinal) || shown.Contains("acme", StringComparison.Ordinal)
                || (ciphertext.Length > 8 && shown.Contains(Convert.ToHexString(ciphertext.AsSpan(^8..)), StringComparison.OrdinalIgnoreCase)))
            {
                Assert.Fail($"It shows too much: {shown}");
            }

            return exception;
        }

        Assert.Fail("It was read.");
        return null!;
    }
}
