namespace ScmIntegrations.GitHub.Trees.Columns;

/// <summary>
/// What an entry is, in one byte: three bits for git's mode, two for the type, one for whether there is a size, and one for an
/// entry that fits no column and is kept as an <see cref="OddEntry"/>.
/// </summary>
internal static class EntryKind
{
    public const byte HasSize = 0x20;
    public const byte Odd = 0x40;

    private const int ModeBits = 0x07;
    private const int TypeShift = 3;
    private const int TypeBits = 0x03;

    /// <summary>The kind, without a size; marked as odd when git did not have the mode when this was written.</summary>
    public static byte Of(string mode, TreeEntryType type)
    {
        var place = mode switch
        {
            "100644" => 0,
            "100755" => 1,
            "040000" => 2,
            "160000" => 3,
            "120000" => 4,
            _ => Odd,
        };
        return (byte)(place | ((int)type << TypeShift));
    }

    /// <summary>Git's mode. An odd entry keeps its own.</summary>
    public static string ModeOf(byte kind) => (kind & ModeBits) switch
    {
        0 => "100644",
        1 => "100755",
        2 => "040000",
        3 => "160000",
        _ => "120000",
    };

    public static TreeEntryType TypeOf(byte kind) => (TreeEntryType)((kind >> TypeShift) & TypeBits);

    public static bool IsFolder(byte kind) => TypeOf(kind) is TreeEntryType.Tree;

    /// <summary>Whether any entry could have made this byte.</summary>
    public static bool IsValid(byte kind) => kind < 0x80 && (kind & ModeBits) <= 4;
}
