namespace ScmIntegrations.GitHub.Webhooks;

/// <summary>
/// Verifies deliveries and reads their events, without a web server of its own. Whatever arrives gives a result, never an
/// exception; what is not proved to be GitHub's is not parsed. Safe for concurrent use.
/// </summary>
public sealed class GitHubWebhookReceiver
{
    /// <summary>The largest body that GitHub sends: 25 MB.</summary>
    public const int MaxBodyBytes = 25 * 1024 * 1024;

    private readonly WebhookSecrets _secrets;

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
        return _secrets.Refuse(delivery.Signature) is { } refused ? refused
            : delivery.Body.Length > MaxBodyBytes ? TooLarge()
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
        if (_secrets.Refuse(signature) is { } refused)
        {
            return refused;
        }

        using var read = new MemoryStream();
        var chunk = new byte[16 * 1024];
        try
        {
            for (int count; (count = await body.ReadAsync(chunk, cancellationToken).ConfigureAwait(false)) > 0;)
            {
                if (read.Length + count > MaxBodyBytes)
                {
                    return TooLarge();
                }

                read.Write(chunk, 0, count);
            }
        }
        catch (IOException)
        {
            return new(GitHubWebhookStatus.BodyUnreadable, "The body broke off.");
        }

        return Receive(new(read.ToArray())
        {
            Signature = signature,
            Event = header(GitHubWebhookHeaders.Event),
            DeliveryId = header(GitHubWebhookHeaders.Delivery),
        });
    }

    private static GitHubWebhookResult TooLarge() => new(GitHubWebhookStatus.BodyTooLarge, $"The body is larger than {MaxBodyBytes} bytes, which is the most that GitHub sends.");
}
