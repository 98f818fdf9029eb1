namespace Microsoft.Extensions.DependencyInjection;

/// <summary>How far a key is from another: letters put in, taken out or changed. The same last part under another section is near.</summary>
internal static class KeyDistance
{
    public static int Between(string key, string known) =>
        Math.Min(Letters(key, known), 1 + Letters(Last(key), Last(known)));

    private static string Last(string key) => key[(key.LastIndexOf(':') + 1)..];

    private static int Letters(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var change = char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + change));
            }
        }

        return row[^1];
    }
}
