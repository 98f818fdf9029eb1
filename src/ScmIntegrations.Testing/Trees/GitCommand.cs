using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ScmIntegrations.Testing;

/// <summary>Asks the <c>git</c> command about a checkout. Arguments are passed as they are; there is no shell.</summary>
internal static class GitCommand
{
    public static async Task<FakeTree> ReadTreeAsync(string directory, string revision, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentException.ThrowIfNullOrEmpty(revision);
        if (revision.StartsWith('-'))
        {
            throw new ArgumentException("A revision does not start with a dash.", nameof(revision));
        }

        var prefix = await RunAsync(directory, ["rev-parse", "--show-prefix"], cancellationToken).ConfigureAwait(false);
        if (prefix.Trim().Length > 0)
        {
            throw new InvalidOperationException($"'{directory}' is a folder inside a git checkout, not its top. Pass the top folder, or use FakeTree.FromDirectory.");
        }

        var ids = await RunAsync(directory, ["log", "-1", "--no-show-signature", "--format=%H %T", revision, "--"], cancellationToken).ConfigureAwait(false);
        var (commit, tree) = ids.Trim().Split(' ') is [var first, var second]
            ? (first, second)
            : throw new InvalidOperationException($"git knows no revision '{revision}' in '{directory}'.");
        var listing = await RunAsync(directory, ["ls-tree", "-r", "-t", "-l", "-z", "--full-tree", commit], cancellationToken).ConfigureAwait(false);
        return new FakeTree(commit, tree, listing.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(ReadEntry));
    }

    private static FakeTreeEntry ReadEntry(string line)
    {
        var tab = line.IndexOf('\t', StringComparison.Ordinal);
        var fields = line[..tab].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        long? size = fields[3] is "-" ? null : long.Parse(fields[3], NumberStyles.None, CultureInfo.InvariantCulture);
        return new FakeTreeEntry(line[(tab + 1)..], fields[0], fields[1], fields[2], size);
    }

    private static async Task<string> RunAsync(string directory, string[] arguments, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(directory))
        {
            throw new InvalidOperationException($"The folder '{directory}' does not exist.");
        }

        var start = new ProcessStartInfo("git")
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        Array.ForEach(arguments, start.ArgumentList.Add);

        using var process = Start(start);
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await Task.WhenAll(output, errors).ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return process.ExitCode == 0
                ? await output.ConfigureAwait(false)
                : throw Failure(directory, arguments[0], await errors.ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new InvalidOperationException("git could not be started.");
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException("git could not be started: is it installed and on the PATH? Without git, use FakeTree.FromDirectory.", exception);
        }
    }

    private static InvalidOperationException Failure(string directory, string command, string errors) =>
        new($"git {command} failed in '{directory}': {errors.Trim()} (A downloaded archive has no .git folder: use FakeTree.FromDirectory.)");
}
