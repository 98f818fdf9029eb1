using System.Buffers;

namespace ScmIntegrations.GitHub.Trees.Columns;

/// <summary>Writes numbers, texts and bytes one behind the other.</summary>
internal sealed class TreeBytesWriter(int expectedBytes)
{
    private readonly ArrayBufferWriter<byte> _bytes = new(expectedBytes);

    public void WriteByte(byte value) => _bytes.Write([value]);

    public void WriteBytes(ReadOnlySpan<byte> bytes) => _bytes.Write(bytes);

    /// <summary>Seven bits a byte, the lowest first; the eighth says that there are more.</summary>
    public void WriteNumber(ulong value)
    {
        var target = _bytes.GetSpan(10);
        var length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            target[length++] = (byte)(value | 0x80);
        }

        target[length++] = (byte)value;
        _bytes.Advance(length);
    }

    /// <summary>The length and every unit, so that any text comes back as it was.</summary>
    public void WriteText(string text)
    {
        WriteNumber((uint)text.Length);
        foreach (var unit in text)
        {
            WriteNumber(unit);
        }
    }

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();
}
