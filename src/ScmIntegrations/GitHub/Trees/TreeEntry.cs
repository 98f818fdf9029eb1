using System.Globalization;
using ScmIntegrations.GitHub.Trees.Columns;

namespace ScmIntegrations.GitHub.Trees;

/// <summary>
/// One entry of a tree: a small value that looks into the tree and makes strings only when they are asked for, anew each time.
/// It keeps its tree in memory. Two entries are equal when all that they say is equal, wherever they come from.
/// </summary>
public readonly struct TreeEntry : IEquatable<TreeEntry>
{
    private readonly TreeColumns? _columns;
    private readonly int _index;

    /// <summary>Makes an entry on its own. Public so that a test can return what production returns.</summary>
    /// <param name="path">The path from the root, with slashes.</param>
    /// <param name="mode">Git's mode, for example <c>100644</c>.</param>
    /// <param name="type">What the entry is.</param>
    /// <param name="sha">Git's object id, in hexadecimal.</param>
    /// <param name="size">The size of a file in bytes; <see langword="null"/> for anything else.</param>
    /// <exception cref="ArgumentException">The path holds half a character (a surrogate on its own).</exception>
    public TreeEntry(string path, string mode, TreeEntryType type, string sha, long? size)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(mode);
        ArgumentNullException.ThrowIfNull(sha);
        using var one = new TreeColumnsBuilder();
        one.Add(path, mode, type, sha, size);
        (_columns, _index) = (one.Build(), 0);
    }

    internal TreeEntry(TreeColumns columns, int index) => (_columns, _index) = (columns, index);

    /// <summary>The path from the root, with slashes.</summary>
    public string Path
    {
        get => System.Text.Encoding.UTF8.GetString(PathUtf8);
        init => this = new(value, Mode, Type, Sha, Size);
    }

    /// <summary>The path from the root in UTF-8, without a string being made.</summary>
    public ReadOnlySpan<byte> PathUtf8 => _columns is null ? default : _columns.PathOf(_index);

    /// <summary>Git's mode: <c>100644</c> file, <c>100755</c> executable, <c>040000</c> folder, <c>160000</c> submodule, <c>120000</c> symbolic link.</summary>
    public string Mode
    {
        get => _columns?.ModeOf(_index) ?? "";
        init => this = new(Path, value, Type, Sha, Size);
    }

    /// <summary>What the entry is.</summary>
    public TreeEntryType Type
    {
        get => _columns?.TypeOf(_index) ?? TreeEntryType.Unknown;
        init => this = new(Path, Mode, value, Sha, Size);
    }

    /// <summary>Git's object id, in hexadecimal.</summary>
    public string Sha
    {
        get => _columns?.ShaOf(_index) ?? "";
        init => this = new(Path, Mode, Type, value, Size);
    }

    /// <summary>The size of a file in bytes; <see langword="null"/> for anything else.</summary>
    public long? Size
    {
        get => _columns?.SizeOf(_index);
        init => this = new(Path, Mode, Type, Sha, value);
    }

    internal TreeColumns Columns => _columns ?? TreeColumns.Empty;

    internal int Index => _index;

    /// <summary>Whether two entries say the same.</summary>
    /// <param name="left">One entry.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(TreeEntry left, TreeEntry right) => left.Equals(right);

    /// <summary>Whether two entries say different things.</summary>
    /// <param name="left">One entry.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(TreeEntry left, TreeEntry right) => !left.Equals(right);

    /// <summary>Takes the entry apart.</summary>
    /// <param name="path">The path from the root.</param>
    /// <param name="mode">Git's mode.</param>
    /// <param name="type">What the entry is.</param>
    /// <param name="sha">Git's object id.</param>
    /// <param name="size">The size of a file.</param>
    public void Deconstruct(out string path, out string mode, out TreeEntryType type, out string sha, out long? size) =>
        (path, mode, type, sha, size) = (Path, Mode, Type, Sha, Size);

    /// <inheritdoc/>
    public bool Equals(TreeEntry other) =>
        (_columns == other._columns && _index == other._index)
        || (Type == other.Type && Size == other.Size && PathUtf8.SequenceEqual(other.PathUtf8) && HasModeAndIdOf(other));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TreeEntry other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(PathUtf8);
        hash.Add(Size);
        return hash.ToHashCode();
    }

    /// <summary>All that the entry says, to be read by people.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{nameof(TreeEntry)} {{ Path = {Path}, Mode = {Mode}, Type = {Type}, Sha = {Sha}, Size = {Size} }}");

    private bool HasModeAndIdOf(TreeEntry other) =>
        string.Equals(Mode, other.Mode, StringComparison.Ordinal)
        && (_columns is not null && other._columns is not null && _columns.OddOf(_index) is null && other._columns.OddOf(other._index) is null
            ? _columns.IdOf(_index).SequenceEqual(other._columns.IdOf(other._index))
            : string.Equals(Sha, other.Sha, StringComparison.Ordinal));
}
