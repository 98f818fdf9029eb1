using System.Globalization;
using System.Text;

namespace ScmIntegrations.PostgreSQL.Accounts;

/// <summary>
/// Any text of .NET as a text of PostgreSQL, and back. What PostgreSQL does not take, NUL and halves of surrogate pairs, stands as
/// U+001A (substitute) and four hexadecimal digits, and so does U+001A itself; every usual text stands as it is.
/// </summary>
internal static class StoredText
{
    private const char Substitute = '\u001A';
    private const int Digits = 4;

    public static string? Write(string? text)
    {
        if (text is null || !NeedsSubstitutes(text))
        {
            return text;
        }

        var written = new StringBuilder(text.Length + Digits);
        for (var i = 0; i < text.Length; i++)
        {
            if (IsPair(text, i))
            {
                written.Append(text, i++, 2);
            }
            else if (IsPlain(text[i]))
            {
                written.Append(text[i]);
            }
            else
            {
                written.Append(Substitute).Append(((int)text[i]).ToString("x4", CultureInfo.InvariantCulture));
            }
        }

        return written.ToString();
    }

    /// <summary>Reads a text.</summary>
    /// <exception cref="FormatException">Somebody else wrote it.</exception>
    public static string Read(string stored)
    {
        if (!stored.Contains(Substitute, StringComparison.Ordinal))
        {
            return stored;
        }

        var parts = stored.Split(Substitute);
        var read = new StringBuilder(parts[0], stored.Length);
        foreach (var part in parts.Skip(1))
        {
            if (part.Length < Digits || !ushort.TryParse(part.AsSpan(0, Digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var character))
            {
                throw new FormatException("U+001A is not followed by four hexadecimal digits.");
            }

            read.Append((char)character).Append(part, Digits, part.Length - Digits);
        }

        return read.ToString();
    }

    private static bool NeedsSubstitutes(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (IsPair(text, i))
            {
                i++;
            }
            else if (!IsPlain(text[i]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsPair(string text, int index) => index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1]);

    private static bool IsPlain(char character) => character is not ('\0' or Substitute) && !char.IsSurrogate(character);
}
