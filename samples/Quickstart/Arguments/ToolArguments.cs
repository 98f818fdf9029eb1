using System.Text.Json;
using ScmIntegrations.ToolGateways;

namespace Quickstart.Arguments;

/// <summary>Which tool is run, with what, and on whose behalf. A class, not a record: records print what they hold.</summary>
internal sealed class ToolArguments(ToolCall call)
{
    public ToolCall Call => call;

    public static ToolArguments Read(RawArguments raw)
    {
        var call = raw.Operands switch
        {
            [_, var name] => Named(name),
            [_] => throw new UsageException("tool needs the name of a tool: tool NAME."),
            _ => throw new UsageException($"tool takes one operand, NAME; {raw.Operands.Count - 1} are given."),
        };
        var identifier = raw.Find(OptionTable.Identifier) ?? throw new UsageException($"tool needs {OptionTable.Identifier} ID: on whose behalf.");
        var parameters = ParametersOf(raw.Find(OptionTable.Params) ?? throw new UsageException($"tool needs {OptionTable.Params} JSON: what the tool is given, {{}} for nothing."));
        return new ToolArguments(AccountNames.Checked(() => call with
        {
            Identifier = identifier,
            Connection = raw.Find(OptionTable.Connection),
            OrganizationId = raw.Find(OptionTable.AccountOrganization),
            UserId = raw.Find(OptionTable.User),
            Parameters = parameters,
        }));
    }

    // Operands are not repeated: one in the wrong place may be a secret that lost its option.
    private static ToolCall Named(string name)
    {
        try
        {
            return new ToolCall(name);
        }
        catch (ArgumentException)
        {
            throw new UsageException("tool NAME: a name has 1 to 256 characters that are not all white space, none of them a control character.");
        }
    }

    // The text is not repeated: parameters may hold secrets.
    private static JsonElement ParametersOf(string text)
    {
        try
        {
            var parameters = JsonElement.Parse(text);
            return parameters.ValueKind is JsonValueKind.Object
                ? parameters
                : throw new UsageException($"{OptionTable.Params} is {NameOf(parameters.ValueKind)}; it is a JSON object, such as {{\"title\":\"Hello\"}}.");
        }
        catch (JsonException wrong)
        {
            throw new UsageException($"{OptionTable.Params} is not JSON (line {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine + 1}); it is a JSON object, such as {{\"title\":\"Hello\"}}.");
        }
    }

    private static string NameOf(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
