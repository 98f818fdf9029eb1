namespace ScmIntegrations.Testing;

/// <summary>A user or organisation.</summary>
internal sealed record FakeAccount(long Id, string Login, string Type);
