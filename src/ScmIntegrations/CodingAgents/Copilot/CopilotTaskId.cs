using ScmIntegrations.GitHub;

namespace ScmIntegrations.CodingAgents.Copilot;

/// <summary>The id by which a task is known to this library: <c>OWNER:NAME:TASK</c>. The last part is GitHub's, and may hold colons itself.</summary>
internal sealed record CopilotTaskId(RepositoryRef Repository, string TaskId)
{
    private const int Parts = 3;

    /// <summary>Reads an id.</summary>
    /// <exception cref="ArgumentException">It has not three parts, or one of them cannot be what it stands for.</exception>
    public static CopilotTaskId Parse(string id)
    {
        if (id.Split(':', Parts) is not [var owner, var name, var task] || !RepositoryRef.TryParse($"{owner}/{name}", out var repository) || !IsTask(task))
        {
            throw new ArgumentException($"'{id}' is not the id of a task of GitHub Copilot's: that is OWNER:NAME:TASK.", nameof(id));
        }

        return new(repository, task);
    }

    /// <summary>Whether a text can be the last part, and a segment of a path.</summary>
    public static bool IsTask(string task) => !string.IsNullOrWhiteSpace(task) && task is not ("." or "..") && !task.Any(char.IsControl);

    public override string ToString() => $"{Repository.Owner}:{Repository.Name}:{TaskId}";
}
