using System.Net;
using Octokit;
using ScmIntegrations.Errors;
using ScmIntegrations.Octokit.Tests.Infrastructure;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Octokit.Tests.Errors;

/// <summary><c>ToScmException</c> of exceptions that did not come over a client's line.</summary>
public sealed class ForeignExceptionTests
{
    public static TheoryData<Answer, Type, ErrorReason, Type> Reads => StatusTests.Reads;

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task What_plain_Octokit_throws_means_the_same(Answer answer, Type type, ErrorReason reason, Type octokits)
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(answer);

        var exception = (await fixture.Awaiting(one => one.Plain().Repository.Get("acme", "api")).Should().ThrowAsync<ApiException>()).Which;
        var error = exception.ToScmException(fixture.GitHub.Address);

        exception.Should().BeOfType(octokits);
        error.Should().BeOfType(type);
        error.Reason.Should().Be(reason);
        error.Origin.Should().Be(ErrorOrigin.GitHub);
        error.Status.Should().Be(exception.StatusCode);
        error.RequestId.Should().NotBeNullOrEmpty();
        error.InnerException.Should().BeSameAs(exception);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(-300)]
    public async Task The_wait_is_counted_by_the_given_clock(int serverIsAhead)
    {
        var time = new ManualTimeProvider();
        await using var fixture = await OctokitFixture.StartAsync(setup => setup.ServerTime = new ManualTimeProvider(time.GetUtcNow() + TimeSpan.FromSeconds(serverIsAhead)));
        fixture.GitHub.WhenAnything().Answer(Answers.PrimaryRateLimit(TimeSpan.FromMinutes(10)));

        var exception = (await fixture.Awaiting(one => one.Plain().Repository.Get("acme", "api")).Should().ThrowAsync<ApiException>()).Which;

        exception.ToScmException(fixture.GitHub.Address, time).RetryAt.Should().BeCloseTo(time.GetUtcNow() + TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(2));
    }

    [Theory]
    [InlineData(404, "Not Found", typeof(ScmNotFoundException), ErrorReason.NotFound)]
    [InlineData(409, "Git Repository is empty.", typeof(ScmEmptyRepositoryException), ErrorReason.EmptyRepository)]
    [InlineData(429, "Slow down.", typeof(ScmRateLimitException), ErrorReason.SecondaryRateLimit)]
    [InlineData(502, "<html>Unicorn</html>", typeof(ScmServerException), ErrorReason.ServerError)]
    [InlineData(401, "Bad credentials", typeof(ScmUnauthorizedException), ErrorReason.BadCredentials)]
    [InlineData(451, "", typeof(ScmBlockedException), ErrorReason.LegalBlock)]
    public void One_made_by_hand_of_message_and_status_is_understood(int status, string message, Type type, ErrorReason reason)
    {
        var exception = new ApiException(message, (HttpStatusCode)status);

        var error = exception.ToScmException();

        error.Should().BeOfType(type);
        error.Reason.Should().Be(reason);
        error.Status.Should().Be((HttpStatusCode)status);
        error.InnerException.Should().BeSameAs(exception);
        error.Message.Should().NotContain("<html");
    }

    [Fact]
    public void One_without_a_status_is_unknown_and_keeps_its_message()
    {
        var error = new ApiException("Something else.", new InvalidOperationException()).ToScmException();

        error.Reason.Should().Be(ErrorReason.Unknown);
        error.Status.Should().BeNull();
        error.Message.Should().Contain("Something else.");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(99)]
    [InlineData(1000)]
    public void One_with_a_status_that_is_none_is_unknown(int status) =>
        new ApiException("Something else.", (HttpStatusCode)status).ToScmException().Reason.Should().Be(ErrorReason.Unknown);

    [Fact]
    public void An_address_that_is_not_absolute_is_refused() =>
        new ApiException("Not Found", HttpStatusCode.NotFound).Invoking(one => one.ToScmException(new Uri("api/v3", UriKind.Relative))).Should().Throw<ArgumentException>();

    [Fact]
    public void One_without_anything_is_unknown() => new ApiException().ToScmException().Reason.Should().Be(ErrorReason.Unknown);

    [Theory]
    [InlineData(-1)]
    [InlineData(99)]
    [InlineData(1000)]
    [InlineData(int.MaxValue)]
    public void A_status_that_is_none_is_unknown(int status) =>
        new ApiException("Something else.", (HttpStatusCode)status).ToScmException().Reason.Should().Be(ErrorReason.Unknown);

    [Fact]
    public void A_response_of_somebodys_own_may_leave_out_what_it_likes() =>
        new ApiException(new BareResponse(null)).ToScmException().Reason.Should().Be(ErrorReason.ValidationFailed);

    [Fact]
    public void A_null_among_the_errors_is_passed_over()
    {
        var validation = new ApiValidationException(new BareResponse("""{"message":"Repository creation failed.","errors":[null,{"field":"name","code":"custom"}]}"""));

        new RepositoryExistsException("api", validation).ToScmException().Reason.Should().Be(ErrorReason.ValidationFailed);
    }

    [Fact]
    public void Subclasses_are_understood()
    {
        new NotFoundException("repos/acme/api was not found.", HttpStatusCode.NotFound).ToScmException().Should().BeOfType<ScmNotFoundException>();
        new TwoFactorRequiredException().ToScmException().Should().BeOfType<ScmUnauthorizedException>();
        new AuthorizationException().ToScmException().Should().BeOfType<ScmUnauthorizedException>();
        new ForbiddenExceptionOfATest("Resource not accessible by integration").ToScmException().Reason.Should().Be(ErrorReason.PermissionMissing);
    }

    [Fact]
    public void A_secret_in_a_message_made_by_hand_is_not_repeated() =>
        new ApiException("Token ghs_SecretOfSomebodyElse0123456789abcdef refused", HttpStatusCode.BadRequest).ToScmException().Message.Should().NotContain("ghs_Secret");

    [Fact]
    public void Nothing_is_refused() =>
        FluentActions.Invoking(() => ((ApiException)null!).ToScmException()).Should().Throw<ArgumentNullException>();

    /// <summary>A response with nothing but a status, as stand-ins of tests are.</summary>
    private sealed class BareResponse(string? body) : IResponse
    {
        public object Body => body!;

        public IReadOnlyDictionary<string, string> Headers => null!;

        public ApiInfo ApiInfo => null!;

        public HttpStatusCode StatusCode => HttpStatusCode.UnprocessableEntity;

        public string ContentType => null!;
    }

    private sealed class ForbiddenExceptionOfATest(string message) : ApiException(message, HttpStatusCode.Forbidden);
}
