namespace ScmIntegrations.Testing;

/// <summary>Whose an account is. Two accounts never have the same.</summary>
internal sealed record ScalekitScope(string Connector, string Identifier, string OrganizationId, string UserId);
