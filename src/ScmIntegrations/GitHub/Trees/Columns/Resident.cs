namespace ScmIntegrations.GitHub.Trees.Columns;

/// <summary>What things take in memory on a 64-bit runtime: objects are aligned to 8 bytes, an array begins with 24 of its own, a string with 22.</summary>
internal static class Resident
{
    public static long Array(int length, int elementBytes) => length == 0 ? 0 : Aligned(24 + ((long)length * elementBytes));

    public static long Text(string text) => Aligned(22 + (2L * text.Length));

    private static long Aligned(long bytes) => (bytes + 7) & ~7L;
}
