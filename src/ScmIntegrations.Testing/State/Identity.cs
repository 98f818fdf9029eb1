using System.Globalization;

namespace ScmIntegrations.Testing;

/// <summary>Who asks.</summary>
/// <param name="Key">The name of the rate-limit bucket.</param>
/// <param name="Credential">The token as sent; entity tags differ by it.</param>
internal abstract record Identity(string Key, string Credential)
{
    /// <summary>How GitHub names the identity when its rate limit is used up.</summary>
    public abstract string LimitedAs { get; }

    public virtual bool MaySee(FakeRepository repository) => true;
}

internal sealed record AnonymousIdentity(bool SeesEverything) : Identity("anonymous", "")
{
    public override string LimitedAs => "127.0.0.1";

    public override bool MaySee(FakeRepository repository) => SeesEverything || !repository.IsPrivate;
}

internal sealed record UserIdentity(FakeAccount Account, string Token) : Identity("user:" + Account.Login, Token)
{
    public override string LimitedAs => string.Create(CultureInfo.InvariantCulture, $"user ID {Account.Id}");
}

internal sealed record AppIdentity(FakeApp App, string Token) : Identity(string.Create(CultureInfo.InvariantCulture, $"app:{App.Id}"), Token)
{
    public override string LimitedAs => string.Create(CultureInfo.InvariantCulture, $"app ID {App.Id}");
}

internal sealed record InstallationIdentity(InstallationToken Token)
    : Identity(string.Create(CultureInfo.InvariantCulture, $"installation:{Token.Installation.Id}"), Token.Value)
{
    public override string LimitedAs => string.Create(CultureInfo.InvariantCulture, $"installation ID {Token.Installation.Id}");

    public bool Covers(FakeRepository repository) =>
        Token.Installation.Covers(repository) && (Token.RepositoryIds is null || Token.RepositoryIds.Contains(repository.Id));

    public override bool MaySee(FakeRepository repository) => !repository.IsPrivate || Covers(repository);
}
