using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ScmIntegrations.Testing;

/// <summary>Object ids as git computes them: the SHA-1 of a short header and the content.</summary>
internal static class GitObject
{
    public static string Id(string type, ReadOnlySpan<byte> content)
    {
        using var hash = Begin(type, content.Length);
        hash.AppendData(content);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public static string FileId(FileInfo file)
    {
        using var stream = file.OpenRead();
        using var hash = Begin("blob", stream.Length);
        var buffer = new byte[81920];
        for (var read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            hash.AppendData(buffer, 0, read);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The id of a made-up commit: real format, fixed author and date, so that it is always the same.</summary>
    public static string CommitId(string treeId, string message)
    {
        const string who = "Fake GitHub <noreply@example.com> 1767268800 +0000";
        return Id("commit", Encoding.UTF8.GetBytes($"tree {treeId}\nauthor {who}\ncommitter {who}\n\n{message}\n"));
    }

    private static IncrementalHash Begin(string type, long length)
    {
        // SHA-1 is what git's ids are; nothing here relies on it for security.
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{type} {length}\0")));
        return hash;
    }
}
