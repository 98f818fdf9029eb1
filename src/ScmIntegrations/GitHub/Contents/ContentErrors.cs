using System.Net;
using ScmIntegrations.Errors;

namespace ScmIntegrations.GitHub.Contents;

/// <summary>The errors of files and blobs, in words that name the right call.</summary>
internal static class ContentErrors
{
    /// <summary>Something else than a file stands at the path.</summary>
    public static ScmException NotAFile(string path, string what, string instead) => new ScmFileNotFoundException(new ScmError
    {
        Reason = ErrorReason.NotFound,
        Origin = ErrorOrigin.GitHub,
        Status = HttpStatusCode.OK,
        Message = $"There is no file at '{path}': it is {what}. {instead}",
    });

    /// <summary>The repository is there, and the file is not.</summary>
    public static ScmException NoFile(ScmException missing, RepositoryRef repository, string path, string? gitRef) => new ScmFileNotFoundException(
        missing.Error with { Message = $"{missing.Message} {repository} is there: what is missing is '{path}', or {(gitRef is null ? "a default branch" : $"the ref '{gitRef}'")}." },
        missing);

    /// <summary>The repository itself is missing, or not visible.</summary>
    public static ScmException NoRepository(ScmException missing, RepositoryRef repository) =>
        ScmException.From(missing.Error with { Message = $"{missing.Message} It is {repository} itself that is missing, or that this credential cannot see." }, missing);

    /// <summary>Too large for contents, and its blob id could not be found out.</summary>
    public static ScmException NeedsBlobId(ScmException tooLarge, string path) => ScmException.From(
        tooLarge.Error with { Message = $"{tooLarge.Message} Read '{path}' with OpenBlobAsync or GetBlobAsync, up to 100 MB; GetTreeAsync lists its blob id." },
        tooLarge);

    /// <summary>Too large for any call.</summary>
    public static ScmException TooLargeForAny(ScmException tooLarge, string what) => ScmException.From(
        tooLarge.Error with { Message = $"{tooLarge.Message} {what} is above the 100 MB that any call of GitHub's API serves: read it with git." },
        tooLarge);
}
