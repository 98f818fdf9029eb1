namespace ScmIntegrations.Testing;

/// <summary>How a body ends before its time.</summary>
internal enum BodyBreak
{
    Stall,
    Reset,
    Cut,
}

/// <summary>Another answer whose body stops half-way. The inner answer is written to memory first.</summary>
internal sealed class BrokenAnswer(Answer inner, int bytes, BodyBreak how) : Answer
{
    internal override async Task WriteAsync(AnswerContext answering)
    {
        var response = answering.Response;
        var wire = response.Body;
        using var whole = new MemoryStream();
        response.Body = whole;
        await inner.WriteAsync(answering).ConfigureAwait(false);
        await response.BodyWriter.FlushAsync(answering.CancellationToken).ConfigureAwait(false);
        response.Body = wire;

        var sent = whole.GetBuffer().AsMemory(0, (int)Math.Min(bytes, whole.Length));
        response.ContentLength = how is BodyBreak.Cut ? sent.Length : whole.Length;
        await response.StartAsync(answering.CancellationToken).ConfigureAwait(false);
        await response.Body.WriteAsync(sent, answering.CancellationToken).ConfigureAwait(false);
        await response.Body.FlushAsync(answering.CancellationToken).ConfigureAwait(false);
        if (how is BodyBreak.Stall)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, answering.Time, answering.CancellationToken).ConfigureAwait(false);
        }
        else if (how is BodyBreak.Reset)
        {
            answering.Context.Abort();
        }
    }
}
