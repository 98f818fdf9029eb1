namespace ScmIntegrations.Resilience;

/// <summary>
/// How a client shares what GitHub allows a credential. The defaults keep within GitHub's documented secondary limits
/// (docs.github.com, "Rate limits for the REST API"); a GitHub of your own may allow more.
/// </summary>
public sealed class RateLimitOptions
{
    /// <summary>The most requests of one credential that are under way at a time; further ones wait, interactive ones first.</summary>
    /// <value>100 by default, which is GitHub's limit; from 1 to 10,000.</value>
    public int MaxConcurrency { get; set; } = 100;

    /// <summary>The most background requests of one credential that are under way at a time, so that some room is always left to interactive ones.</summary>
    /// <value>80 by default; from 1. What is above <see cref="MaxConcurrency"/> counts as that.</value>
    public int BackgroundConcurrency { get; set; } = 80;

    /// <summary>How many requests a second background work may send in the long run.</summary>
    /// <value>
    /// 10 by default; from 1/3600 to 1,000,000. With <see cref="BackgroundBurst"/> no minute sees more than 900 requests, which is
    /// what GitHub allows one endpoint, and a lasting scan leaves a third of that to others.
    /// </value>
    public double BackgroundRequestsPerSecond { get; set; } = 10;

    /// <summary>How many requests background work may send at once after a pause.</summary>
    /// <value>300 by default; from 1 to 1,000,000.</value>
    public int BackgroundBurst { get; set; } = 300;

    /// <summary>How many writes a second one credential may send in the long run, retries included. Minting a token is not counted, nor is a GraphQL query.</summary>
    /// <value>1 by default, as GitHub advises; from 1/3600 to 1,000,000. With <see cref="WriteBurst"/> no minute sees more than 80 writes, which is what GitHub allows.</value>
    public double WritesPerSecond { get; set; } = 1;

    /// <summary>How many writes may be sent at once after a pause.</summary>
    /// <value>20 by default; from 1 to 1,000,000.</value>
    public int WriteBurst { get; set; } = 20;

    /// <summary>
    /// How much background work leaves of the hourly limit, as a multiple of what others are expected to need until the reset:
    /// this client's interactive requests, and whoever else uses the limit. Their rates are learnt from the answers.
    /// Zero switches this off; then the configured floor of requests alone is left.
    /// </summary>
    /// <value>1.2 by default; from 0 to 10.</value>
    public double ReserveFactor { get; set; } = 1.2;
}
