using FsCheck;
using FsCheck.Fluent;

namespace ScmIntegrations.Tests.Properties;

/// <summary>Pieces of text, from which hostile texts are put together.</summary>
internal static class Texts
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly string[] Fragments =
    [
        "", " ", "\t", "\r\n", "\n", "\0", "\u001b[31m", "\u200b", "\u00ad", "\u202e", "\u2028", "\u0085", "\ud83d\ude00", "é", "İ", "中",
        "_", "-", ".", ",", ";", ":", "=", "/", "?", "&", "%20", "\"", "'", "`", "<", ">", "(", "[", "{", "}", "\\", "…", "***", "x", "9", "word",
        "gh", "ghp", "ghp_", "ghs_1_", "github_pat_", "eyJ", "eyJhbGciOi.", "Bearer ", "basic ", "token ", "access_token=", "client_secret", "-----BEGIN ", "PRIVATE KEY-----",
    ];

    /// <summary>A piece that means something to a parser, or any characters at all.</summary>
    public static Gen<string> Piece => Gen.Frequency(
        (6, Gen.Elements(Fragments)),
        (1, Property.Any<NonNull<string>>().Generator.Select(text => text.Get)),
        (1, Gen.Choose(0, 9000).Select(length => new string('y', length))));

    /// <summary>Pieces in a row.</summary>
    public static Arbitrary<string[]> Pieces => Property.Lists(Piece);

    /// <summary>Characters as tokens have them.</summary>
    public static Gen<string> Characters(int length) => Gen.ArrayOf(Gen.Elements(Alphanumeric.ToCharArray()), length).Select(letters => new string(letters));
}
