namespace ScmIntegrations.Tests.Infrastructure;

/// <summary>The checkout that the tests were built from. Found by the place of the test assembly: a build server's compiler does not tell real source paths.</summary>
internal static class RepositoryRoot
{
    /// <summary>Its folder.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "ScmIntegrations.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run from a checkout.");
        }

        return folder.FullName;
    }
}
