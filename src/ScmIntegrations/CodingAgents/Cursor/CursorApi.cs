namespace ScmIntegrations.CodingAgents.Cursor;

/// <summary>A generation of Cursor's API.</summary>
public enum CursorApi
{
    /// <summary>The current one, agents and their runs. Where it is not served, the client falls back to <see cref="V0"/>.</summary>
    V1,

    /// <summary>The legacy one, which alone sends webhooks and takes a branch name.</summary>
    V0,
}
