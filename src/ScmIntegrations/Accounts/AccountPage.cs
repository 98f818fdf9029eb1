namespace ScmIntegrations.Accounts;

/// <summary>A page of accounts.</summary>
/// <param name="Accounts">The accounts, without their credentials.</param>
/// <param name="NextPageToken">What to ask the next page with; <see langword="null"/> on the last one. Opaque.</param>
public sealed record AccountPage(IReadOnlyList<ConnectedAccount> Accounts, string? NextPageToken)
{
    /// <summary>How many accounts there are on all pages; <see langword="null"/> when nobody says.</summary>
    public int? TotalCount { get; init; }
}
