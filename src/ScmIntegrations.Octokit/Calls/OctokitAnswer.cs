using System.Net;

namespace ScmIntegrations.Octokit.Calls;

/// <summary>Which answer it is, for whoever cannot read it.</summary>
/// <param name="Request">Method and path.</param>
/// <param name="Status">Its status.</param>
/// <param name="RequestId">GitHub's id of the request.</param>
internal sealed record OctokitAnswer(string Request, HttpStatusCode Status, string? RequestId);
