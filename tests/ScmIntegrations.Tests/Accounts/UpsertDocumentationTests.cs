using System.Xml.Linq;

namespace ScmIntegrations.Tests.Accounts;

/// <summary>Nobody has to guess what a parameter does to an account that exists.</summary>
public sealed class UpsertDocumentationTests
{
    [Theory]
    [InlineData("IConnectedAccounts.UpsertAsync")]
    [InlineData("IConnectedAccounts.UpdateAsync")]
    [InlineData("IConnectedAccounts.CreateAsync")]
    [InlineData("ConnectedAccountsExtensions.GetOrCreateAsync")]
    public void Each_parameter_says_what_it_does_to_an_existing_account(string method)
    {
        var documentation = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "ScmIntegrations.xml"));

        var member = documentation.Descendants("member").Single(entry => entry.Attribute("name")!.Value.StartsWith($"M:ScmIntegrations.Accounts.{method}(", StringComparison.Ordinal));

        foreach (var parameter in (string[])["credential", "apiConfiguration"])
        {
            member.Elements("param").Single(entry => entry.Attribute("name")!.Value.Equals(parameter, StringComparison.Ordinal)).Value.Should().Contain("existing account");
        }
    }
}
