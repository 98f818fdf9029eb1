using ScmIntegrations.Errors;

namespace ScmIntegrations.GitHub;

/// <summary>What looking after an ambiguous write can show.</summary>
public static class Reconciliation
{
    /// <summary>It was carried out, and this is what it made: the call returns it.</summary>
    /// <typeparam name="T">The type of the write's answer.</typeparam>
    /// <param name="value">What the write would have answered.</param>
    /// <returns>The finding.</returns>
    public static Reconciliation<T> CarriedOut<T>(T value) => new(true, false, value);

    /// <summary>It was not carried out, for certain: it is sent again, once.</summary>
    /// <typeparam name="T">The type of the write's answer.</typeparam>
    /// <returns>The finding.</returns>
    public static Reconciliation<T> NotCarriedOut<T>() => new(false, true, default);

    /// <summary>Nobody can tell: the <see cref="ScmAmbiguousWriteException"/> surfaces.</summary>
    /// <typeparam name="T">The type of the write's answer.</typeparam>
    /// <returns>The finding.</returns>
    public static Reconciliation<T> Unknown<T>() => new(false, false, default);
}

/// <summary>What looking after an ambiguous write has shown.</summary>
/// <typeparam name="T">The type of the write's answer.</typeparam>
public sealed class Reconciliation<T>
{
    internal Reconciliation(bool isCarriedOut, bool mayBeSentAgain, T? value)
    {
        IsCarriedOut = isCarriedOut;
        MayBeSentAgain = mayBeSentAgain;
        Value = value;
    }

    internal bool IsCarriedOut { get; }

    internal bool MayBeSentAgain { get; }

    internal T? Value { get; }
}
