using Quickstart.Arguments;
using ScmIntegrations.GitHub.Trees;

namespace Quickstart.Commands;

/// <summary>A checkpoint that outlives the process.</summary>
internal static class CheckpointFile
{
    /// <summary>The checkpoint in a file; a new one when there is no file.</summary>
    public static async Task<TreeScanCheckpoint> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return File.Exists(path) ? TreeScanCheckpoint.Parse((await File.ReadAllTextAsync(path, cancellationToken)).Trim()) : new();
        }
        catch (Exception wrong) when (wrong is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{OptionTable.Checkpoint}: {wrong.Message}");
        }
    }

    /// <summary>Writes it beside the file and then in its place, so that no half of it is ever there.</summary>
    public static void Write(string path, TreeScanCheckpoint checkpoint)
    {
        var beside = path + ".new";
        File.WriteAllText(beside, checkpoint.ToString());
        File.Move(beside, path, overwrite: true);
    }
}
