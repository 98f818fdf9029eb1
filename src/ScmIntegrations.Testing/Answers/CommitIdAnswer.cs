using System.Text;

namespace ScmIntegrations.Testing;

/// <summary>The id of a commit as text. Its entity tag is the id, whoever asks, so that a local id can be compared.</summary>
internal sealed class CommitIdAnswer(string id) : Answer
{
    internal override string? Version => id;

    internal override string? Tag => $"\"{id}\"";

    internal override async Task WriteAsync(AnswerContext answering)
    {
        answering.Context.Response.ContentType = "application/vnd.github.sha; charset=utf-8";
        await answering.Context.Response.Body.WriteAsync(Encoding.ASCII.GetBytes(id), answering.CancellationToken).ConfigureAwait(false);
    }
}
