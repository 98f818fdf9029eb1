using ScmIntegrations.Resilience.Retries;

namespace ScmIntegrations.Http;

/// <summary>What the retry has to know of an attempt that broke on the wire or in the body.</summary>
internal static class TransportConditions
{
    /// <summary>The conditions of an exception for which <see cref="TransportError.From"/> has an error.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="hasAnswer">Whether headers had come.</param>
    /// <param name="isCustomHost">Whether the host is not one of GitHub's own.</param>
    public static RetryCondition Of(Exception exception, bool hasAnswer, bool isCustomHost)
    {
        var found = RetryCondition.None;
        void Add(RetryCondition condition, bool holds) => found |= holds ? condition : RetryCondition.None;
        Add(RetryCondition.BeforeSend, TransportError.IsBeforeSend(exception));
        Add(RetryCondition.NameUnknown, TransportError.IsNameUnknown(exception));
        Add(RetryCondition.NoSuchHost, TransportError.IsNoSuchHost(exception));
        Add(RetryCondition.CustomHost, isCustomHost);
        Add(RetryCondition.WrongShape, TransportError.IsWrongShape(exception));
        Add(RetryCondition.BodyBroken, hasAnswer);
        return found;
    }
}
