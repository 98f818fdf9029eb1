namespace ScmIntegrations.GitHub.GraphQL;

/// <summary>What a query gave. GitHub answers 200 also when parts of it are missing; then they are named in <see cref="Errors"/>.</summary>
/// <typeparam name="T">The type of the data.</typeparam>
/// <param name="Data">The data; what is missing of it is null.</param>
/// <param name="Errors">Why it is missing; empty for a complete answer.</param>
public sealed record GraphQLAnswer<T>(T Data, IReadOnlyList<GraphQLError> Errors)
{
    /// <summary>Whether nothing is missing.</summary>
    public bool IsComplete => Errors.Count == 0;
}
