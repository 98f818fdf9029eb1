namespace ScmIntegrations.Testing;

/// <summary>
/// What a request is answered with. Made by <see cref="Answers"/>; the methods here wrap one answer in another,
/// so that they can be chained. An answer keeps no state and can be used many times.
/// </summary>
public abstract class Answer
{
    /// <summary>What the entity tag is made from; <see langword="null"/> for answers without one.</summary>
    internal virtual string? Version => null;

    /// <summary>The entity tag itself, where it is not made from credential and version.</summary>
    internal virtual string? Tag => null;

    /// <summary>The same answer, later. The wait is on the clock of the server.</summary>
    /// <param name="delay">How long nothing is sent.</param>
    /// <returns>The later answer.</returns>
    public Answer After(TimeSpan delay) => new DelayedAnswer(this, delay);

    /// <summary>The same answer with a header set.</summary>
    /// <param name="name">The header.</param>
    /// <param name="value">Its value; <see langword="null"/> takes the header away.</param>
    /// <returns>The changed answer.</returns>
    public Answer WithHeader(string name, string? value) => new HeaderAnswer(this, name, value);

    /// <summary>
    /// Headers and the first bytes of the body, then silence until the client leaves or the server is disposed.
    /// </summary>
    /// <param name="bytes">How many bytes of the body are sent.</param>
    /// <returns>The stalling answer.</returns>
    public Answer StallAfter(int bytes) => new BrokenAnswer(this, bytes, BodyBreak.Stall);

    /// <summary>Headers and the first bytes of the body, then the connection is reset.</summary>
    /// <param name="bytes">How many bytes of the body are sent.</param>
    /// <returns>The breaking answer.</returns>
    public Answer ResetAfter(int bytes) => new BrokenAnswer(this, bytes, BodyBreak.Reset);

    /// <summary>
    /// The first bytes of the body as if they were all of it: sound HTTP, but JSON that ends too early.
    /// </summary>
    /// <param name="bytes">How many bytes of the body are sent.</param>
    /// <returns>The cut answer.</returns>
    public Answer CutAfter(int bytes) => new BrokenAnswer(this, bytes, BodyBreak.Cut);

    internal abstract Task WriteAsync(AnswerContext answering);
}
