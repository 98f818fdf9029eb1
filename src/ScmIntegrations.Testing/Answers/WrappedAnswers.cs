namespace ScmIntegrations.Testing;

/// <summary>The answer of the fake itself; decided only when it is its turn.</summary>
internal sealed class RealAnswer(Func<Answer> decide) : Answer
{
    /// <summary>Does what was asked, and says nothing.</summary>
    public void CarryOut() => decide();

    internal override Task WriteAsync(AnswerContext answering) => decide().WriteAsync(answering);
}

/// <summary>Stands for the answer of the fake itself in a script.</summary>
internal sealed class PassThroughAnswer : Answer
{
    internal override Task WriteAsync(AnswerContext answering) => answering.Real.WriteAsync(answering);
}

/// <summary>Does what was asked, and answers something else.</summary>
internal sealed class CarriedOutAnswer(Answer instead) : Answer
{
    internal override Task WriteAsync(AnswerContext answering)
    {
        answering.Real.CarryOut();
        return instead.WriteAsync(answering);
    }
}

/// <summary>An answer that comes late.</summary>
internal sealed class DelayedAnswer(Answer inner, TimeSpan delay) : Answer
{
    internal override async Task WriteAsync(AnswerContext answering)
    {
        await Task.Delay(delay, answering.Time, answering.CancellationToken).ConfigureAwait(false);
        await inner.WriteAsync(answering).ConfigureAwait(false);
    }
}

/// <summary>An answer with a header changed at the last moment, so that it wins over the answer's own.</summary>
internal sealed class HeaderAnswer(Answer inner, string name, string? value) : Answer
{
    internal override Task WriteAsync(AnswerContext answering)
    {
        answering.Response.OnStarting(() =>
        {
            answering.Response.Headers[name] = value;
            return Task.CompletedTask;
        });
        return inner.WriteAsync(answering);
    }
}
