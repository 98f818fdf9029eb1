namespace Quickstart.Arguments;

/// <summary>What can be asked.</summary>
internal enum CommandName
{
    Repos,
    Tree,
    Scan,
    Audit,
    Launch,
    Agents,
    Accounts,
    Tool,
    Explain,
}
