using ScmIntegrations.Errors;
using ScmIntegrations.Interactions;

namespace ScmIntegrations.GitHub.Trees.Cache;

/// <summary>A read through the cache, and what the call behind it came to.</summary>
/// <param name="Tree">The tree.</param>
/// <param name="Outcome">The outcome of the interaction; <see langword="null"/> when no call was made.</param>
/// <param name="Error">The expected error behind the outcome: an empty repository.</param>
internal sealed record TreeFetch(CachedTree Tree, InteractionOutcome? Outcome, ScmException? Error = null);
