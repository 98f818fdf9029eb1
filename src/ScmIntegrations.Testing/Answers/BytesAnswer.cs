namespace ScmIntegrations.Testing;

/// <summary>A fixed body.</summary>
internal sealed class BytesAnswer(int status, ReadOnlyMemory<byte> body, string? contentType, string? version = null) : Answer
{
    internal override string? Version => version;

    internal override async Task WriteAsync(AnswerContext answering)
    {
        var response = answering.Response;
        response.StatusCode = status;
        if (status is 204 or 304)
        {
            return;
        }

        response.ContentType = contentType;
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, answering.CancellationToken).ConfigureAwait(false);
    }
}

/// <summary>304: the client's copy is still right.</summary>
internal sealed class NotModifiedAnswer : Answer
{
    internal override Task WriteAsync(AnswerContext answering)
    {
        answering.Response.StatusCode = 304;
        return Task.CompletedTask;
    }
}
