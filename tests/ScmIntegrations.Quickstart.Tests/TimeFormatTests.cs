using Quickstart.Output;

namespace ScmIntegrations.Quickstart.Tests;

/// <summary>Times in JSON lines.</summary>
public sealed class TimeFormatTests
{
    [Theory]
    [InlineData("2026-11-21T10:00:00Z", "2026-11-21T10:00:00Z")]
    [InlineData("2026-11-21T10:00:00.001Z", "2026-11-21T10:00:01Z")]
    [InlineData("2026-11-21T12:00:00+02:00", "2026-11-21T10:00:00Z")]
    [InlineData("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59Z")]
    public void A_time_is_rounded_up_to_a_second_as_far_as_there_is_one(string time, string expected) =>
        ErrorFacts.Format(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture)).Should().Be(expected);
}
