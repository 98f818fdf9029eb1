using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace ScmIntegrations.Testing;

/// <summary>A small JSON answer, written to memory first so that its entity tag is known.</summary>
internal sealed class JsonAnswer : Answer
{
    private readonly int _status;
    private readonly byte[] _json;

    public JsonAnswer(int status, Action<Utf8JsonWriter> write, bool isTagged = false)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        _status = status;
        _json = buffer.WrittenSpan.ToArray();
        Version = isTagged ? Convert.ToHexStringLower(SHA256.HashData(_json)) : null;
    }

    internal override string? Version { get; }

    internal override async Task WriteAsync(AnswerContext answering)
    {
        var body = new JsonBody(answering.Context, _status);
        await using (body.ConfigureAwait(false))
        {
            body.Writer.WriteRawValue(_json, skipInputValidation: true);
            await body.FlushAsync(answering.CancellationToken).ConfigureAwait(false);
        }
    }
}
