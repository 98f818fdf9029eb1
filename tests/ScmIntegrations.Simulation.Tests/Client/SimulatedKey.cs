using System.Collections.Concurrent;
using System.Security.Cryptography;
using ScmIntegrations.GitHub.Authentication;

namespace ScmIntegrations.Simulation.Tests.Client;

/// <summary>The App's key: one for all runs, because making one takes longer than a run.</summary>
internal static class SimulatedKey
{
    public const string ClientId = "Iv23liSimulation";

    private static readonly RSA Key = RSA.Create(2048);

    public static string PrivatePem { get; } = Key.ExportRSAPrivateKeyPem();

    public static string PublicPem { get; } = Key.ExportSubjectPublicKeyInfoPem();

    /// <summary>Signs, and remembers: the same claims come up in many runs, and signing is most of the work of a mint.</summary>
    public static IAppJwtSigner Signer { get; } = new RememberingSigner(RsaAppJwtSigner.FromPem(PrivatePem));

    /// <summary>A line out of the middle of the key: no text may hold it.</summary>
    public static string LineOfKey { get; } = PrivatePem.Split('\n')[5];

    private sealed class RememberingSigner(IAppJwtSigner signer) : IAppJwtSigner
    {
        private readonly ConcurrentDictionary<string, byte[]> _signatures = new(StringComparer.Ordinal);

        public async ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default)
        {
            var key = Convert.ToBase64String(data.Span);
            return _signatures.TryGetValue(key, out var known) ? known : _signatures[key] = await signer.SignAsync(data, cancellationToken);
        }
    }
}
