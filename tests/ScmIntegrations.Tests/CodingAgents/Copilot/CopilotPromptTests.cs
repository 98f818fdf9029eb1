using System.Text.Json;
using ScmIntegrations.CodingAgents;
using ScmIntegrations.CodingAgents.Copilot;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.CodingAgents.Copilot;

/// <summary>The limit of the prompt, measured as JSON.</summary>
public sealed class CopilotPromptTests
{
    public static TheoryData<string, int> Characters => new()
    {
        { "a", 1 },
        { "<", 1 },
        { "\"", 2 },
        { "\\", 2 },
        { "\n", 2 },
        { "\u0001", 6 },
        { "\u007f", 6 },
        { "é", 6 },
        { "✓", 6 },
        { "😀", 12 },
        { "\ud83d", 6 },
        { "\ude00", 6 },
    };

    [Theory]
    [MemberData(nameof(Characters))]
    public void A_character_counts_as_JSON_writes_it_in_ASCII(string character, int length) => CopilotPrompt.Measure(character).Should().Be(length);

    [Theory]
    [MemberData(nameof(Characters))]
    public void What_is_too_long_is_cut_between_characters_and_fits_with_its_mark(string character, int length)
    {
        foreach (var before in Enumerable.Range(0, 13).Select(count => new string('a', count)))
        {
            var text = before + string.Concat(Enumerable.Repeat(character, 31_000 / length));

            var (prompt, warning) = CopilotPrompt.Of(Start(text));

            warning.Should().NotBeNull();
            (CopilotPrompt.Measure(prompt) + 2).Should().BeInRange(CopilotPrompt.Limit - 20, CopilotPrompt.Limit);
            var kept = prompt[..prompt.IndexOf("\n\n<!-- scm", StringComparison.Ordinal)];
            text.Should().StartWith(kept);
            (kept[before.Length..].Length % character.Length).Should().Be(0, "no character is cut in half");
            CopilotPrompt.Measure(kept).Should().BeInRange(29_900 - length + 1, 29_900);
        }
    }

    [Fact]
    public void What_fits_is_sent_as_it_is()
    {
        var text = new string('x', CopilotPrompt.Room);

        var (prompt, warning) = CopilotPrompt.Of(Start(text));
        var (cut, told) = CopilotPrompt.Of(Start(text + "x"));

        warning.Should().BeNull();
        prompt.Should().StartWith(text);
        (CopilotPrompt.Measure(prompt) + 2).Should().Be(CopilotPrompt.Limit);
        told.Should().NotBeNull();
        cut.Should().StartWith(new string('x', 29_900)).And.NotStartWith(new string('x', 29_901));
    }

    [Fact]
    public void The_body_is_never_longer_than_what_was_measured()
    {
        foreach (var (character, _) in Characters.Select(row => row.Data))
        {
            var (prompt, _) = CopilotPrompt.Of(Start(string.Concat(Enumerable.Repeat(character, 40_000))));
            var body = CopilotLaunchBody.Write(new(Requests.Api, "x"), prompt, new(), isOlder: false);

            using var sent = JsonDocument.Parse(body);
            sent.RootElement.GetProperty("prompt").GetRawText().Length.Should().BeLessThanOrEqualTo(CopilotPrompt.Limit);
        }
    }

    private static CodingAgentStart Start(string prompt) => CodingAgentStart.Of("github_copilot", new(Requests.Api, prompt), DateTimeOffset.UnixEpoch);
}
