using System.Diagnostics;

namespace ScmIntegrations.Interactions;

/// <summary>Which interaction the running code belongs to. One instance per <see cref="InteractionRunner"/>.</summary>
internal sealed class AmbientInteraction
{
    private readonly AsyncLocal<InteractionScope?> _current = new();

    public InteractionScope? Current => _current.Value;

    /// <summary>Makes a scope and its activity the current ones until the answer is disposed.</summary>
    /// <param name="scope">The scope to enter.</param>
    /// <param name="activity">Its activity; without one, the current activity stays.</param>
    /// <param name="outerActivity">The activity to go back to.</param>
    public IDisposable Enter(InteractionScope scope, Activity? activity, Activity? outerActivity)
    {
        var entry = new Entry(this, scope, _current.Value, activity, outerActivity);
        _current.Value = scope;
        if (activity is not null)
        {
            Activity.Current = activity;
        }

        return entry;
    }

    private sealed class Entry(
        AmbientInteraction ambient, InteractionScope scope, InteractionScope? outerScope, Activity? activity, Activity? outerActivity) : IDisposable
    {
        // Whoever disposes may run in another context than the one that was changed: leave that one alone.
        public void Dispose()
        {
            if (ReferenceEquals(ambient._current.Value, scope))
            {
                ambient._current.Value = outerScope;
            }

            if (activity is not null && ReferenceEquals(Activity.Current, activity))
            {
                Activity.Current = outerActivity;
            }
        }
    }
}
