using System.Diagnostics;

namespace ScmIntegrations.Interactions;

/// <summary>An interaction as a span. As with the meter, a listener that throws changes nothing.</summary>
internal static class InteractionActivity
{
    public static Activity? Start(ActivitySource source, InteractionDescriptor descriptor)
    {
        if (!source.HasListeners())
        {
            return null;
        }

        var outer = Activity.Current;
        try
        {
            return source.StartActivity(
                ActivityKind.Internal, tags: InteractionTags.Of(descriptor), name: ScmTelemetry.ActivityNamePrefix + descriptor.Name);
        }
        catch (Exception)
        {
            // The activity may be half started and already current.
            Activity.Current = outer;
            return null;
        }
    }

    public static void Tag(Activity? activity, InteractionEnding ending)
    {
        activity?.SetTag(ScmTelemetry.OutcomeTag, ending.Outcome.ToName());
        if (ending.Cause is { } cause)
        {
            activity?.SetTag(ScmTelemetry.ErrorTypeTag, cause.ErrorType);
        }

        if (ending.Outcome is InteractionOutcome.Failure)
        {
            activity?.SetStatus(ActivityStatusCode.Error, ending.Cause?.Reason);
        }
    }

    public static void Stop(Activity? activity)
    {
        var current = Activity.Current;
        try
        {
            activity?.Stop();
        }
        catch (Exception)
        {
            // See the summary of the class.
        }

        // Stopping makes the parent current, which is wrong when this is not the context that started it.
        Activity.Current = current;
    }
}
