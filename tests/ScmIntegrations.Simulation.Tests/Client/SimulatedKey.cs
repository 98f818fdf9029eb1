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

    public static RsaAppJwtSigner Signer { get; } = RsaAppJwtSigner.FromPem(PrivatePem);

    /// <summary>A line out of the middle of the key: no text may hold it.</summary>
    public static string LineOfKey { get; } = PrivatePem.Split('\n')[5];
}
