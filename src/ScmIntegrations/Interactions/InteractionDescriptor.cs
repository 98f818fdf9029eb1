namespace ScmIntegrations.Interactions;

/// <summary>What an interaction is called and how it is observed. Immutable, so one instance can serve every call.</summary>
public sealed record InteractionDescriptor
{
    /// <summary>Describes an interaction.</summary>
    /// <param name="name">What is done, for example <c>get_tree</c>. It becomes a tag, so it comes from a closed set and never holds an id.</param>
    /// <param name="provider">Who is spoken to, for example <c>github</c>, from a closed set; <see langword="null"/> when nobody in particular.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not 1 to 64 characters of a-z, 0-9, <c>_</c> and <c>.</c></exception>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    public InteractionDescriptor(string name, string? provider = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!TelemetryWord.IsWord(name))
        {
            throw new ArgumentException($"'{name}' cannot name an interaction: a name is {TelemetryWord.Rule}.", nameof(name));
        }

        Name = name;
        Provider = provider;
    }

    /// <summary>What is done. Tag <c>scm.interaction</c>.</summary>
    public string Name { get; }

    /// <summary>Who is spoken to. Tag <c>scm.provider</c>.</summary>
    public string? Provider { get; }

    /// <summary>The configured name of the client instance, from a closed set. Tag <c>scm.client</c>.</summary>
    public string? Client { get; init; }

    /// <summary>The share of endings that are logged, from 0 (none) to 1 (all, the default). Metrics are never sampled.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 0, above 1, or not a number.</exception>
    public double LogSampleRate
    {
        get;
        init => field = value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A log sample rate is from 0 to 1.");
    } = 1.0;

    /// <summary>
    /// Facts for logs and reports, such as a repository's name; never tags. They are written as they are: put no secret in.
    /// <see cref="InteractionScope.SetExtra"/> adds to them.
    /// </summary>
    public IReadOnlyDictionary<string, object?>? Extras { get; init; }
}
