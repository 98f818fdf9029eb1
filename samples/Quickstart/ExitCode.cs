namespace Quickstart;

/// <summary>What the process says when it ends.</summary>
internal static class ExitCode
{
    /// <summary>Everything asked for was read, is empty, or is explained.</summary>
    public const int Done = 0;

    /// <summary>Something could not be read.</summary>
    public const int NotRead = 1;

    /// <summary>The arguments are wrong; nothing was sent.</summary>
    public const int WrongArguments = 2;

    /// <summary>All installations were read, and one or more lack a permission.</summary>
    public const int PermissionMissing = 3;

    /// <summary>Ctrl+C, by the convention of shells: 128 and the number of the signal.</summary>
    public const int Cancelled = 130;
}
