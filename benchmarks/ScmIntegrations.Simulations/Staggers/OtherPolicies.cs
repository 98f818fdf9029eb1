using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ScmIntegrations.Caching;

namespace ScmIntegrations.Simulations.Staggers;

/// <summary>Policies that the library does not offer, because the simulation shows them to be no better.</summary>
public sealed class FixedPolicy : ITtlStagger
{
    public TimeSpan Next(string key, int index, DateTimeOffset now) => TimeSpan.FromHours(24);
}

public sealed class HashFixedPolicy : ITtlStagger
{
    public static ulong Hash(string text) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public TimeSpan Next(string key, int index, DateTimeOffset now) =>
        TimeSpan.FromSeconds(86_400 + (long)(Hash(key) % 86_400));
}

public sealed class PlusMinus10Policy(Random random) : ITtlStagger
{
    public TimeSpan Next(string key, int index, DateTimeOffset now) =>
        TimeSpan.FromSeconds(86_400 * (0.9 + (0.2 * random.NextDouble())));
}
