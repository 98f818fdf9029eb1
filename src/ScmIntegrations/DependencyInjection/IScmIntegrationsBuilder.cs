namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds clients to an application.</summary>
public interface IScmIntegrationsBuilder
{
    /// <summary>The application's services.</summary>
    IServiceCollection Services { get; }
}
