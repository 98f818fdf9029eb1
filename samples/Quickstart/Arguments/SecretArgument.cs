namespace Quickstart.Arguments;

/// <summary>A secret that was typed, or stands in the environment. What was typed goes first. A class, not a record: records print what they hold.</summary>
internal sealed class SecretArgument(string source, string value)
{
    /// <summary>Where it was found, for messages.</summary>
    public string Source => source;

    public string Value => value;

    /// <summary>The secret; <see langword="null"/> when nobody gives one.</summary>
    public static SecretArgument? Find(string option, string variable, RawArguments raw, Func<string, string?> environment) =>
        raw.Find(option) is { } typed ? new(option, typed)
        : environment(variable) is { Length: > 0 } inherited ? new(variable, inherited)
        : null;
}
