namespace ScmIntegrations.GitHub.Answers;

/// <summary>What a row can ask for besides status, words and headers.</summary>
[Flags]
internal enum Circumstance
{
    None = 0,

    /// <summary>The request only reads.</summary>
    Read = 1,

    /// <summary>The request asks for an installation, or its token, in the App's own name.</summary>
    AsksForInstallation = 2,

    /// <summary>The token is seconds old and has not been accepted yet.</summary>
    TokenFresh = 4,

    /// <summary>The token was good before, or the request has not been tried again yet.</summary>
    TokenTrusted = 8,

    /// <summary>The token's scopes (<c>X-OAuth-Scopes</c>) hold none of those that are accepted (<c>X-Accepted-OAuth-Scopes</c>).</summary>
    ScopeMissing = 16,

    /// <summary>Every complaint says that it already exists, as its code or in its message.</summary>
    AllErrorsAlreadyExist = 32,

    /// <summary>A complaint says that something is too large.</summary>
    ErrorTooLarge = 64,

    /// <summary>The block names the DMCA (<c>block.reason</c>).</summary>
    BlockedByDmca = 128,

    /// <summary>An HTML page without GitHub's request id: not GitHub's API, but something on the way.</summary>
    ForeignPage = 256,

    /// <summary>The answer carries a block (<c>block</c>), whatever its message says.</summary>
    Blocked = 512,

    /// <summary>A complaint says that something was sent too quickly, or calls it abuse.</summary>
    TooQuick = 1024,

    /// <summary>A complaint says that something is disabled.</summary>
    FeatureDisabled = 2048,
}
