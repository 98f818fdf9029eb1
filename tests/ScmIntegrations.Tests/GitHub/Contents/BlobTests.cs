using ScmIntegrations.Errors;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Contents;

/// <summary>A blob is what its id says, or an error.</summary>
public sealed class BlobTests
{
    [Fact]
    public async Task A_blob_is_read_raw_by_its_id()
    {
        await using var fixture = await ClientFixture.StartAsync();
        var content = ContentFixture.Bytes(70_000);
        var sha = fixture.Api().PutFile("data", content);

        (await fixture.GetBlobAsync(sha)).ToArray().Should().Equal(content);
        (await fixture.GetBlobAsync(sha.ToUpperInvariant())).Length.Should().Be(70_000);
        fixture.GitHub.Requests[0].Headers["Accept"].Should().Be("application/vnd.github.raw+json");
        fixture.CountedOutcomes.Should().Equal("started", "success", "started", "success");
    }

    [Fact]
    public async Task Another_content_than_the_ids_is_asked_for_again()
    {
        await using var fixture = await ClientFixture.StartAsync();
        var sha = fixture.Api().PutFile("data", "right");
        fixture.GitHub.When(HttpMethod.Get, ContentFixture.Blobs).Once().Answer(Answers.Text(200, "wrong", ContentFixture.RawType));

        (await fixture.GetBlobAsync(sha)).ToArray().Should().Equal(ContentFixture.Utf8("right"));
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("righ")]
    [InlineData("")]
    public async Task Another_content_than_the_ids_is_never_delivered(string body)
    {
        await using var fixture = await ClientFixture.StartAsync();
        var sha = fixture.Api().PutFile("data", "right");
        fixture.GitHub.When(HttpMethod.Get, ContentFixture.Blobs).Answer(Answers.Text(200, body, ContentFixture.RawType));

        var get = () => fixture.GetBlobAsync(sha);

        (await get.Should().ThrowAsync<ScmTransportException>()).Which.Message.Should().Contain(sha);
    }

    [Fact]
    public async Task A_missing_blob_is_not_found()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Api().PutFile("data", "there");

        var get = () => fixture.GetBlobAsync(new string('0', 40));

        await get.Should().ThrowAsync<ScmNotFoundException>();
    }

    [Theory]
    [InlineData("")]
    [InlineData("main")]
    [InlineData("../../../user")]
    [InlineData("e69de29bb2d1d6434b8b29ae775ad8c2e48c539")]
    [InlineData("e69de29bb2d1d6434b8b29ae775ad8c2e48c539z")]
    public async Task What_is_no_id_is_refused_before_anything_is_sent(string sha)
    {
        await using var fixture = await ClientFixture.StartAsync();

        var get = () => fixture.GetBlobAsync(sha);
        var open = () => fixture.OpenBlobAsync(sha);

        await get.Should().ThrowAsync<ArgumentException>();
        await open.Should().ThrowAsync<ArgumentException>();
        fixture.GitHub.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_blob_of_a_hundred_megabytes_streams_through()
    {
        const int size = 100 * 1024 * 1024;
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, ContentFixture.Blobs).Answer(Answers.Custom(async (context, cancellationToken) =>
        {
            context.Response.ContentType = ContentFixture.RawType;
            context.Response.ContentLength = size;
            var block = new byte[1024 * 1024];
            for (var sent = 0; sent < size; sent += block.Length)
            {
                await context.Response.Body.WriteAsync(block, cancellationToken);
            }
        }));

        // The id that git gives to 100 MiB of zeros.
        await using var blob = await fixture.OpenBlobAsync(ZerosId(size));
        var buffer = new byte[81920];
        long total = 0;
        for (int read; (read = await blob.Content.ReadAsync(buffer, TestContext.Current.CancellationToken)) > 0;)
        {
            total += read;
        }

        (total, blob.Length).Should().Be((size, size));
        fixture.CountedOutcomes.Should().Equal("started", "success");
    }

    [Fact]
    public async Task One_byte_more_than_the_bound_is_an_error()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.Client = options => options.MaxBlobBytes = 2048);
        var sha = fixture.Api().PutFile("data", ContentFixture.Bytes(2049));

        var get = () => fixture.GetBlobAsync(sha);
        (await get.Should().ThrowAsync<ScmUnreadableResponseException>()).Which.Reason.Should().Be(ErrorReason.ResponseTooLarge);
    }

#pragma warning disable CA5350 // What git's ids are.
    private static string ZerosId(int size)
    {
        using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA1);
        hash.AppendData(ContentFixture.Utf8($"blob {size}\0"));
        var block = new byte[1024 * 1024];
        for (var done = 0; done < size; done += block.Length)
        {
            hash.AppendData(block);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
#pragma warning restore CA5350
}
