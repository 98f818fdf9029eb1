using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ScmIntegrations.ConventionTests.Conventions;

/// <summary>A dependency whose types stand in our signatures can never be replaced or moved without breaking every user.</summary>
public sealed class DependencyTests
{
    private const string Services = "Microsoft.Extensions.DependencyInjection";
    private const string Endpoints = "Microsoft.AspNetCore.Builder";

    private const string Framework = "A part of ASP.NET Core, for which the package is.";

    /// <summary>Exceptions to the rule, and why.</summary>
    private static readonly Dictionary<(Type Type, string Mentioned), string> Granted = new()
    {
        [(typeof(Testing.Answers), "Microsoft.AspNetCore.Http.HttpContext")] = "A scripted answer may do to the connection whatever the server can; the fake is a web server and says so.",
        [(typeof(GitHubWebhookEndpointExtensions), "Microsoft.AspNetCore.Routing.IEndpointRouteBuilder")] = "What an endpoint is mapped on. The package is for ASP.NET Core and says so.",
        [(typeof(GitHubHealthCheckExtensions), "Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus")] = Framework,
        [(typeof(AspNetCore.HealthChecks.GitHubHealthCheckOptions), "Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus")] = Framework,
        [(typeof(PostgreSqlBuilderExtensions), "Npgsql.NpgsqlDataSource")] = "The application's own connections: certificates, and passwords that change. The package is for Npgsql and says so.",
    };

    [Fact]
    public void Signatures_name_the_framework_and_this_library_alone() => Violations(Packages.PublicTypes).Should().BeEmpty();

    [Fact]
    public void A_dependency_in_a_signature_is_named() => Violations([typeof(Sample)]).Should().Equal(
        "Sample: Microsoft.Extensions.DependencyInjection.IServiceCollection",
        "Sample: Microsoft.Extensions.Logging.ILogger");

    private static IEnumerable<string> Violations(IEnumerable<Type> types) => (
        from type in types
        from mentioned in PublicSurface.Mentioned(type)
        where !IsAllowed(type, mentioned) && !Granted.ContainsKey((type, mentioned.FullName!))
        select $"{type.Name}: {mentioned.FullName}").Order(StringComparer.Ordinal);

    // Registrations speak of services and of configuration, as the platform's do.
    private static bool IsAllowed(Type type, Type mentioned) =>
        mentioned.Assembly == type.Assembly
        || mentioned.Assembly == Packages.Library
        || IsWithin(mentioned, "System")
        || (IsWithin(type, Services) && (IsWithin(mentioned, Services) || mentioned == typeof(IConfiguration)))
        || (IsWithin(type, Endpoints) && IsWithin(mentioned, Endpoints));

    private static bool IsWithin(Type type, string @namespace) => $"{type.Namespace}.".StartsWith($"{@namespace}.", StringComparison.Ordinal);

    public abstract class Sample
    {
        public abstract IServiceCollection Services { get; }

        public abstract Task<IReadOnlyList<ILogger[]>> ReadAsync();
    }
}
