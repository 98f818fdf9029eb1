using ScmIntegrations.Errors;

namespace ScmIntegrations.GitHub;

/// <summary>What looking after an ambiguous write has shown.</summary>
/// <typeparam name="T">The type of the write's answer.</typeparam>
public sealed class Reconciliation<T>
{
    private Reconciliation(bool isCarriedOut, bool mayBeSentAgain, T? value)
    {
        IsCarriedOut = isCarriedOut;
        MayBeSentAgain = mayBeSentAgain;
        Value = value;
    }

    /// <summary>Nobody can tell: the <see cref="ScmAmbiguousWriteException"/> surfaces.</summary>
    public static Reconciliation<T> Unknown { get; } = new(false, false, default);

    /// <summary>It was not carried out, for certain: it is sent again, once.</summary>
    public static Reconciliation<T> NotCarriedOut { get; } = new(false, true, default);

    internal bool IsCarriedOut { get; }

    internal bool MayBeSentAgain { get; }

    internal T? Value { get; }

    /// <summary>It was carried out, and this is what it made: the call returns it.</summary>
    /// <param name="value">What the write would have answered.</param>
    /// <returns>The finding.</returns>
    public static Reconciliation<T> CarriedOut(T value) => new(true, false, value);
}
