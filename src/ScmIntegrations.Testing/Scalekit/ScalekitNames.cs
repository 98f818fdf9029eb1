using System.Collections.Immutable;
using System.Text.Json;

namespace ScmIntegrations.Testing;

/// <summary>Names of fields and values of enumerations, in the form that a test wants them in.</summary>
internal sealed class ScalekitNames(FakeScalekitOptions options)
{
    /// <summary>A field's name, given in snake_case.</summary>
    public string this[string name] => options.WritesCamelCase ? JsonNamingPolicy.CamelCase.ConvertName(Pascal(name)) : name;

    /// <summary>Writes a value by name, or by its number; a word that has none is written as it is.</summary>
    public void WriteEnum(Utf8JsonWriter json, string name, string value, ImmutableArray<string> values)
    {
        var number = values.IndexOf(value);
        if (options.WritesEnumNumbers && number >= 0)
        {
            json.WriteNumber(this[name], number);
        }
        else
        {
            json.WriteString(this[name], value);
        }
    }

    private static string Pascal(string name) => string.Concat(name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
