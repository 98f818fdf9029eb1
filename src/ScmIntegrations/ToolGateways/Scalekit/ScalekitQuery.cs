using System.Globalization;
using System.Text;

namespace ScmIntegrations.ToolGateways.Scalekit;

/// <summary>A query whose values are escaped. What is absent is left out.</summary>
internal sealed class ScalekitQuery
{
    private readonly StringBuilder _text = new();

    public ScalekitQuery Add(string name, string? value)
    {
        if (value is not null)
        {
            _text.Append(_text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return this;
    }

    public ScalekitQuery Add(string name, int value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    public override string ToString() => _text.ToString();
}
