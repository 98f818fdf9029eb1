using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Checks options by their table, and names all that is wrong at once: the value, the limit and the option. Shows no secret.</summary>
internal sealed class OptionTableValidator<TOptions>(OptionTable<TOptions> table, OptionSources<TOptions> sources) : IValidateOptions<TOptions>
    where TOptions : class, new()
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var builder = new ValidateOptionsResultBuilder();
        foreach (var failure in table.Failures(options, sources.Of(options)))
        {
            builder.AddError($"{table.Describe(name)}: {failure}");
        }

        return builder.Build();
    }
}
