namespace ScmIntegrations.Interactions;

/// <summary>Where failures go so that somebody looks: an error tracker, a pager. Register any number; each is told of every report.</summary>
public interface IFailureReporter
{
    /// <summary>
    /// Takes one report. Called once for each failure, for a halt only when it asks, and for each handled trouble.
    /// The call being reported waits for this method: queue the report and return. An exception from here is logged and dropped.
    /// </summary>
    /// <param name="report">What happened.</param>
    void Report(FailureReport report);
}
