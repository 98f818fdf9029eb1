using System.Security.Cryptography;
using System.Text;

namespace ScmIntegrations.Testing;

/// <summary>Entity tags: weak, and different for each credential, as GitHub's are; save that of a commit's id, which is the id.</summary>
internal static class EntityTag
{
    /// <summary>Puts the tag of an answer on the response and says whether the client has that answer already.</summary>
    public static bool Matches(Call call, Answer answer)
    {
        if (answer.Version is not { } version)
        {
            return false;
        }

        var tag = answer.Tag ?? $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{version}\n{call.Identity.Credential}")))}\"";
        var known = call.Context.Request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal);
        var headers = call.Context.Response.Headers;
        headers.CacheControl = "private, max-age=60, s-maxage=60";
        headers.Vary = "Accept, Authorization, Cookie, X-GitHub-OTP, Accept-Encoding, Accept, X-Requested-With";

        // Measured on GitHub: a 304 gives the tag back without its weak mark.
        headers.ETag = known ? tag : "W/" + tag;
        return known;
    }
}
