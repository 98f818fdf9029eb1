namespace ScmIntegrations.GitHub.Webhooks;

/// <summary>The headers of a delivery that are read. None of them is signed: only the body is.</summary>
public static class GitHubWebhookHeaders
{
    /// <summary>The name of the event, for example <c>push</c>.</summary>
    public const string Event = "X-GitHub-Event";

    /// <summary>The id of the delivery; a redelivery comes with the same one.</summary>
    public const string Delivery = "X-GitHub-Delivery";

    /// <summary>The signature: <c>sha256=</c> and 64 hexadecimal digits. The older <c>X-Hub-Signature</c>, of SHA-1, is never looked at.</summary>
    public const string Signature = "X-Hub-Signature-256";
}
