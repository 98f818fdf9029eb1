namespace ScmIntegrations.Testing;

/// <summary>The states of all scenarios that were loaded together.</summary>
internal sealed class WireMockScenarios
{
    private const string Started = "Started";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _states = new(StringComparer.Ordinal);

    /// <summary>Whether the scenario is in the state; moves it on in the same breath, so that of two requests at once one moves it.</summary>
    public bool TryMove(string scenario, string? required, string? next)
    {
        lock (_gate)
        {
            if (required is not null && !string.Equals(_states.GetValueOrDefault(scenario, Started), required, StringComparison.Ordinal))
            {
                return false;
            }

            if (next is not null)
            {
                _states[scenario] = next;
            }

            return true;
        }
    }
}
