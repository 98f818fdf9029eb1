using System.Diagnostics;
using System.Text.Json.Serialization;

namespace ScmIntegrations.GitHub.UserTokens;

/// <summary>A device flow that has begun: show the user <see cref="UserCode"/> and <see cref="VerificationAddress"/>, then wait.</summary>
public sealed class GitHubDeviceCode
{
    /// <summary>Takes a code, as one that was kept while the process was down.</summary>
    /// <param name="deviceCode">The flow's secret: 1 to 1,024 visible ASCII characters.</param>
    /// <exception cref="ArgumentException">It cannot be a code. The message does not show it.</exception>
    public GitHubDeviceCode(string deviceCode)
    {
        UserTokenArguments.RequireCode(deviceCode, nameof(deviceCode));
        DeviceCode = deviceCode;
    }

    /// <summary>The flow's secret. Whoever has it gets the token that the user grants.</summary>
    [JsonIgnore]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string DeviceCode { get; }

    /// <summary>What the user types in, for example <c>WDJB-MJHT</c>.</summary>
    public required string UserCode { get; init; }

    /// <summary>Where the user types it in; always on the web address of the GitHub that was asked.</summary>
    public required Uri VerificationAddress { get; init; }

    /// <summary>When the code ends, in the clock of this process.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The least time between two questions; GitHub may ask for more meanwhile.</summary>
    /// <value>5 seconds, unless GitHub says otherwise.</value>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What the user is shown, and no secret.</summary>
    /// <returns>For example <c>WDJB-MJHT at https://github.com/login/device</c>.</returns>
    public override string ToString() => $"{UserCode} at {VerificationAddress}";
}
