using System.Globalization;
using System.Reflection;

namespace ScmIntegrations.PostgreSQL.Schema;

/// <summary>One step from a version of the schema to the next: an embedded file named <c>NNN_what.sql</c>.</summary>
/// <param name="Version">The version that it leads to; from 1, without gaps.</param>
/// <param name="Name">The name of the file.</param>
/// <param name="Text">The statements, with <c>{schema}</c> where the name of the schema belongs.</param>
internal sealed record SchemaScript(int Version, string Name, string Text)
{
    /// <summary>Reads all scripts, in their order. A script that was released is never changed: a change is a new one.</summary>
    public static IReadOnlyList<SchemaScript> ReadAll()
    {
        var assembly = typeof(SchemaScript).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => new SchemaScript(int.Parse(name.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture), name, Read(assembly, name)))];
    }

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
