using ScmIntegrations.Http;

namespace ScmIntegrations.CodingAgents.Cursor;

/// <summary>
/// Verifies Cursor's deliveries and reads their events, without a web server of its own. Whatever arrives gives a result, never an
/// exception; what is not proved to be Cursor's is not parsed, and what was accepted once is not accepted again. Safe for concurrent use.
/// </summary>
/// <remarks>
/// A delivery is known again by its body, which is signed, and by its id, for as long as <see cref="Memory"/>; one that was sent
/// before that by Cursor's clock, or is dated as far ahead, counts as a repeated one. Several instances of a service each remember for themselves.
/// </remarks>
public sealed class CursorWebhookReceiver
{
    /// <summary>The largest body that is read: 1 MiB. A change of a status has a few hundred bytes.</summary>
    public const int MaxBodyBytes = 1024 * 1024;

    /// <summary>The most deliveries that are remembered; beyond, the oldest is forgotten.</summary>
    public const int MaxRemembered = 100_000;

    private readonly SignatureSecrets _secrets;
    private readonly TimeProvider _time;
    private readonly DeliveryMemory _memory;

    /// <summary>Makes a receiver.</summary>
    /// <param name="secrets">
    /// The webhook's secret; while it is being changed, the new one and the old one. Empty ones do not count, and without any nothing is accepted.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="secrets"/> is <see langword="null"/>.</exception>
    public CursorWebhookReceiver(params IEnumerable<string> secrets)
        : this(TimeProvider.System, secrets)
    {
    }

    /// <summary>Makes a receiver with a clock of its own.</summary>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="secrets">The webhook's secrets.</param>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public CursorWebhookReceiver(TimeProvider timeProvider, params IEnumerable<string> secrets)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentNullException.ThrowIfNull(secrets);
        _secrets = new(secrets);
        _time = timeProvider;
        _memory = new(timeProvider, Memory, MaxRemembered);
    }

    /// <summary>How long a delivery is remembered: a day.</summary>
    public static TimeSpan Memory { get; } = TimeSpan.FromDays(1);

    /// <summary>Verifies a delivery and reads its event.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <returns>The event, or why there is none.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="delivery"/> is <see langword="null"/>.</exception>
    public CursorWebhookResult Receive(CursorWebhookDelivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        return Refuse(delivery.Signature) is { } refused ? refused
            : delivery.Body.Length > MaxBodyBytes ? TooLarge()
            : !_secrets.Verify(delivery.Body.Span, delivery.Signature!, isPrefixOptional: true) ? new(CursorWebhookStatus.SignatureWrong, "The signature is of another body or another secret.")
            : Remember(CursorWebhookParser.Parse(delivery), delivery);
    }

    /// <summary>Reads a body within its bound, then does as <see cref="Receive"/>. A delivery without a proper signature is refused unread.</summary>
    /// <param name="header">Looks a header up by its name; <see langword="null"/> when it is absent.</param>
    /// <param name="body">The body. It is left open.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The event, or why there is none.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<CursorWebhookResult> ReceiveAsync(Func<string, string?> header, Stream body, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(body);
        var signature = header(CursorWebhookHeaders.Signature);
        if (Refuse(signature) is { } refused)
        {
            return refused;
        }

        try
        {
            return await BoundedBody.ReadAsync(body, MaxBodyBytes, cancellationToken).ConfigureAwait(false) is not { } bytes ? TooLarge() : Receive(new(bytes)
            {
                Signature = signature,
                Event = header(CursorWebhookHeaders.Event),
                Id = header(CursorWebhookHeaders.Id),
            });
        }
        catch (IOException)
        {
            return new(CursorWebhookStatus.BodyUnreadable, "The body broke off.");
        }
    }

    /// <summary>Forgets an accepted delivery whose handling failed, so that it is accepted when Cursor sends it again.</summary>
    /// <param name="result">What <see cref="Receive"/> gave; one that was not accepted is left alone.</param>
    /// <exception cref="ArgumentNullException"><paramref name="result"/> is <see langword="null"/>.</exception>
    public void Forget(CursorWebhookResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Mark is { } mark)
        {
            _memory.Remove(mark);
        }
    }

    private CursorWebhookResult Remember(CursorWebhookResult result, CursorWebhookDelivery delivery)
    {
        if (!result.IsAccepted)
        {
            return result;
        }

        if (result.Event.SentAt is { } sentAt && (_time.GetUtcNow() - sentAt).Duration() >= Memory)
        {
            return new(CursorWebhookStatus.Replayed, $"Nothing is to be done: it is dated {Memory.TotalHours:0} hours or more ago or ahead, so that it cannot be told from a repeated one.");
        }

        var mark = DeliveryMark.Of(result.Event.DeliveryId, delivery.Body.Span);
        return _memory.TryAdd(mark, result.Event.SentAt) ? result with { Mark = mark } : new(CursorWebhookStatus.Replayed, "Nothing is to be done: it came before.");
    }

    /// <summary>What is wrong with a signature before a body is looked at; <see langword="null"/> when nothing is.</summary>
    private CursorWebhookResult? Refuse(string? signature) =>
        _secrets.IsEmpty ? new(CursorWebhookStatus.NoSecret, "No webhook secret is set, so no delivery is accepted.")
        : string.IsNullOrEmpty(signature) ? new(CursorWebhookStatus.SignatureMissing, $"The delivery has no {CursorWebhookHeaders.Signature}.")
        : SignatureSecrets.IsWellFormed(signature, isPrefixOptional: true) ? null
        : new(CursorWebhookStatus.SignatureMalformed, $"{CursorWebhookHeaders.Signature} is not 64 hexadecimal digits, with or without '{SignatureSecrets.Prefix}'.");

    private static CursorWebhookResult TooLarge() => new(CursorWebhookStatus.BodyTooLarge, $"The body is larger than {MaxBodyBytes} bytes.");
}
