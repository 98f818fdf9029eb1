using ScmIntegrations.ToolGateways.Scalekit;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The options of a Scalekit client.</summary>
internal static class ScalekitOptionTable
{
    public static OptionTable<ScalekitOptions> Table { get; } = new(
        name => $"The Scalekit client '{name}'",
        [
            Row("Address", AddressKinds.Required("https://acme.scalekit.com"), options => options.Address, (options, value) => options.Address = value, "The address of the environment. It has to be set; the credentials go to this origin alone."),
            Row("ClientId", CredentialKinds.Id, options => options.ClientId, (options, value) => options.ClientId = value, "The id of the service's own credentials. It has to be set."),
            Row("ClientSecret", CredentialKinds.Secret, options => options.ClientSecret, (options, value) => options.ClientSecret = value!, "Their secret. It has to be set."),
            Row("ToolTimeout", OptionKinds.Timeout, options => options.ToolTimeout, (options, value) => options.ToolTimeout = value, "How long the one attempt at executing a tool may take."),
            Row("MaxResponseBytes", OptionKinds.Whole(1024, long.MaxValue, "bytes"), options => options.MaxResponseBytes, (options, value) => options.MaxResponseBytes = value, "The most bytes of an answer, decompressed."),
            Row("MaxErrorBytes", OptionKinds.Whole(1024, 64 * 1024 * 1024, "bytes"), options => options.MaxErrorBytes, (options, value) => options.MaxErrorBytes = value, "The most bytes read of an error."),
            .. ResilienceOptionRows.Within<ScalekitOptions>(options => options.Resilience),
        ]);

    private static OptionRow<ScalekitOptions, T> Row<T>(string path, OptionKind<T> kind, Func<ScalekitOptions, T> get, Action<ScalekitOptions, T> set, string meaning) =>
        new(path, kind, get, set, meaning);
}
