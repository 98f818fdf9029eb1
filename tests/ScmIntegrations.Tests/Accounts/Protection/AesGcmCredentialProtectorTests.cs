using System.Security.Cryptography;
using System.Text;
using ScmIntegrations.Accounts;
using ScmIntegrations.Accounts.Protection;

namespace ScmIntegrations.Tests.Accounts.Protection;

/// <summary>Our own encryption: the promise of every protector, its format, and the rotation of keys.</summary>
public sealed class AesGcmCredentialProtectorTests : ProtectorContract
{
    private static readonly AccountEncryptionKey Old = NewKey("2026-10");
    private static readonly AccountEncryptionKey New = NewKey("2026-11");

    protected override ICredentialProtector Protector { get; } = new AesGcmCredentialProtector([Old]);

    [Fact]
    public async Task A_new_key_in_front_encrypts_and_the_old_one_still_decrypts()
    {
        var before = await Protector.ProtectAsync(Plaintext, Context, Token);
        var rotated = new AesGcmCredentialProtector([New, Old]);

        (await rotated.UnprotectAsync(before, Context, Token)).Should().Equal(Plaintext);
        var after = await rotated.ProtectAsync(Plaintext, Context, Token);
        (await RefusesAsync(after, Context)).Message.Should().Contain("'2026-11'", "the old process does not have the new key");
        (await new AesGcmCredentialProtector([New]).UnprotectAsync(after, Context, Token)).Should().Equal(Plaintext);
    }

    [Fact]
    public async Task A_key_that_was_taken_away_is_named() =>
        (await RefusesAsync(await Protector.ProtectAsync(Plaintext, Context, Token), Context, new AesGcmCredentialProtector([New])))
            .Message.Should().Be("What is stored for the account ca_1 cannot be decrypted: the key '2026-10' that it names is not among the application's keys.");

    [Fact]
    public async Task Another_key_under_the_same_id_is_told_apart_from_a_missing_one() =>
        (await RefusesAsync(await Protector.ProtectAsync(Plaintext, Context, Token), Context, new AesGcmCredentialProtector([NewKey(Old.Id)])))
            .Message.Should().Be("What is stored for the account ca_1 cannot be decrypted: it was changed, belongs to another account or version, or the key '2026-10' has another content than when it was written.");

    [Fact]
    public async Task The_id_of_a_key_cannot_be_exchanged()
    {
        var twin = new AccountEncryptionKey("2026-99", Old.Key);
        var ciphertext = await Protector.ProtectAsync(Plaintext, Context, Token);
        Encoding.ASCII.GetBytes(twin.Id).CopyTo(ciphertext, 2);

        await RefusesAsync(ciphertext, Context, new AesGcmCredentialProtector([Old, twin]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(255)]
    public async Task A_format_that_nobody_knows_is_no_missing_key(byte format)
    {
        var ciphertext = await Protector.ProtectAsync(Plaintext, Context, Token);
        ciphertext[0] = format;

        (await RefusesAsync(ciphertext, Context)).Message.Should().Contain("not encrypted by this version of the library");
    }

    [Fact]
    public async Task What_cannot_name_a_key_is_not_repeated()
    {
        var ciphertext = await Protector.ProtectAsync(Plaintext, Context, Token);
        Encoding.ASCII.GetBytes("a\r\nb").CopyTo(ciphertext, 2);

        (await RefusesAsync(ciphertext, Context)).Message.Should().NotContain("\n").And.Contain("cut off or changed");
    }

    [Fact]
    public async Task The_layout_is_the_documented_one()
    {
        var key = new AccountEncryptionKey("k.1", Enumerable.Range(0, 32).Select(number => (byte)number).ToArray());
        var ciphertext = await new AesGcmCredentialProtector([key]).ProtectAsync(Plaintext, Context, Token);

        ciphertext[..5].Should().Equal(1, 3, (byte)'k', (byte)'.', (byte)'1');
        ciphertext.Should().HaveCount(5 + 12 + 16 + Plaintext.Length);
        var plaintext = new byte[Plaintext.Length];
        using var aes = new AesGcm(key.Key, 16);
        byte[] bound = [.. ciphertext[..5], .. Context.ToBytes()];
        aes.Decrypt(ciphertext[5..17], ciphertext[33..], ciphertext[17..33], plaintext, bound);
        plaintext.Should().Equal(Plaintext);
    }

    [Fact]
    public async Task The_longest_id_of_a_key_fits()
    {
        var protector = new AesGcmCredentialProtector([NewKey(new string('k', 64))]);

        (await protector.UnprotectAsync(await protector.ProtectAsync(Plaintext, Context, Token), Context, Token)).Should().Equal(Plaintext);
    }

    [Fact]
    public void No_key_and_the_same_id_twice_are_refused_without_showing_a_key()
    {
        FluentActions.Invoking(() => new AesGcmCredentialProtector([])).Should().Throw<ArgumentException>().WithMessage("There is no key*");
        FluentActions.Invoking(() => new AesGcmCredentialProtector([Old, New, NewKey(Old.Id)])).Should().Throw<ArgumentException>()
            .WithMessage("Two keys have the id '2026-10'.*").Which.ToString().Should().NotContain(Convert.ToBase64String(Old.Key));
    }

    private static AccountEncryptionKey NewKey(string id) => new(id, RandomNumberGenerator.GetBytes(AccountEncryptionKey.Length));
}
