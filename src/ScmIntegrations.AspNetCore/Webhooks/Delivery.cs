using ScmIntegrations.GitHub.Webhooks;

namespace ScmIntegrations.AspNetCore.Webhooks;

/// <summary>A verified delivery on its way, and what becomes of it.</summary>
internal sealed class Delivery(GitHubWebhookEvent webhook, DeliveryKeys keys)
{
    // Continues asynchronously, so that who handles deliveries does not sit through the answers.
    private readonly TaskCompletionSource<DeliveryOutcome> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public GitHubWebhookEvent Webhook => webhook;

    public DeliveryKeys Keys => keys;

    /// <summary>What went wrong before the handlers were called.</summary>
    public Exception? Trouble { get; set; }

    /// <summary>Completes when it is handled or has failed. Never faults.</summary>
    public Task<DeliveryOutcome> Completion => _completion.Task;

    public void Complete(DeliveryOutcome outcome) => _completion.TrySetResult(outcome);
}

/// <summary>What has become of a delivery.</summary>
internal enum DeliveryOutcome
{
    /// <summary>Everything that was to be done is done.</summary>
    Handled,

    /// <summary>It was handled before, here or by another instance.</summary>
    Repeated,

    /// <summary>It is not done, and may be sent again.</summary>
    Failed,

    /// <summary>There was no room for it.</summary>
    Refused,
}
