using System.Text.Json;
using ScmIntegrations.Accounts;

namespace ScmIntegrations.ToolGateways;

/// <summary>A tool to be executed, with what it is given, on behalf of an account.</summary>
public sealed record ToolCall
{
    /// <summary>Names a tool; the account is named by <see cref="Identifier"/> or <see cref="ConnectedAccountId"/>.</summary>
    /// <param name="toolName">The tool, for example <c>github_issue_create</c>. White space around it is dropped.</param>
    /// <exception cref="ArgumentException">The name is blank, longer than 256 characters, or has control characters.</exception>
    public ToolCall(string toolName) => ToolName = AccountIdentity.Check(toolName, nameof(toolName));

    /// <summary>Names a tool and the account.</summary>
    /// <param name="toolName">The tool, for example <c>github_issue_create</c>. White space around it is dropped.</param>
    /// <param name="account">On whose behalf: all four parts of the identity are sent.</param>
    /// <exception cref="ArgumentException">The name is blank, longer than 256 characters, or has control characters.</exception>
    public ToolCall(string toolName, AccountIdentity account)
        : this(toolName)
    {
        ArgumentNullException.ThrowIfNull(account);
        (Connection, Identifier, OrganizationId, UserId) = (account.Connection, account.Identifier, account.OrganizationId, account.UserId);
    }

    /// <summary>The tool.</summary>
    public string ToolName { get; }

    /// <summary>What the tool is given: a JSON object, which is copied; <see langword="null"/> for nothing.</summary>
    /// <exception cref="ArgumentException">The value is no JSON object.</exception>
    public JsonElement? Parameters
    {
        get;
        init => field = value is not { } given ? null
            : given.ValueKind is JsonValueKind.Object ? given.Clone()
            : throw new ArgumentException($"The parameters of a tool are a JSON object; these are {given.ValueKind}.", nameof(value));
    }

    /// <summary>Who the account belongs to in the connection; <see langword="null"/> where <see cref="ConnectedAccountId"/> names it.</summary>
    /// <exception cref="ArgumentException">The value is blank, longer than 256 characters, or has control characters.</exception>
    public string? Identifier
    {
        get;
        init => field = Check(value, nameof(Identifier));
    }

    /// <summary>The connection of the account; <see langword="null"/> where the gateway knows it by the tool.</summary>
    /// <exception cref="ArgumentException">The value is blank, longer than 256 characters, or has control characters.</exception>
    public string? Connection
    {
        get;
        init => field = Check(value, nameof(Connection));
    }

    /// <summary>The organisation that the account belongs to.</summary>
    /// <value><see langword="null"/> by default: the gateway then takes the account of any. Give it wherever a tenant acts.</value>
    /// <exception cref="ArgumentException">The value is blank, longer than 256 characters, or has control characters.</exception>
    public string? OrganizationId
    {
        get;
        init => field = Check(value, nameof(OrganizationId));
    }

    /// <summary>The application's user that the account belongs to.</summary>
    /// <value><see langword="null"/> by default: the gateway then takes the account of any.</value>
    /// <exception cref="ArgumentException">The value is blank, longer than 256 characters, or has control characters.</exception>
    public string? UserId
    {
        get;
        init => field = Check(value, nameof(UserId));
    }

    /// <summary>The id of the account (<see cref="ConnectedAccount.Id"/>), which names it alone.</summary>
    /// <exception cref="ArgumentException">The value is blank, longer than 256 characters, or has control characters.</exception>
    public string? ConnectedAccountId
    {
        get;
        init => field = Check(value, nameof(ConnectedAccountId));
    }

    /// <summary>The run of an agent that the call belongs to; <see langword="null"/> for none.</summary>
    /// <exception cref="ArgumentException">The value is blank, longer than 256 characters, or has control characters.</exception>
    public string? AgentRunId
    {
        get;
        init => field = Check(value, nameof(AgentRunId));
    }

    /// <summary>The tool and its account; never the parameters.</summary>
    /// <returns>For example <c>github_issue_create for github/ada</c>.</returns>
    public override string ToString() => $"{ToolName} for {ConnectedAccountId ?? $"{(Connection is null ? "" : Connection + "/")}{Identifier}"}";

    private static string? Check(string? value, string name) => value is null ? null : AccountIdentity.Check(value, name);
}
