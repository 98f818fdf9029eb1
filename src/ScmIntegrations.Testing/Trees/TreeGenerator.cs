using System.Globalization;

namespace ScmIntegrations.Testing;

/// <summary>Makes up trees.</summary>
internal static class TreeGenerator
{
    private const int DeepestFolder = 8;

    public static FakeTree Generate(int entries, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(entries);
        var random = new Random(seed);
        var folders = new List<(string Prefix, int Depth)> { ("", 0) };
        var builder = new FakeTreeBuilder();
        var written = 0;
        while (written < entries)
        {
            var (prefix, depth) = folders[random.Next(folders.Count)];

            // A folder exists only with a file in it, so it costs two entries. One in eight is like real repositories.
            if (depth < DeepestFolder && entries - written >= 2 && random.Next(8) == 0)
            {
                prefix = string.Create(CultureInfo.InvariantCulture, $"{prefix}folder{written:D6}/");
                folders.Add((prefix, depth + 1));
                written++;
            }

            builder.Add(MakeFile(string.Create(CultureInfo.InvariantCulture, $"{prefix}file{written:D6}.cs"), random));
            written++;
        }

        return builder.Build(string.Create(CultureInfo.InvariantCulture, $"Generated from seed {seed}"));
    }

    private static FakeTreeEntry MakeFile(string path, Random random)
    {
        var id = new byte[20];
        random.NextBytes(id);
        return new FakeTreeEntry(path, "100644", "blob", Convert.ToHexStringLower(id), random.Next(1, 50_000));
    }
}
