using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ScmIntegrations.Testing;

/// <summary>
/// An app that users authorise: a GitHub App, or an OAuth App. Its tokens open the API of the <see cref="FakeGitHub"/> as their user.
/// Safe to use from many threads; may be changed while the server runs.
/// </summary>
public sealed class FakeUserApp
{
    private static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan DeviceLifetime = TimeSpan.FromMinutes(15);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly Dictionary<string, PendingCode> _codes = new(StringComparer.Ordinal);
    private readonly List<PendingDevice> _devices = [];
    private readonly List<FakeUserGrant> _grants = [];

    internal FakeUserApp(string clientId, string clientSecret, TimeProvider time)
    {
        ClientId = clientId;
        ClientSecret = clientSecret;
        _time = time;
    }

    /// <summary>The client id.</summary>
    public string ClientId { get; }

    /// <summary>The client secret; a test may change it, as when it is rotated.</summary>
    public string ClientSecret { get; set; }

    /// <summary>Whether it is an OAuth App, with scopes and <c>gho_</c> tokens that do not end. A GitHub App unless told otherwise.</summary>
    public bool IsOAuthApp { get; set; }

    /// <summary>Whether a GitHub App's tokens end. On by default, as at GitHub.</summary>
    public bool TokensExpire { get; set; } = true;

    /// <summary>Whether the device flow is switched on. On by default, unlike at GitHub.</summary>
    public bool AllowsDeviceFlow { get; set; } = true;

    /// <summary>Whether GitHub has suspended the app.</summary>
    public bool IsSuspended { get; set; }

    /// <summary>The addresses that a user may be sent back to; empty for any.</summary>
    public IList<Uri> RedirectUris { get; } = [];

    /// <summary>Users whose primary e-mail address is not verified, so that they get no token.</summary>
    public ISet<string> UnverifiedLogins { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>How long an access token lives; 8 hours is GitHub's figure.</summary>
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromSeconds(28_800);

    /// <summary>How long a refresh token lives; 15,897,600 seconds, half a year, is GitHub's figure.</summary>
    public TimeSpan RefreshTokenLifetime { get; set; } = TimeSpan.FromSeconds(15_897_600);

    /// <summary>Every pair of tokens that is in force, oldest first; some may have ended.</summary>
    public IReadOnlyList<FakeUserGrant> Grants
    {
        get
        {
            lock (_gate)
            {
                return [.. _grants];
            }
        }
    }

    /// <summary>The user agrees on the page of the web flow.</summary>
    /// <param name="login">Who.</param>
    /// <param name="redirectUri">The address that was asked for, if one was.</param>
    /// <param name="codeChallenge">The challenge (S256), if there was one.</param>
    /// <param name="scopes">What was asked for.</param>
    /// <returns>The code that the user comes back with. It works once, for ten minutes.</returns>
    public string Authorize(string login, Uri? redirectUri = null, string? codeChallenge = null, params IReadOnlyList<string> scopes)
    {
        var code = RandomNumberGenerator.GetHexString(20, lowercase: true);
        lock (_gate)
        {
            _codes[code] = new(login, redirectUri, codeChallenge, scopes, Now + CodeLifetime);
        }

        return code;
    }

    /// <summary>Gives a user tokens without any flow.</summary>
    /// <param name="login">Who.</param>
    /// <returns>The tokens.</returns>
    public FakeUserGrant Grant(string login)
    {
        lock (_gate)
        {
            return Issue(login, [], isByDevice: false);
        }
    }

    /// <summary>The user enters the code of a device flow and agrees.</summary>
    /// <param name="userCode">The code that was shown.</param>
    /// <param name="login">Who.</param>
    /// <exception cref="KeyNotFoundException">There is no such code.</exception>
    public void ApproveDevice(string userCode, string login)
    {
        lock (_gate)
        {
            Device(userCode).ApprovedBy = login;
        }
    }

    /// <summary>The user enters the code of a device flow and refuses.</summary>
    /// <param name="userCode">The code that was shown.</param>
    /// <exception cref="KeyNotFoundException">There is no such code.</exception>
    public void DenyDevice(string userCode)
    {
        lock (_gate)
        {
            Device(userCode).IsDenied = true;
        }
    }

    /// <summary>The user takes the app's authorisation back: all tokens of that user are dead.</summary>
    /// <param name="login">Who.</param>
    public void Revoke(string login)
    {
        lock (_gate)
        {
            _grants.RemoveAll(grant => grant.Login.Equals(login, StringComparison.OrdinalIgnoreCase));
        }
    }

    internal bool RevokeToken(string token)
    {
        lock (_gate)
        {
            return _grants.RemoveAll(grant => grant.AccessToken.Equals(token, StringComparison.Ordinal)) > 0;
        }
    }

    internal string? LoginOf(string accessToken)
    {
        lock (_gate)
        {
            return _grants.Find(grant => grant.AccessToken.Equals(accessToken, StringComparison.Ordinal) && !(grant.ExpiresAt <= Now))?.Login;
        }
    }

    internal Answer Exchange(UserTokenForm form)
    {
        lock (_gate)
        {
            if (!_codes.Remove(form["code"] ?? "", out var pending) || pending.ExpiresAt <= Now || !Verifies(pending.CodeChallenge, form["code_verifier"]))
            {
                return form.Refuse("bad_verification_code", "The code passed is incorrect or expired.");
            }

            if (form["redirect_uri"] is { } redirect && !MayRedirect(redirect, pending))
            {
                return form.Refuse("redirect_uri_mismatch", "The redirect_uri MUST match the registered callback URL for this application.");
            }

            return UnverifiedLogins.Contains(pending.Login) ? Unverified(form) : form.Grant(Issue(pending.Login, pending.Scopes, isByDevice: false));
        }
    }

    internal Answer StartDevice(UserTokenForm form)
    {
        if (!AllowsDeviceFlow)
        {
            return form.Refuse("device_flow_disabled", "Device Flow must be explicitly enabled for this App");
        }

        var letters = RandomNumberGenerator.GetString("BCDFGHJKLMNPQRSTVWXZ", 8);
        var device = new PendingDevice(
            RandomNumberGenerator.GetHexString(40, lowercase: true),
            $"{letters[..4]}-{letters[4..]}",
            (form["scope"] ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries),
            Now + DeviceLifetime);
        lock (_gate)
        {
            _devices.Add(device);
        }

        return form.Device(device);
    }

    internal Answer AskDevice(UserTokenForm form)
    {
        lock (_gate)
        {
            if (_devices.Find(device => device.DeviceCode.Equals(form["device_code"], StringComparison.Ordinal)) is not { } device)
            {
                return form.Refuse("incorrect_device_code", "The device_code provided is not valid.");
            }

            if (device.ExpiresAt <= Now)
            {
                return form.Refuse("expired_token", "The device_code has expired.");
            }

            if (device.IsDenied)
            {
                return form.Refuse("access_denied", "The authorization request was denied.");
            }

            if (device.IsTooEarly(Now))
            {
                return form.SlowDown(device.Interval);
            }

            if (device.ApprovedBy is not { } login)
            {
                return form.Refuse("authorization_pending", "The authorization request is still pending.");
            }

            _devices.Remove(device);
            return UnverifiedLogins.Contains(login) ? Unverified(form) : form.Grant(Issue(login, device.Scopes, isByDevice: true));
        }
    }

    internal Answer Refresh(UserTokenForm form)
    {
        lock (_gate)
        {
            var old = _grants.Find(grant => grant.RefreshToken is { } token && token.Equals(form["refresh_token"], StringComparison.Ordinal));
            if (old is null || old.RefreshTokenExpiresAt <= Now)
            {
                return form.Refuse("bad_refresh_token", "The refresh token passed is incorrect or expired.");
            }

            if (form["client_secret"] is null && !old.IsByDevice)
            {
                return form.Refuse("incorrect_client_credentials", "The client_id and/or client_secret passed are incorrect.");
            }

            // Both old tokens die at once.
            _grants.Remove(old);
            return form.Grant(Issue(old.Login, old.Scopes, old.IsByDevice));
        }
    }

    private DateTimeOffset Now => _time.GetUtcNow();

    private PendingDevice Device(string userCode) =>
        _devices.Find(device => device.UserCode.Equals(userCode, StringComparison.OrdinalIgnoreCase)) ?? throw new KeyNotFoundException($"There is no device flow with the code '{userCode}'.");

    private FakeUserGrant Issue(string login, IReadOnlyList<string> scopes, bool isByDevice)
    {
        var ends = TokensExpire && !IsOAuthApp;
        var grant = new FakeUserGrant(
            login,
            (IsOAuthApp ? "gho_" : "ghu_") + NewValue(36),
            ends ? Now + AccessTokenLifetime : null,
            ends ? "ghr_" + NewValue(76) : null,
            ends ? Now + RefreshTokenLifetime : null,
            IsOAuthApp ? scopes : [],
            isByDevice);
        _grants.Add(grant);
        return grant;
    }

    private bool MayRedirect(string address, PendingCode pending) =>
        Uri.TryCreate(address, UriKind.Absolute, out var redirect)
        && (pending.RedirectUri is null || pending.RedirectUri == redirect) && (RedirectUris.Count == 0 || RedirectUris.Contains(redirect));

    private static bool Verifies(string? challenge, string? verifier) =>
        challenge is null || (verifier is not null && challenge.Equals(Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))), StringComparison.Ordinal));

    private static Answer Unverified(UserTokenForm form) => form.Refuse("unverified_user_email", "The user must have a verified primary email.");

    private static string NewValue(int length) => RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", length);
}
