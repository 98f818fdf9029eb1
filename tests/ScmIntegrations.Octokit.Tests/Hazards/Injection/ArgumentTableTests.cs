using ScmIntegrations.Octokit.Arguments;
using ScmIntegrations.Octokit.Tests.Infrastructure;

namespace ScmIntegrations.Octokit.Tests.Hazards.Injection;

/// <summary>The table knows the texts that Octokit's methods take, those of this version and no others.</summary>
public sealed class ArgumentTableTests
{
    [Fact]
    public void Every_text_that_a_method_takes_is_known_and_no_other()
    {
        // The connection takes addresses, media types and credentials, which are looked at when they are sent.
        var taken = OctokitMethod.All.Where(method => method.Way is not [.., { Name: "Connection" }])
            .SelectMany(method => method.Parameters)
            .Where(parameter => parameter.ParameterType == typeof(string))
            .Select(parameter => parameter.Name!)
            .Distinct(StringComparer.Ordinal);

        ArgumentTable.Names.Should().BeEquivalentTo(taken);
    }

    [Fact]
    public void What_is_not_known_is_held_to_the_strictest_shape() => ArgumentTable.ShapeOf("somethingNew").Should().Be(ArgumentShape.Name);
}
