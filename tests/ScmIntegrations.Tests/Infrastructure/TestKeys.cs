using System.Security.Cryptography;

namespace ScmIntegrations.Tests.Infrastructure;

/// <summary>One key pair for all tests, because making one takes long.</summary>
internal static class TestKeys
{
    private static readonly RSA Key = RSA.Create(2048);

    public static string Pkcs1 { get; } = Key.ExportRSAPrivateKeyPem();

    public static string Pkcs8 { get; } = Key.ExportPkcs8PrivateKeyPem();

    public static string PublicKey { get; } = Key.ExportSubjectPublicKeyInfoPem();

    public static string Encrypted { get; } =
        Key.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1));

    public static string EllipticCurve { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportPkcs8PrivateKeyPem();
}
