using ScmIntegrations.Resilience;
using ScmIntegrations.Resilience.Retries;

namespace ScmIntegrations.ToolGateways.Scalekit;

/// <summary>One operation of Scalekit's API: where it is, and how safe it is to send twice.</summary>
/// <param name="Name">What it does, by the name of its interaction where it has one.</param>
/// <param name="Method">The method.</param>
/// <param name="Path">The path below the environment's address.</param>
/// <param name="Class">How safe it is to send twice.</param>
/// <param name="Nature">What else is known of it beforehand, for the retry.</param>
internal sealed record ScalekitOperation(string Name, HttpMethod Method, string Path, OperationClass Class, RetryCondition Nature = RetryCondition.None);
