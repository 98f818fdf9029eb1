using FsCheck;
using FsCheck.Fluent;
using ScmIntegrations.Http;

namespace ScmIntegrations.Tests.Properties;

/// <summary>Nothing secret survives the cleaning of a foreign text, whatever stands around it.</summary>
public sealed class RedactionProperties
{
    // As GitHub documents its token formats, the long installation tokens with a JWT inside included.
    private static readonly Gen<string> Tokens = Gen.OneOf(
        Gen.Elements("ghp_", "gho_", "ghu_", "ghs_", "ghr_").SelectMany(prefix => Texts.Characters(36).Select(body => prefix + body)),
        Texts.Characters(22).SelectMany(first => Texts.Characters(59).Select(second => $"github_pat_{first}_{second}")),
        JsonWebToken().Select(token => "ghs_12345_" + token),
        JsonWebToken());

    [Fact]
    public void No_token_survives_in_any_surroundings() => Property.Holds(
        Property.Pairs(Property.Pairs(Texts.Pieces, Texts.Pieces), Tokens.ToArbitrary()),
        input =>
        {
            var ((before, after), token) = input;

            var clean = Redaction.Clean(string.Concat(before) + token + string.Concat(after));

            AssertNothingLeft(clean, token);
        });

    [Fact]
    public void No_token_survives_where_the_text_is_cut() => Property.Holds(
        Property.Pairs(Gen.OneOf(Gen.Choose(900, 1100), Gen.Choose(7900, 8300)).ToArbitrary(), Property.Pairs(Tokens.ToArbitrary(), Gen.Elements("", " ", "\n", "Bearer ", "'").ToArbitrary())),
        input =>
        {
            var (length, (token, between)) = input;

            // Secrets that shrink to three stars bring the far end of a long text into view.
            foreach (var filler in new[] { new string('y', length), string.Concat(Enumerable.Repeat("ghp_abcdefghijklmnop ", length))[..length] })
            {
                AssertNothingLeft(Redaction.Clean(filler + between + token + "tail"), token);
                AssertNothingLeft(Redaction.Clean(filler + " Bearer " + token[12..]), token[12..]);
            }
        });

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("é")]
    [InlineData("'")]
    public void Behind_a_secret_that_fills_the_view_no_other_one_is_cut_in_half(string between)
    {
        // The first one shrinks to three stars, and the far end of the text comes into view.
        foreach (var prefix in new[] { "github_pat_", "ghp_" })
        {
            foreach (var length in Enumerable.Range(7900, 290))
            {
                var clean = Redaction.Clean($"{prefix}{new string('y', length)}{between}eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJzZWNyZXRzZWNyZXQifQ.c2lnbmF0dXJlc2lnbmF0dXJl");

                clean.Should().NotContain("eyJz").And.NotContain("c2ln").And.NotContain("eyJhbGciOiJ");
            }
        }
    }

    [Theory]
    [InlineData("x")]
    [InlineData("_")]
    [InlineData("9")]
    [InlineData("é")]
    [InlineData("\u200b")]
    public void A_token_is_found_though_something_is_glued_to_its_front(string glued)
    {
        const string token = "ghp_abcdefghijklmnopqrstuvwxyz0123456789";

        Redaction.Clean(glued + token).Should().NotContain("abcdefgh");
        Redaction.Clean(glued + "github_pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz").Should().NotContain("abcdefgh");
        Redaction.Clean(glued + "access_token=abcdefgh").Should().NotContain("abcdefgh");
    }

    [Theory]
    [InlineData("Bearer\0abcdefghijk")]
    [InlineData("Bearer \u200b abcdefghijk")]
    [InlineData("-----BEGIN\u0000RSA PRIVATE KEY-----\nabcdefghijk")]
    [InlineData("{\"client_secret\":\"abcdefghijk\"}")]
    [InlineData("{\\\"refresh_token\\\": \\\"abcdefghijk\\\"}")]
    public void A_secret_is_found_by_what_stands_before_it(string text) => Redaction.Clean(text).Should().NotContain("abcdefgh");

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    public void A_secret_that_the_bound_of_the_work_goes_through_leaves_not_even_its_beginning(int letters)
    {
        // Secrets that shrink to three stars bring the end of the work into view.
        var before = string.Concat(Enumerable.Repeat($"ghp_{new string('y', 200)} ", 50))[..((Redaction.MaxLength * 8) - "Bearer ".Length - letters)];

        Redaction.Clean(before[..^1] + " Bearer abcdefghijk").Should().EndWith("Bearer");
    }

    [Fact]
    public void What_is_clean_stays_as_it_is() => Property.Holds(Texts.Pieces, pieces =>
    {
        var clean = Redaction.Clean(string.Concat(pieces));

        Redaction.Clean(clean).Should().Be(clean);
    });

    [Fact]
    public void What_is_clean_is_one_short_line() => Property.Holds(Texts.Pieces, pieces =>
    {
        var clean = Redaction.Clean(string.Concat(pieces));

        clean.Length.Should().BeLessThanOrEqualTo(Redaction.MaxLength + 1);
        clean.Should().Be(clean.Trim());
        clean.Any(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029' or '\u200b' or '\u202e').Should().BeFalse();
    });

    [Fact]
    public void A_cut_leaves_no_half_of_a_character() => Property.Holds(Gen.Choose(1000, 1100).ToArbitrary(), length =>
    {
        var clean = Redaction.Clean(new string('y', length) + string.Concat(Enumerable.Repeat("\ud83d\ude00", 100)));

        clean.Should().NotContain("\ufffd").And.Be(System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(clean)));
    });

    private static Gen<string> JsonWebToken() => Gen.Choose(20, 200).SelectMany(length =>
        Texts.Characters(length).SelectMany(first => Texts.Characters(length).SelectMany(second => Texts.Characters(43).Select(third => $"eyJ{first}.eyJ{second}-_.{third}"))));

    /// <summary>Not even a part of the token that would help to guess the rest. The first segment of a JWT says only how it is signed.</summary>
    private static void AssertNothingLeft(string clean, string token)
    {
        const int part = 12;
        var secret = token.Contains('.', StringComparison.Ordinal) ? token[(token.IndexOf('.', StringComparison.Ordinal) + 1)..] : token;
        for (var at = 0; at + part <= secret.Length; at++)
        {
            clean.Should().NotContain(secret.Substring(at, part));
        }
    }
}
