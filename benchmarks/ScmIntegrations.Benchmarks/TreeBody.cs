using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ScmIntegrations.Benchmarks;

/// <summary>A recursive tree as GitHub sends it: every entry with its address, compressed once and for all.</summary>
public static class TreeBody
{
    private const string Root = "https://api.github.com/repos/acme-corporation/platform-services/git";

    private static readonly string[] Extensions = [".cs", ".cs", ".cs", ".ts", ".json", ".md", ".resx", ".csproj"];

    public static byte[] Create(int entries)
    {
        using var body = new MemoryStream();
        using (var gzip = new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true))
        using (var json = new Utf8JsonWriter(gzip))
        {
            json.WriteStartObject();
            json.WriteString("sha", Id(-1));
            json.WriteString("url", $"{Root}/trees/{Id(-1)}");
            json.WriteStartArray("tree");
            for (var number = 0; number < entries; number++)
            {
                WriteEntry(json, number);
            }

            json.WriteEndArray();
            json.WriteBoolean("truncated", false);
            json.WriteEndObject();
        }

        return body.ToArray();
    }

    /// <summary>Every twentieth entry is a folder, and the files that follow are in it: paths of 50 to 70 characters, as in large repositories.</summary>
    private static void WriteEntry(Utf8JsonWriter json, int number)
    {
        var folder = string.Create(CultureInfo.InvariantCulture, $"src/Services/Module{number / 2000:D3}/Component{number / 20:D5}");
        var isFolder = number % 20 == 0;
        var id = Id(number);
        json.WriteStartObject();
        json.WriteString("path", isFolder ? folder : string.Create(CultureInfo.InvariantCulture, $"{folder}/OrderProcessing{number:D6}{Extensions[number % 8]}"));
        json.WriteString("mode", isFolder ? "040000" : "100644");
        json.WriteString("type", isFolder ? "tree" : "blob");
        json.WriteString("sha", id);
        if (!isFolder)
        {
            json.WriteNumber("size", 1000 + (number * 7919L % 60_000));
        }

        json.WriteString("url", $"{Root}/{(isFolder ? "trees" : "blobs")}/{id}");
        json.WriteEndObject();
    }

    private static string Id(int number)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture)), hash);
        return Convert.ToHexStringLower(hash[..20]);
    }
}
