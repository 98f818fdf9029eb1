namespace Quickstart.Arguments;

/// <summary>Reads the body of an answer, from a file or from standard input.</summary>
internal static class BodyFile
{
    private const string StandardInput = "-";

    // As much as the library reads of an error.
    private const int MaxBytes = 1024 * 1024;

    public static async Task<ReadOnlyMemory<byte>> ReadAsync(string? path, CancellationToken cancellationToken)
    {
        var bytes = path switch
        {
            null => [],
            StandardInput => await StandardInputAsync(cancellationToken),
            _ => await BoundedFile.ReadAsync(OptionTable.Body, path, MaxBytes, "an error's body", cancellationToken),
        };

        // Editors mark a file as UTF-8; an answer has no mark, and with one it would not be JSON.
        return bytes.AsMemory(bytes is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0);
    }

    private static async Task<byte[]> StandardInputAsync(CancellationToken cancellationToken)
    {
        await using var input = Console.OpenStandardInput();

        // A read from a terminal does not hear a cancellation, so it is the wait for it that ends.
        return await BoundedFile.ReadAsync(OptionTable.Body, input, "standard input", MaxBytes, "an error's body", cancellationToken).WaitAsync(cancellationToken);
    }
}
