using ScmIntegrations.Errors;

namespace ScmIntegrations.Tests.Errors;

/// <summary>What an endpoint accepts, what the installation has, and what of it is missing.</summary>
public sealed class PermissionTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData(" ; ,", "")]
    [InlineData("contents=read", "contents=read")]
    [InlineData("contents=read,metadata=read", "contents=read+metadata=read")]
    [InlineData(" contents=read , metadata=read ; administration=read ", "contents=read+metadata=read|administration=read")]
    [InlineData(";;contents=read;;", "contents=read")]
    [InlineData("allows_permissionless_access=true", "allows_permissionless_access=true")]
    public void Accepted_permissions_are_read_as_alternatives(string? header, string alternatives) =>
        string.Join('|', Refused(header).AcceptedPermissions.Select(one => string.Join('+', one))).Should().Be(alternatives);

    [Theory]

    // A level includes those before it.
    [InlineData("contents=read", "contents=read", "")]
    [InlineData("contents=read", "contents=write", "")]
    [InlineData("contents=read", "contents=admin", "")]
    [InlineData("contents=write", "contents=read", "contents=write")]
    [InlineData("contents=write", "contents=admin", "")]
    [InlineData("contents=admin", "contents=write", "contents=admin")]
    [InlineData("contents=write", "", "contents=write")]
    [InlineData("contents=write", "issues=write", "contents=write")]
    [InlineData("Contents=WRITE", "Contents=write", "")]

    // A comma is AND.
    [InlineData("contents=write,workflows=write", "contents=write", "workflows=write")]
    [InlineData("contents=write,workflows=write", "contents=write workflows=write", "")]
    [InlineData("contents=write,workflows=write", "metadata=read", "contents=write workflows=write")]

    // A semicolon is OR: the nearest counts, and of two equally near ones the first.
    [InlineData("issues=write; pull_requests=write", "pull_requests=write", "")]
    [InlineData("issues=write; pull_requests=write", "metadata=read", "issues=write")]
    [InlineData("contents=write,workflows=write; administration=write", "metadata=read", "administration=write")]
    [InlineData("contents=write,workflows=write; administration=write,members=read,plan=read", "contents=write", "workflows=write")]

    // An endpoint that needs none.
    [InlineData("allows_permissionless_access=true", "", "")]
    [InlineData("contents=write; allows_permissionless_access=true", "", "")]
    [InlineData("contents=write,allows_permissionless_access=true", "", "contents=write")]

    // Levels that are new to us, or left out.
    [InlineData("contents", "contents=read", "")]
    [InlineData("contents", "", "contents")]
    [InlineData("contents", "contents=none", "contents")]
    [InlineData("contents=read", "contents=none", "contents=read")]
    [InlineData("contents=admin", "contents=maintain", "contents=admin")]
    [InlineData("contents=maintain", "contents=admin", "contents=maintain")]
    [InlineData("contents=maintain", "contents=maintain", "")]
    [InlineData("contents=read=write", "contents=admin", "contents=read=write")]
    [InlineData("=", "contents=admin", "=")]
    public void What_is_missing_is_the_nearest_alternative_less_what_is_granted(string accepted, string granted, string missing) =>
        string.Join(' ', Refused(accepted, granted).MissingPermissions).Should().Be(missing);

    [Fact]
    public void Nothing_is_called_missing_while_it_is_not_known_what_is_granted()
    {
        var refused = Refused("contents=write");

        refused.GrantedPermissions.Should().BeNull();
        refused.MissingPermissions.Should().BeEmpty();
    }

    [Fact]
    public void Nothing_is_called_missing_while_it_is_not_known_what_is_accepted() =>
        Refused(null, "contents=read").MissingPermissions.Should().BeEmpty();

    private static ScmPermissionException Refused(string? accepted, string? granted = null) => new(new ScmError
    {
        Message = "m",
        Reason = ErrorReason.PermissionMissing,
        Origin = ErrorOrigin.GitHub,
        AcceptedPermissions = accepted,
        GrantedPermissions = granted?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split('=')).ToDictionary(one => one[0], one => one[1], StringComparer.Ordinal),
    });
}
