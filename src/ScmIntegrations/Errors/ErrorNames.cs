using System.Text.Json;

namespace ScmIntegrations.Errors;

/// <summary>The wire names of origins and reasons, as they stand in metrics, logs and JSON.</summary>
public static class ErrorNames
{
    /// <summary>The lower-case name of an origin, for example <c>github</c>.</summary>
    /// <param name="origin">The origin to name.</param>
    /// <returns>One of <c>github</c>, <c>platform</c>, <c>provider</c>, <c>transport</c>, <c>client</c>.</returns>
    public static string ToName(this ErrorOrigin origin) =>
        origin is ErrorOrigin.GitHub ? "github" : JsonNamingPolicy.SnakeCaseLower.ConvertName(origin.ToString());

    /// <summary>The snake_case name of a reason, for example <c>empty_repository</c>.</summary>
    /// <param name="reason">The reason to name.</param>
    /// <returns>The name, from a closed set.</returns>
    public static string ToName(this ErrorReason reason) =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString());

    /// <summary>The lower-case name of whoever acts, for example <c>administrator</c>.</summary>
    /// <param name="owner">The value to name.</param>
    /// <returns>One of <c>nobody</c>, <c>user</c>, <c>administrator</c>, <c>operator</c>, <c>developer</c>.</returns>
    public static string ToName(this ActionOwner owner) =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName(owner.ToString());
}
