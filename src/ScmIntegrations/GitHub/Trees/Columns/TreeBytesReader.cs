namespace ScmIntegrations.GitHub.Trees.Columns;

/// <summary>Reads what <see cref="TreeBytesWriter"/> wrote, from bytes that may be anything. It never takes memory for what is not there.</summary>
internal ref struct TreeBytesReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _left = bytes;

    public readonly int Left => _left.Length;

    public readonly bool IsAtEnd => _left.IsEmpty;

    public bool TryReadByte(out byte value)
    {
        value = _left.IsEmpty ? default : _left[0];
        return TryReadBytes(1, out _);
    }

    public bool TryReadBytes(long count, out ReadOnlySpan<byte> bytes)
    {
        var isThere = count <= _left.Length;
        bytes = isThere ? _left[..(int)count] : default;
        _left = isThere ? _left[(int)count..] : default;
        return isThere;
    }

    public bool TryReadNumber(out ulong value)
    {
        const int bits = 7;
        value = 0;
        for (var shift = 0; shift < 64 && TryReadByte(out var part); shift += bits)
        {
            // The tenth byte has room for one bit.
            if (shift == 63 && part > 1)
            {
                return false;
            }

            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How many there are of something that takes a byte at least: more than there are bytes left cannot be.</summary>
    public bool TryReadCount(out int count)
    {
        var isThere = TryReadNumber(out var value) && value <= (ulong)_left.Length;
        count = isThere ? (int)value : 0;
        return isThere;
    }

    public bool TryReadText(out string text)
    {
        text = "";
        if (!TryReadCount(out var length))
        {
            return false;
        }

        var units = new char[length];
        for (var at = 0; at < length; at++)
        {
            if (!TryReadNumber(out var unit) || unit > char.MaxValue)
            {
                return false;
            }

            units[at] = (char)unit;
        }

        text = new string(units);
        return true;
    }
}
