using System.Text.Json;
using System.Text.Json.Serialization;
using ScmIntegrations.GitHub.Apps;
using ScmIntegrations.GitHub.Authentication;

namespace ScmIntegrations.GitHub;

/// <summary>The shapes read from and sent to GitHub, generated at build time. A required property that is absent or null makes a body unreadable.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, Converters = [typeof(GitHubAccountConverter)])]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(GitHubRepository))]
[JsonSerializable(typeof(List<GitHubRepository>))]
[JsonSerializable(typeof(InstallationRepositoriesWire))]
[JsonSerializable(typeof(GitHubAppRegistration))]
[JsonSerializable(typeof(AccountWire))]
[JsonSerializable(typeof(InstallationTokenScopeWire))]
[JsonSerializable(typeof(GrantedTokenWire))]
[JsonSerializable(typeof(InstallationTokenWire))]
[JsonSerializable(typeof(RateLimitsWire))]
[JsonSerializable(typeof(CommitWire))]
[JsonSerializable(typeof(AppJwtClaims))]
internal sealed partial class GitHubJson : JsonSerializerContext;
