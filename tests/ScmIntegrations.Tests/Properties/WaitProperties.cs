using System.Globalization;
using System.Net;
using FsCheck;
using FsCheck.Fluent;
using ScmIntegrations.GitHub.Answers;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Http;

namespace ScmIntegrations.Tests.Properties;

/// <summary>Whatever an answer asks for, a wait is from a second to a day and a second, or there is none.</summary>
public sealed class WaitProperties
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Most = TimeSpan.FromDays(1);

    private static readonly Arbitrary<DateTimeOffset> Moments = Gen.Frequency(
        (8, Gen.Choose(0, int.MaxValue).Select(seconds => DateTimeOffset.FromUnixTimeSeconds(seconds))),
        (1, Gen.Elements(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, DateTimeOffset.UnixEpoch))).ToArbitrary();

    private static readonly Gen<string> Values = Gen.Frequency(
        (4, Gen.Choose(-100, 100_000).Select(number => number.ToString(CultureInfo.InvariantCulture))),
        (2, Property.Any<long>().Generator.Select(number => number.ToString(CultureInfo.InvariantCulture))),
        (2, Moments.Generator.Select(moment => moment.ToString("r", CultureInfo.InvariantCulture))),
        (2, Gen.Elements("", " ", "-0", "+30", "1.5", "1e3", "0x10", "１２", "99999999999999999999", "-9223372036854775808", "9223372036854775807", "Thu, 32 Jan 2026 00:00:00 GMT", "soon")),
        (1, Property.Any<NonNull<string>>().Generator.Select(text => text.Get)));

    [Fact]
    public void A_wait_that_an_answer_asks_for_is_never_negative_and_never_beyond_a_day() => Property.Holds(
        Property.Pairs(Values.ToArbitrary(), Moments),
        input =>
        {
            var (value, sentAt) = input;

            foreach (var wait in new[] { WaitHeaders.RetryAfter(value, sentAt), WaitHeaders.UntilEpoch(value, sentAt) })
            {
                (wait is null || (wait >= Least && wait <= Most)).Should().BeTrue($"{value} at {sentAt} is {wait}");
            }
        });

    [Fact]
    public void A_date_and_its_seconds_are_the_same_wait() => Property.Holds(
        Property.Pairs(Gen.Choose(-100, 90_000).ToArbitrary(), Gen.Choose(100, int.MaxValue).ToArbitrary()),
        input =>
        {
            var (seconds, now) = input;
            var sentAt = DateTimeOffset.FromUnixTimeSeconds(now);

            var wait = WaitHeaders.RetryAfter(seconds.ToString(CultureInfo.InvariantCulture), sentAt);

            wait.Should().Be(seconds is >= 0 and <= 86_400 ? TimeSpan.FromSeconds(Math.Max(1, seconds)) : null);
            WaitHeaders.RetryAfter(sentAt.AddSeconds(seconds).ToString("r", CultureInfo.InvariantCulture), sentAt).Should().Be(wait);
            WaitHeaders.UntilEpoch((now + (long)seconds).ToString(CultureInfo.InvariantCulture), sentAt).Should().Be(wait);
        });

    [Fact]
    public void Who_asks_for_more_gets_no_less() => Property.Holds(
        Property.Pairs(Gen.Choose(0, 86_400).ToArbitrary(), Property.Pairs(Gen.Choose(0, 86_400).ToArbitrary(), Moments)),
        input =>
        {
            var (one, (other, sentAt)) = input;
            var (less, more) = (Math.Min(one, other).ToString(CultureInfo.InvariantCulture), Math.Max(one, other).ToString(CultureInfo.InvariantCulture));

            WaitHeaders.RetryAfter(less, sentAt).Should().BeLessThanOrEqualTo(WaitHeaders.RetryAfter(more, sentAt)!.Value);
        });

    [Fact]
    public void The_wait_for_a_limit_comes_from_its_headers_or_there_is_none() => Property.Holds(
        Property.Pairs(Property.Pairs(Values.ToArbitrary(), Values.ToArbitrary()), Property.Pairs(Gen.Elements("0", "1", "-1", "", "00", "no").ToArbitrary(), Moments)),
        input =>
        {
            var ((retryAfter, reset), (remaining, now)) = input;
            using var response = new HttpResponseMessage(HttpStatusCode.Forbidden);
            response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
            response.Headers.TryAddWithoutValidation("x-ratelimit-reset", reset);
            response.Headers.TryAddWithoutValidation("x-ratelimit-remaining", remaining);

            var wait = RateLimitHeaders.Wait(new ResponseSnapshot(response, default), now);

            (wait is null || (wait >= Least && wait <= Most + Least)).Should().BeTrue();
        });

    [Fact]
    public void A_number_is_read_as_it_was_written() => Property.Holds(Property.Any<long>(), number =>
        WaitHeaders.Number(number.ToString(CultureInfo.InvariantCulture)).Should().Be(number));
}
