namespace ScmIntegrations.Simulations.Outages;

/// <summary>What came of many calls while GitHub was in trouble.</summary>
/// <param name="Calls">The calls that were made.</param>
/// <param name="Succeeded">Those that had their answer.</param>
/// <param name="Requests">The requests that reached GitHub, retries included.</param>
/// <param name="Asked">The calls that sent at least one request; the others met an open circuit.</param>
public sealed record OutageReport(int Calls, int Succeeded, int Requests, int Asked)
{
    /// <summary>The share of calls that succeeded.</summary>
    public double Success => (double)Succeeded / Calls;

    /// <summary>Requests for each call.</summary>
    public double RequestsPerCall => (double)Requests / Calls;

    /// <summary>Requests beyond the first of a call, as a share of the calls.</summary>
    public double Extra => (double)(Requests - Asked) / Calls;
}
