namespace ScmIntegrations.Testing;

/// <summary>How a request names an account: by id alone, or by connection and identifier. Empty texts are absent.</summary>
internal sealed record ScalekitSelector(string? Id, string? Connector, string? Identifier, string? OrganizationId, string? UserId)
{
    /// <summary>Reads it.</summary>
    /// <param name="text">Gives a field of the request.</param>
    public static ScalekitSelector From(Func<string, string?> text) =>
        new(text("id"), text("connector"), text("identifier"), text("organization_id"), text("user_id"));

    /// <summary>Whether it names an account at all.</summary>
    public bool IsComplete => Id is not null || (Connector is not null && Identifier is not null);

    public bool Fits(FakeScalekitAccount account) =>
        (Id is not null ? Is(Id, account.Id) : Is(Connector, account.Connector) && Is(Identifier, account.Identifier))
        && Is(OrganizationId, account.OrganizationId)
        && Is(UserId, account.UserId);

    public bool IsExactly(FakeScalekitAccount account) =>
        (OrganizationId ?? "").Equals(account.OrganizationId, StringComparison.Ordinal) && (UserId ?? "").Equals(account.UserId, StringComparison.Ordinal);

    private static bool Is(string? wanted, string actual) => wanted is null || wanted.Equals(actual, StringComparison.Ordinal);
}
