using System.Reflection;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Trees;

namespace ScmIntegrations.Tests.Errors;

/// <summary>A consumer's test can throw what production throws, and return what it returns.</summary>
public sealed class MadeByHandTests
{
    public static TheoryData<ErrorReason> Reasons => [.. Enum.GetValues<ErrorReason>()];

    public static TheoryData<Type> Exceptions => [.. typeof(ScmException).Assembly.GetExportedTypes().Where(type => type.IsAssignableTo(typeof(ScmException)))];

    public static TheoryData<Type> Results => [.. typeof(IGitHubIntegrationClient).GetMethods().Select(method => ResultOf(method.ReturnType)).OfType<Type>().Distinct()];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void A_reason_is_all_that_an_error_needs(ErrorReason reason)
    {
        var error = ScmError.For(reason);
        var exception = ScmException.From(error);

        error.Message.Should().StartWith(reason.ToName() + ": ");
        exception.Should().BeOfType(ReasonTable.Find(reason).Create(error, null).GetType());
        exception.Explain().Should().NotBeEmpty();
        (error.Origin is ErrorOrigin.GitHub && reason is not ErrorReason.Unknown).Should().Be(error.Status is not null && error.Origin is not ErrorOrigin.Client);
    }

    [Theory]
    [InlineData(ErrorReason.SecondaryRateLimit, 403, ErrorOrigin.GitHub, true, true)]
    [InlineData(ErrorReason.EmptyRepository, 409, ErrorOrigin.GitHub, true, false)]
    [InlineData(ErrorReason.ServerError, 502, ErrorOrigin.GitHub, false, true)]
    [InlineData(ErrorReason.Timeout, null, ErrorOrigin.Transport, false, true)]
    [InlineData(ErrorReason.CircuitOpen, null, ErrorOrigin.Client, true, true)]
    [InlineData(ErrorReason.ResponseTooLarge, 200, ErrorOrigin.Client, false, false)]
    public void What_follows_is_as_in_production(ErrorReason reason, int? status, ErrorOrigin origin, bool isExpected, bool isTransient)
    {
        var exception = ScmException.From(ScmError.For(reason));

        ((int?)exception.Status, exception.Origin, exception.IsExpected, exception.IsTransient).Should().Be((status, origin, isExpected, isTransient));
    }

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void Each_exception_has_a_public_constructor(Type exception)
    {
        var error = ScmError.For(ErrorReason.Unknown);

        var made = Activator.CreateInstance(exception, error, null);

        made.Should().BeOfType(exception);
        made.Should().BeAssignableTo<ScmException>().Which.Error.Should().BeSameAs(error);
    }

    [Theory]
    [MemberData(nameof(Results))]
    public void Each_result_of_the_client_can_be_made(Type result) =>
        result.GetConstructors(BindingFlags.Public | BindingFlags.Instance).Should().NotBeEmpty($"{result} is to be returned by a test's own client");

    [Fact]
    public void A_tree_is_made_from_entries()
    {
        var tree = new RepositoryTree("a1", [new TreeEntry("src/a.cs", "100644", TreeEntryType.Blob, new string('b', 40), 12)]);

        tree.Files.Single().Path.Should().Be("src/a.cs");
    }

    /// <summary>The type inside a task or stream; <see langword="null"/> for those that are not ours.</summary>
    private static Type? ResultOf(Type type) =>
        type.IsGenericParameter || type == typeof(Task) || type == typeof(ValueTask) ? null
        : type.IsGenericType && type.Assembly != typeof(ScmException).Assembly ? ResultOf(type.GetGenericArguments()[0])
        : type.Assembly == typeof(ScmException).Assembly && !type.IsInterface && !type.IsEnum && !type.IsValueType ? type
        : null;
}
