using System.Text;
using ScmIntegrations.Accounts;
using ScmIntegrations.PostgreSQL.Accounts;
using ScmIntegrations.Tests.Accounts.Storage;

namespace ScmIntegrations.PostgreSQL.Tests.Accounts;

/// <summary>What PostgreSQL does not take is written so that it does, and comes back.</summary>
public sealed class StoredTextTests
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    [Theory]
    [InlineData("", "")]
    [InlineData("ada", "ada")]
    [InlineData("😀", "😀")]
    [InlineData("\ufffd", "\ufffd")]
    [InlineData("a\0b", "a\u001a0000b")]
    [InlineData("\u001a", "\u001a001a")]
    [InlineData("\u001a0000", "\u001a001a0000")]
    public void Every_text_has_its_own_form(string text, string stored)
    {
        StoredText.Write(text).Should().Be(stored);
        StoredText.Read(stored).Should().Be(text);
    }

    // Not in attributes, which are written as UTF-8 and would hold U+FFFD instead.
    [Fact]
    public void Halves_of_pairs_come_back()
    {
        (string Text, string Stored)[] rows = [("\ud800", "\u001ad800"), ("x\udc00\ud800", "x\u001adc00\u001ad800"), ("\ud83d\ud83d\ude00", "\u001ad83d😀"), ("\ud83d\ude00\ude00", "😀\u001ade00")];
        foreach (var (text, stored) in rows)
        {
            StoredText.Write(text).Should().Be(stored);
            string.Equals(StoredText.Read(stored), text, StringComparison.Ordinal).Should().BeTrue();
        }
    }

    [Fact]
    public void Any_text_at_all_is_taken_and_comes_back()
    {
        var random = new Random(6);
        string[] pieces = ["a", "\0", "\u001a", "\ud83d", "\ude00", "0", "d800", "中", "\uffff", "\u001a001a"];
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => pieces[random.Next(pieces.Length)]));
            var stored = StoredText.Write(text)!;
            Strict.GetByteCount(stored).Should().BeGreaterThanOrEqualTo(0, "it is text");
            stored.Contains('\0', StringComparison.Ordinal).Should().BeFalse();
            string.Equals(StoredText.Read(stored), text, StringComparison.Ordinal).Should().BeTrue();
        }
    }

    [Theory]
    [InlineData("\u001a")]
    [InlineData("\u001a00")]
    [InlineData("\u001azzzz")]
    [InlineData("\u001a 123")]
    [InlineData("\u001a-001")]
    public void What_somebody_else_wrote_is_refused(string stored) => FluentActions.Invoking(() => StoredText.Read(stored)).Should().Throw<FormatException>();

    [Fact]
    public void No_two_identities_have_the_same_key() =>
        AccountStoreContract.Lookalikes.Select(identity => Convert.ToHexString(IdentityHash.Of(identity))).Should().OnlyHaveUniqueItems();

    [Fact]
    public void The_key_of_an_identity_is_the_same_in_every_version() =>
        Convert.ToHexStringLower(IdentityHash.Of(new AccountIdentity("github", "adä") { UserId = "7" })).Should().Be("1cd7796bb58b433660ca8d9d1ab216cecb9f8ce807590fb0a8ea210da720e1b7");
}
