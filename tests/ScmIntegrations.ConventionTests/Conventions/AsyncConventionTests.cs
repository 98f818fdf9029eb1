using System.Reflection;

namespace ScmIntegrations.ConventionTests.Conventions;

public sealed class AsyncConventionTests
{
    private static readonly Type[] Awaited = [typeof(Task), typeof(Task<>), typeof(ValueTask), typeof(ValueTask<>), typeof(IAsyncEnumerable<>)];

    [Fact]
    public void What_is_awaited_ends_in_Async_and_takes_an_optional_token_last() => Violations(Packages.PublicTypes).Should().BeEmpty();

    [Fact]
    public void A_method_that_breaks_the_rule_is_named() => Violations([typeof(Sample)]).Should().Equal(
        "Sample.Read does not end in Async",
        "Sample.ReadFirstAsync does not end with 'CancellationToken cancellationToken = default'",
        "Sample.ReadLineAsync returns what is not awaited",
        "Sample.ReadManyAsync does not end with 'CancellationToken cancellationToken = default'",
        "Sample.ReadOneAsync does not end with 'CancellationToken cancellationToken'");

    private static IEnumerable<string> Violations(IEnumerable<Type> types) =>
        types.SelectMany(PublicSurface.Methods).SelectMany(Violations).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Violations(MethodInfo method)
    {
        var name = $"{method.DeclaringType!.Name}.{method.Name}";
        var isAsync = method.Name.EndsWith("Async", StringComparison.Ordinal);
        var isAwaited = Awaited.Contains(method.ReturnType.IsGenericType ? method.ReturnType.GetGenericTypeDefinition() : method.ReturnType);
        if (isAwaited != isAsync)
        {
            yield return isAwaited ? $"{name} does not end in Async" : $"{name} returns what is not awaited";
        }
        else if (isAwaited && !EndsWithToken(method))
        {
            yield return $"{name} does not end with 'CancellationToken cancellationToken{(method.IsPublic ? " = default" : "")}'";
        }
    }

    // What a derived class overrides is called by its base, which always has a token.
    private static bool EndsWithToken(MethodInfo method) =>
        method.GetParameters() is [.., { Name: "cancellationToken" } last] && last.ParameterType == typeof(CancellationToken) && last.HasDefaultValue == method.IsPublic;

    public abstract class Sample : IAsyncDisposable
    {
        public abstract ValueTask<int> Read(CancellationToken cancellationToken = default);

        public abstract Task ReadFirstAsync(CancellationToken cancellationToken);

        public abstract IAsyncEnumerable<int> ReadManyAsync(int count = 1);

        public abstract int ReadLineAsync();

        protected abstract Task ReadOneAsync(CancellationToken cancellationToken = default);

        protected abstract Task ReadTwoAsync(CancellationToken cancellationToken);

        public abstract ValueTask DisposeAsync();
    }
}
