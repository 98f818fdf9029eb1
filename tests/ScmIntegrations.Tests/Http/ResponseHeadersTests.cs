using ScmIntegrations.Http;

namespace ScmIntegrations.Tests.Http;

public sealed class ResponseHeadersTests
{
    [Theory]
    [InlineData("Sat, 21 Nov 2026 15:05:27 GMT")]
    [InlineData("Saturday, 21-Nov-26 15:05:27 GMT")]
    [InlineData("Sat Nov 21 15:05:27 2026")]
    public void A_date_is_read_in_every_form_of_RFC_9110(string date)
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("Date", date).Should().BeTrue();

        response.SentAt().Should().Be(new DateTimeOffset(2026, 11, 21, 15, 5, 27, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData(" ")]
    [InlineData(null)]
    public void What_is_no_date_is_none(string? date)
    {
        using var response = new HttpResponseMessage();
        if (date is not null)
        {
            response.Headers.TryAddWithoutValidation("Date", date);
        }

        response.SentAt().Should().BeNull();
    }

    [Fact]
    public void The_first_of_several_values_counts()
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("X-Some", [" one ", "two"]);

        response.FirstHeader("x-some").Should().Be("one");
    }
}
