using ScmIntegrations.Interactions;

namespace ScmIntegrations.Tests.Interactions;

public sealed class InteractionDescriptorTests
{
    [Theory]
    [InlineData("get_tree")]
    [InlineData("v2.get_tree")]
    [InlineData("a")]
    [InlineData("a123456789012345678901234567890123456789012345678901234567890123")]
    public void A_word_is_a_name(string name) => new InteractionDescriptor(name).Name.Should().Be(name);

    [Theory]
    [InlineData("")]
    [InlineData("GetTree")]
    [InlineData("get tree")]
    [InlineData("get-tree")]
    [InlineData("acme/app")]
    [InlineData("größe")]
    [InlineData("a1234567890123456789012345678901234567890123456789012345678901234")]
    public void Anything_else_is_refused_with_the_value_and_the_rule(string name) =>
        FluentActions.Invoking(() => new InteractionDescriptor(name)).Should().Throw<ArgumentException>()
            .WithMessage($"'{name}'*1 to 64 characters of a-z, 0-9, '_' and '.'*");

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void A_sample_rate_is_from_0_to_1(double rate) =>
        FluentActions.Invoking(() => new InteractionDescriptor("get_tree") { LogSampleRate = rate })
            .Should().Throw<ArgumentOutOfRangeException>();

    [Fact]
    public void Everything_is_logged_by_default() => new InteractionDescriptor("get_tree").LogSampleRate.Should().Be(1);
}
