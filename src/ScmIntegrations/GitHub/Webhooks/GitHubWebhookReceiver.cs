using ScmIntegrations.Http;

namespace ScmIntegrations.GitHub.Webhooks;

/// <summary>
/// Verifies deliveries and reads their events, without a web server of its own. Whatever arrives gives a result, never an
/// exception; what is not proved to be GitHub's is not parsed. Safe for concurrent use.
/// </summary>
public sealed class GitHubWebhookReceiver
{
    /// <summary>The largest body that GitHub sends: 25 MB.</summary>
    public const int MaxBodyBytes = 25 * 1024 * 1024;

    private readonly SignatureSecrets _secrets;

    /// <summary>The largest body that is read, in bytes.</summary>
    /// <value><see cref="MaxBodyBytes"/> by default, which is the most that GitHub sends; from 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1, or above <see cref="MaxBodyBytes"/>.</exception>
    public int BodyLimit
    {
        get;
        init => field = value is >= 1 and <= MaxBodyBytes
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"The largest body is from 1 to {MaxBodyBytes} bytes.");
    } = MaxBodyBytes;

    /// <summary>Makes a receiver.</summary>
    /// <param name="secrets">
    /// The webhook's secret; while it is being changed, the new one and the old one. Empty ones do not count, and without any nothing is accepted.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="secrets"/> is <see langword="null"/>.</exception>
    public GitHubWebhookReceiver(params IEnumerable<string> secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        _secrets = new(secrets);
    }

    /// <summary>Verifies a delivery and reads its event.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <returns>The event, or why there is none.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="delivery"/> is <see langword="null"/>.</exception>
    public GitHubWebhookResult Receive(GitHubWebhookDelivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        return Refuse(delivery.Signature) is { } refused ? refused
            : delivery.Body.Length > BodyLimit ? TooLarge()
            : !_secrets.Verify(delivery.Body.Span, delivery.Signature!) ? new(GitHubWebhookStatus.SignatureWrong, "The signature is of another body or another secret.")
            : WebhookParser.Parse(delivery);
    }

    /// <summary>Reads a body within its bound, then does as <see cref="Receive"/>. A delivery without a proper signature is refused unread.</summary>
    /// <param name="header">Looks a header up by its name; <see langword="null"/> when it is absent.</param>
    /// <param name="body">The body. It is left open.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The event, or why there is none.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<GitHubWebhookResult> ReceiveAsync(Func<string, string?> header, Stream body, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(body);
        var signature = header(GitHubWebhookHeaders.Signature);
        if (Refuse(signature) is { } refused)
        {
            return refused;
        }

        try
        {
            return await BoundedBody.ReadAsync(body, BodyLimit, cancellationToken).ConfigureAwait(false) is not { } bytes ? TooLarge() : Receive(new(bytes)
            {
                Signature = signature,
                Event = header(GitHubWebhookHeaders.Event),
                DeliveryId = header(GitHubWebhookHeaders.Delivery),
            });
        }
        catch (IOException)
        {
            return new(GitHubWebhookStatus.BodyUnreadable, "The body broke off.");
        }
    }

    /// <summary>What is wrong with a signature before a body is looked at; <see langword="null"/> when nothing is.</summary>
    private GitHubWebhookResult? Refuse(string? signature) =>
        _secrets.IsEmpty ? new(GitHubWebhookStatus.NoSecret, "No webhook secret is set, so no delivery is accepted.")
        : string.IsNullOrEmpty(signature) ? new(GitHubWebhookStatus.SignatureMissing, $"The delivery has no {GitHubWebhookHeaders.Signature}: set the webhook's secret on GitHub.")
        : SignatureSecrets.IsWellFormed(signature) ? null
        : new(GitHubWebhookStatus.SignatureMalformed, $"{GitHubWebhookHeaders.Signature} is not '{SignatureSecrets.Prefix}' and 64 hexadecimal digits.");

    private GitHubWebhookResult TooLarge() => new(
        GitHubWebhookStatus.BodyTooLarge,
        BodyLimit == MaxBodyBytes ? $"The body is larger than {MaxBodyBytes} bytes, which is the most that GitHub sends." : $"The body is larger than {BodyLimit} bytes.");
}
