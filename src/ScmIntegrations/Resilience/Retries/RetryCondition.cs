namespace ScmIntegrations.Resilience.Retries;

/// <summary>What is known of a failed attempt besides its reason.</summary>
[Flags]
internal enum RetryCondition
{
    None = 0,

    /// <summary>The credential could not be had: its own line has retried already.</summary>
    CredentialUnavailable = 1,

    /// <summary>Nothing of the request can have reached the server.</summary>
    BeforeSend = 2,

    /// <summary>The credential can be renewed, or its signature repaired, and this call has not done so yet.</summary>
    CanRefresh = 4,

    /// <summary>The credential has been renewed by this call.</summary>
    Refreshed = 8,

    /// <summary>The host's name was not found.</summary>
    NameUnknown = 16,

    /// <summary>The host is not one of GitHub's own, so a name that does not exist is a wrong configuration.</summary>
    CustomHost = 32,

    /// <summary>The name server has answered that there is no such host.</summary>
    NoSuchHost = 64,

    /// <summary>The connection broke while the body of an answer was read.</summary>
    BodyBroken = 128,

    /// <summary>The body is sound JSON, or empty, and not of the shape that was due.</summary>
    WrongShape = 256,

    /// <summary>The token is seconds old and has never been accepted.</summary>
    TokenFresh = 512,

    /// <summary>The answer says when to come back.</summary>
    AsksToWait = 1024,

    /// <summary>The time of the whole call is up, not of one attempt.</summary>
    DeadlineReached = 2048,

    /// <summary>The request is part of a scan over many repositories.</summary>
    Scan = 4096,

    /// <summary>The caller has just created what is asked for.</summary>
    JustCreated = 8192,

    /// <summary>The request is a GraphQL query.</summary>
    GraphQL = 16384,

    /// <summary>The request launches a coding agent.</summary>
    AgentLaunch = 32768,

    /// <summary>The request stores a credential at a broker.</summary>
    CredentialUpsert = 65536,

    /// <summary>The store still holds the refresh token that was sent.</summary>
    RefreshTokenUnchanged = 131072,

    /// <summary>The token has been accepted before.</summary>
    TokenProven = 262144,

    /// <summary>The error's body could not be read whole, so nobody knows whose error it is.</summary>
    ErrorUnreadable = 524288,

    /// <summary>The request goes to a coding agent's own service, where no provider's tool runs behind it.</summary>
    AgentService = 1048576,
}
