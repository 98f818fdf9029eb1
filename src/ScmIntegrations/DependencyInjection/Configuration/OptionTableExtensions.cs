using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers options that a table describes.</summary>
internal static class OptionTableExtensions
{
    /// <summary>Registers options under a name, to be checked when the host starts and when they are first read; a section is read before the delegate runs.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="table">The table.</param>
    /// <param name="name">The name.</param>
    /// <param name="section">What to read them from, if anything.</param>
    /// <param name="configure">Sets them, if anybody does.</param>
    public static OptionsBuilder<TOptions> AddOptions<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
        this IServiceCollection services,
        OptionTable<TOptions> table,
        string name,
        IConfiguration? section,
        Action<TOptions>? configure)
        where TOptions : class, new()
    {
        services.TryAddSingleton(static _ => new OptionSources<TOptions>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, OptionTableValidator<TOptions>>(
            provider => new(table, provider.GetRequiredService<OptionSources<TOptions>>())));
        var options = services.AddOptionsWithValidateOnStart<TOptions>(name);
        if (section is not null)
        {
            options.Configure<OptionSources<TOptions>>((read, sources) => new SectionReader<TOptions>(table, read, sources.Of(read)).Read(section));
        }

        return configure is null ? options : options.Configure(configure);
    }
}
