using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ScmIntegrations.Resilience;

namespace ScmIntegrations.GitHub.GraphQL;

/// <summary>A GraphQL document and its variables. Immutable.</summary>
public sealed record GraphQLQuery
{
    /// <summary>Takes a document.</summary>
    /// <param name="text">The document, with one operation. Values belong into variables, never into the text.</param>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public GraphQLQuery(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        Text = text;
        Operation = GraphQLDocument.IsMutation(text) ? OperationClass.Write : OperationClass.Read;
    }

    /// <summary>The document.</summary>
    public string Text { get; }

    /// <summary>The name of the interaction the query runs in: lower-case letters, digits, <c>_</c> and <c>.</c>.</summary>
    public string Name { get; init; } = "graphql_query";

    /// <summary>How safe it is to send twice.</summary>
    /// <value>A read; a write, which is never sent again, for a document with a mutation.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not exactly one class of a read or a write.</exception>
    public OperationClass Operation
    {
        get;
        init => field = value is OperationClass.Read or OperationClass.IdempotentWrite or OperationClass.Write
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A query is a read or a write.");
    }

    /// <summary>The variables as a JSON object; empty for none.</summary>
    internal ReadOnlyMemory<byte> Variables { get; private init; }

    /// <summary>Adds the variables, in place of any before.</summary>
    /// <typeparam name="T">The type of the object that holds them.</typeparam>
    /// <param name="variables">The object; each property is a variable.</param>
    /// <param name="typeInfo">Its source-generated description.</param>
    /// <returns>A query with the variables.</returns>
    public GraphQLQuery WithVariables<T>(T variables, JsonTypeInfo<T> typeInfo) =>
        this with { Variables = JsonSerializer.SerializeToUtf8Bytes(variables, typeInfo) };

    /// <summary>The name; the document and the variables may hold what is not to be shown.</summary>
    /// <returns>For example <c>graphql_query</c>.</returns>
    public override string ToString() => Name;
}
