namespace ScmIntegrations.Testing;

/// <summary>What a fake answers to, for messages.</summary>
/// <param name="Method">The method; <see langword="null"/> for any.</param>
/// <param name="Template">The path.</param>
/// <param name="IsScripted">Whether a test scripted it.</param>
internal sealed record KnownRoute(HttpMethod? Method, PathTemplate Template, bool IsScripted = false)
{
    public override string ToString() => $"{Method?.Method ?? "any"} {Template}";
}
