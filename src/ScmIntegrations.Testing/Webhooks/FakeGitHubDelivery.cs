using System.Net.Http.Headers;
using System.Text;

namespace ScmIntegrations.Testing;

/// <summary>A delivery of a GitHub webhook as it goes over the wire: made by <see cref="FakeGitHub.Webhooks"/>, or by hand.</summary>
/// <param name="Headers">The headers, among them event, delivery id and signature.</param>
/// <param name="Body">The body that was signed.</param>
public sealed record FakeGitHubDelivery(IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    private const string EventHeader = "X-GitHub-Event";
    private const string IdHeader = "X-GitHub-Delivery";

    /// <summary>The name of the event, for example <c>push</c>.</summary>
    public string? Event => Header(EventHeader);

    /// <summary>The delivery's id; a redelivery has the same.</summary>
    public string? Id => Header(IdHeader);

    /// <summary>Signs a body.</summary>
    /// <param name="webhookEvent">The name of the event.</param>
    /// <param name="body">The body, which need not be a sound one.</param>
    /// <param name="secret">The webhook's secret.</param>
    /// <returns>The delivery, with an id of its own.</returns>
    public static FakeGitHubDelivery Create(string webhookEvent, ReadOnlyMemory<byte> body, string secret)
    {
        ArgumentException.ThrowIfNullOrEmpty(webhookEvent);
        ArgumentNullException.ThrowIfNull(secret);
        return new(
            new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
            {
                ["Content-Type"] = "application/json",
                ["User-Agent"] = "GitHub-Hookshot/0000000",
                [EventHeader] = webhookEvent,
                [IdHeader] = Guid.NewGuid().ToString(),
                ["X-GitHub-Hook-ID"] = "1",
                ["X-Hub-Signature-256"] = DeliveryHeaders.Sign(body, secret),
            },
            body);
    }

    /// <summary>Signs a text.</summary>
    /// <param name="webhookEvent">The name of the event.</param>
    /// <param name="json">The body, sent as UTF-8.</param>
    /// <param name="secret">The webhook's secret.</param>
    /// <returns>The delivery, with an id of its own.</returns>
    public static FakeGitHubDelivery Create(string webhookEvent, string json, string secret) => Create(webhookEvent, Encoding.UTF8.GetBytes(json), secret);

    /// <summary>The same delivery with a header changed.</summary>
    /// <param name="name">The header.</param>
    /// <param name="value">Its value; <see langword="null"/> takes it away.</param>
    /// <returns>The changed delivery; its signature is the old one.</returns>
    public FakeGitHubDelivery WithHeader(string name, string? value) => this with { Headers = DeliveryHeaders.With(Headers, name, value) };

    /// <summary>A header's value.</summary>
    /// <param name="name">The header, in any case.</param>
    /// <returns>The value; <see langword="null"/> when it is absent.</returns>
    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value : null;

    /// <summary>The request that GitHub would make.</summary>
    /// <param name="address">The endpoint; it may be relative to the address of the client that sends it.</param>
    /// <returns>A POST with all headers and the very bytes of the body. A request is sent once; ask for another to deliver again.</returns>
    public HttpRequestMessage CreateRequest(Uri address)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ReadOnlyMemoryContent(Body) };
        foreach (var (name, value) in Headers)
        {
            if (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
            {
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            }
            else
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return request;
    }

    /// <summary>Delivers it to an endpoint.</summary>
    /// <param name="client">A client of the application under test, for example a <c>TestServer</c>'s.</param>
    /// <param name="address">The endpoint; it may be relative to the client's address.</param>
    /// <param name="cancellationToken">Cancels the delivery.</param>
    /// <returns>What the endpoint answers; to be disposed.</returns>
    public async Task<HttpResponseMessage> PostAsync(HttpClient client, Uri address, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        using var request = CreateRequest(address);
        return await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Event, id and length; neither the body nor the signature.</summary>
    /// <returns>A line of text.</returns>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Event} {Id}, {Body.Length} bytes");
}
