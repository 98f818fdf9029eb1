using System.Diagnostics.CodeAnalysis;

namespace ScmIntegrations.ConventionTests.PublicApi;

/// <summary>A bit of everything that the text has to show.</summary>
public abstract class PublicApiSample : IDisposable
{
    public const int Limit = 3;

    protected PublicApiSample(string? name = null) => Hidden = name;

    public required IReadOnlyList<string?> Names { get; init; }

    internal string? Hidden { get; }

    public static void All(params string[] names) => ArgumentNullException.ThrowIfNull(names);

    public abstract Task<T?> ReadAsync<T>(string key, DayOfWeek day = DayOfWeek.Friday, CancellationToken cancellationToken = default)
        where T : class;

    [Obsolete("Gone.")]
    public bool Old([NotNullWhen(true)] out string? value)
    {
        value = Hidden;
        return value is not null;
    }

    public virtual void Dispose() => GC.SuppressFinalize(this);
}

public sealed record PublicApiSampleRecord(long? Id);
