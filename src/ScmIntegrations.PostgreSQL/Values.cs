using System.Security.Cryptography;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using ScmIntegrations.PostgreSQL.Accounts;

namespace ScmIntegrations.PostgreSQL;

/// <summary>Parameters of statements.</summary>
internal static class Values
{
    private const int LongestKey = 500;

    // What is longer ends after the database's calendar does; it means "never".
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    /// <summary>A span of time; <see langword="null"/> for none, or for one of more than a hundred years.</summary>
    public static NpgsqlParameter Span(TimeSpan? span) =>
        new() { NpgsqlDbType = NpgsqlDbType.Interval, Value = span is { } value && value <= Longest ? value : DBNull.Value };

    /// <summary>Bytes.</summary>
    public static NpgsqlParameter Bytes(byte[]? bytes) => new() { NpgsqlDbType = NpgsqlDbType.Bytea, Value = bytes ?? (object)DBNull.Value };

    /// <summary>A number.</summary>
    public static NpgsqlParameter Number(long number) => new() { NpgsqlDbType = NpgsqlDbType.Bigint, Value = number };

    /// <summary>Any text, as <see cref="StoredText"/> writes it.</summary>
    public static NpgsqlParameter Text(string? text) => new() { NpgsqlDbType = NpgsqlDbType.Text, Value = StoredText.Write(text) ?? (object)DBNull.Value };

    /// <summary>A moment, to the microsecond.</summary>
    public static NpgsqlParameter Time(DateTimeOffset? time) => new() { NpgsqlDbType = NpgsqlDbType.TimestampTz, Value = time?.ToUniversalTime() ?? (object)DBNull.Value };

    /// <summary>The hash of a text of any length.</summary>
    public static NpgsqlParameter Hash(string text) => Bytes(SHA256.HashData(Encoding.Unicode.GetBytes(text)));

    /// <summary>A text that is part of a primary key: as it is, or its hash when it is too long for an index or no text to the database.</summary>
    public static NpgsqlParameter Key(string text) => new()
    {
        NpgsqlDbType = NpgsqlDbType.Text,
        Value = text.Length <= LongestKey && !text.Contains('\0', StringComparison.Ordinal) && IsWellFormed(text)
            ? text
            : "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.Unicode.GetBytes(text))),
    };

    private static bool IsWellFormed(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar)
            {
                return false;
            }
        }

        return true;
    }
}
