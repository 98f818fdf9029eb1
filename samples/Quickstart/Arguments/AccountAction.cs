namespace Quickstart.Arguments;

/// <summary>What <c>accounts</c> can do.</summary>
internal enum AccountAction
{
    Upsert,
    Get,
    List,
    Delete,
}
