// Opens the packed packages and checks that these are all, and that everything a user relies on is inside: PackageCheck FOLDER COMMIT ID...
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Text;
using System.Xml.Linq;

const string Home = "https://github.com/scmintegrations/scmintegrations-dotnet";
var (folder, commit, expected) = (args[0], args[1], string.Join(", ", args[2..]));
var problems = new List<string>();

Check("packages in the folder", string.Join(", ", Ids(".nupkg")), expected);
Check("symbols in the folder", string.Join(", ", Ids(".snupkg")), expected);
foreach (var id in Ids(".nupkg"))
{
    CheckPackage(id);
    CheckSymbols(id);
}

foreach (var problem in problems)
{
    Console.Error.WriteLine(problem);
}

return problems.Count == 0 ? 0 : 1;

void CheckPackage(string id)
{
    using var package = Open(id, ".nupkg");
    string[] service = ["_rels/", "package/", "[Content_Types].xml"];
    var files = package.Entries.Select(entry => entry.FullName).Where(name => !service.Any(name.StartsWith)).Order(StringComparer.Ordinal);
    Check($"{id}: files", string.Join(", ", files), $"LICENSE, README.md, {id}.nuspec, icon.png, lib/net10.0/{id}.dll, lib/net10.0/{id}.xml");

    var icon = Read(package, "icon.png");
    Check($"{id}: icon", $"{Encoding.ASCII.GetString(icon, 1, 3)} {BigEndian(icon, 16)}×{BigEndian(icon, 20)}", "PNG 128×128");

    var nuspec = XDocument.Load(new MemoryStream(Read(package, $"{id}.nuspec"))).Root!.Elements().Single();
    Check($"{id}: licence", Attribute("license", "type") + " " + Value("license"), "expression MIT");
    Check($"{id}: readme and icon", $"{Value("readme")} {Value("icon")}", "README.md icon.png");
    Check($"{id}: addresses", $"{Value("projectUrl")} {Value("releaseNotes")}", $"{Home} {Home}/blob/main/CHANGELOG.md");
    Check($"{id}: repository", $"{Attribute("repository", "url")} {Attribute("repository", "commit")}", $"{Home} {commit}");
    Check($"{id}: words", Value("description").Length > 40 && Value("tags").Split(' ').Length >= 3, true);

    string Value(string name) => Element(name)?.Value ?? "";
    string Attribute(string name, string attribute) => Element(name)?.Attribute(attribute)?.Value ?? "";
    XElement? Element(string name) => nuspec.Elements().SingleOrDefault(one => one.Name.LocalName == name);
}

void CheckSymbols(string id)
{
    using var package = Open(id, ".snupkg");
    using var provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(Read(package, $"lib/net10.0/{id}.pdb")));
    var symbols = provider.GetMetadataReader();
    var sourceLink = symbols.CustomDebugInformation.Select(symbols.GetCustomDebugInformation)
        .Where(one => symbols.GetGuid(one.Kind) == new Guid("CC110556-A091-4D38-9FEC-25AB9A351A6A"))
        .Select(one => Encoding.UTF8.GetString(symbols.GetBlobBytes(one.Value)))
        .SingleOrDefault() ?? "none";
    var address = $"https://raw.githubusercontent.com/scmintegrations/scmintegrations-dotnet/{commit}/*";
    Check($"{id}: Source Link", sourceLink.Contains(address, StringComparison.Ordinal) ? address : sourceLink, address);
}

IEnumerable<string> Ids(string extension) => Directory.GetFiles(folder, $"*{extension}")
    .Select(file => Path.GetFileNameWithoutExtension(file))
    .Select(name => string.Join('.', name.Split('.').TakeWhile(part => !char.IsAsciiDigit(part[0]))))
    .Order(StringComparer.Ordinal);

ZipArchive Open(string id, string extension) =>
    ZipFile.OpenRead(Directory.GetFiles(folder, $"{id}.*{extension}").Single(file => char.IsAsciiDigit(Path.GetFileName(file)[id.Length + 1])));

static byte[] Read(ZipArchive package, string name)
{
    using var stream = (package.GetEntry(name) ?? throw new InvalidDataException($"{name} is missing.")).Open();
    using var memory = new MemoryStream();
    stream.CopyTo(memory);
    return memory.ToArray();
}

static int BigEndian(byte[] bytes, int offset) => System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(offset));

void Check<T>(string what, T actual, T expected)
{
    var isRight = Equals(actual, expected);
    Console.WriteLine($"{(isRight ? "ok" : "WRONG")}  {what}: {actual}");
    if (!isRight)
    {
        problems.Add($"{what}: expected '{expected}', got '{actual}'.");
    }
}
