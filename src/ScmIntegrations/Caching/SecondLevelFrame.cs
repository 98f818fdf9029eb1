using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace ScmIntegrations.Caching;

/// <summary>
/// A value as it lies in the store. What is of another version, cut off, changed, or put under another key does not open, and
/// nothing is unpacked beyond the length that it declares, which is bounded.
/// <code>
/// offset  bytes  what
///      0      1  version, 1
///      1      8  fetched at, UTC ticks, little-endian like all numbers here
///      9      8  expires at, UTC ticks
///     17      4  length unpacked
///     21     16  the first half of SHA-256 over the key, bytes 0 to 20 and the rest
///     37         the value, Brotli
/// </code>
/// </summary>
/// <remarks>The checksum finds damage, not forgery: who can write to the store is trusted.</remarks>
internal static class SecondLevelFrame
{
    /// <summary>The most bytes of a value, unpacked: four of the largest answers that a client takes by default.</summary>
    public const int MaxUnpackedBytes = 256 * 1024 * 1024;

    private const byte Version = 1;
    private const int FetchedAt = 1;
    private const int ExpiresAt = 9;
    private const int Length = 17;
    private const int Checksum = 21;
    private const int ChecksumBytes = 16;
    private const int HeaderBytes = Checksum + ChecksumBytes;

    // Fast, and little larger than what takes ten times as long: half of a tree is object ids, which nothing compresses.
    private const int Quality = 3;
    private const int Window = 22;

    /// <summary>Packs a value.</summary>
    /// <returns>The bytes for the store; <see langword="null"/> when they would be more than <paramref name="maxBytes"/>.</returns>
    public static byte[]? Pack(string key, Aged<ReadOnlyMemory<byte>> value, int maxBytes)
    {
        if (value.Value.Length > MaxUnpackedBytes)
        {
            return null;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(HeaderBytes + BrotliEncoder.GetMaxCompressedLength(value.Value.Length));
        try
        {
            if (!BrotliEncoder.TryCompress(value.Value.Span, buffer.AsSpan(HeaderBytes), out var written, Quality, Window) || HeaderBytes + written > maxBytes)
            {
                return null;
            }

            var framed = buffer.AsSpan(0, HeaderBytes + written);
            framed[0] = Version;
            BinaryPrimitives.WriteInt64LittleEndian(framed[FetchedAt..], value.FetchedAt.UtcTicks);
            BinaryPrimitives.WriteInt64LittleEndian(framed[ExpiresAt..], value.ExpiresAt.UtcTicks);
            BinaryPrimitives.WriteInt32LittleEndian(framed[Length..], value.Value.Length);
            WriteChecksum(key, framed, framed.Slice(Checksum, ChecksumBytes));
            return framed.ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Opens what a store gave. Never throws.</summary>
    /// <returns>Whether it is a whole value of this version, written under this key.</returns>
    public static bool TryUnpack(string key, ReadOnlySpan<byte> framed, out Aged<byte[]> value)
    {
        value = default;
        if (framed.Length < HeaderBytes || framed[0] != Version || !IsIntact(key, framed))
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(framed[Length..]);
        if (length is < 0 or > MaxUnpackedBytes
            || !TryReadTime(framed[FetchedAt..], out var fetchedAt)
            || !TryReadTime(framed[ExpiresAt..], out var expiresAt)
            || !TryDecompress(framed[HeaderBytes..], length, out var unpacked))
        {
            return false;
        }

        value = new(unpacked, fetchedAt, expiresAt);
        return true;
    }

    private static bool TryDecompress(ReadOnlySpan<byte> compressed, int length, [NotNullWhen(true)] out byte[]? unpacked)
    {
        // One byte more than declared, so that more is seen, and so that an empty value has somewhere to go.
        var buffer = ArrayPool<byte>.Shared.Rent(length + 1);
        try
        {
            var isWhole = BrotliDecoder.TryDecompress(compressed, buffer.AsSpan(0, length + 1), out var written) && written == length;
            unpacked = isWhole ? buffer.AsSpan(0, length).ToArray() : null;
            return isWhole;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool TryReadTime(ReadOnlySpan<byte> bytes, out DateTimeOffset time)
    {
        var ticks = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        var isTime = ticks >= DateTimeOffset.MinValue.Ticks && ticks <= DateTimeOffset.MaxValue.Ticks;
        time = isTime ? new DateTimeOffset(ticks, TimeSpan.Zero) : default;
        return isTime;
    }

    private static bool IsIntact(string key, ReadOnlySpan<byte> framed)
    {
        Span<byte> expected = stackalloc byte[ChecksumBytes];
        WriteChecksum(key, framed, expected);
        return expected.SequenceEqual(framed.Slice(Checksum, ChecksumBytes));
    }

    private static void WriteChecksum(string key, ReadOnlySpan<byte> framed, Span<byte> checksum)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(key));
        hash.AppendData(framed[..Checksum]);
        hash.AppendData(framed[HeaderBytes..]);
        hash.GetHashAndReset().AsSpan(0, ChecksumBytes).CopyTo(checksum);
    }
}
