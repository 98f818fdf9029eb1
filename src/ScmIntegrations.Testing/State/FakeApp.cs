using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ScmIntegrations.Testing;

/// <summary>A GitHub App registered with the fake.</summary>
public sealed class FakeApp
{
    private readonly Lock _gate = new();
    private readonly RSA _key;
    private readonly TimeProvider _time;

    internal FakeApp(long id, string clientId, RSA key, bool hasPrivateKey, TimeProvider time)
    {
        Id = id;
        ClientId = clientId;
        Slug = string.Create(CultureInfo.InvariantCulture, $"app-{id}");
        _key = key;
        _time = time;
        HasPrivateKey = hasPrivateKey;
    }

    /// <summary>The app id.</summary>
    public long Id { get; }

    /// <summary>The client id, for example <c>Iv23liAbCdEfGhIjKlMn</c>.</summary>
    public string ClientId { get; }

    /// <summary>The name in URLs.</summary>
    public string Slug { get; }

    /// <summary>The permissions the app asks for; an installation may have granted fewer.</summary>
    public IReadOnlyDictionary<string, string> Permissions { get; set; } = FakeInstallation.DefaultPermissions;

    /// <summary>The login of the organisation that owns the app.</summary>
    public string Owner { get; set; } = "app-owner";

    /// <summary>The webhook events the app asks for; none unless told otherwise.</summary>
    public IReadOnlyList<string> Events { get; set; } = [];

    /// <summary>Whether the fake made the key pair itself, so that the private half can be read.</summary>
    public bool HasPrivateKey { get; }

    /// <summary>The private key as GitHub hands it out: PKCS#1, <c>BEGIN RSA PRIVATE KEY</c>.</summary>
    /// <exception cref="CryptographicException">Only the public key is known.</exception>
    public string PrivateKeyPem
    {
        get
        {
            lock (_gate)
            {
                return _key.ExportRSAPrivateKeyPem();
            }
        }
    }

    /// <summary>The private key as PKCS#8, <c>BEGIN PRIVATE KEY</c>.</summary>
    /// <exception cref="CryptographicException">Only the public key is known.</exception>
    public string PrivateKeyPkcs8Pem
    {
        get
        {
            lock (_gate)
            {
                return _key.ExportPkcs8PrivateKeyPem();
            }
        }
    }

    /// <summary>Signs a JSON web token as an app would, by the clock of the fake.</summary>
    /// <param name="issuer">The issuer; the client id unless told otherwise.</param>
    /// <param name="issuedAt">When; one minute ago unless told otherwise.</param>
    /// <param name="lifetime">From <paramref name="issuedAt"/> to the end; ten minutes unless told otherwise.</param>
    /// <returns>The token.</returns>
    /// <exception cref="CryptographicException">Only the public key is known.</exception>
    public string CreateJsonWebToken(string? issuer = null, DateTimeOffset? issuedAt = null, TimeSpan? lifetime = null)
    {
        var start = issuedAt ?? _time.GetUtcNow() - TimeSpan.FromMinutes(1);
        var end = start + (lifetime ?? TimeSpan.FromMinutes(10));
        var payload = string.Create(CultureInfo.InvariantCulture, $$"""{"iat":{{start.ToUnixTimeSeconds()}},"exp":{{end.ToUnixTimeSeconds()}},"iss":"{{issuer ?? ClientId}}"}""");
        var signed = $"{Encode("""{"alg":"RS256","typ":"JWT"}""")}.{Encode(payload)}";
        lock (_gate)
        {
            var signature = _key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            return $"{signed}.{Base64Url.EncodeToString(signature)}";
        }
    }

    internal bool Verify(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        lock (_gate)
        {
            return _key.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
