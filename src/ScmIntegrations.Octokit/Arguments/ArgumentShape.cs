namespace ScmIntegrations.Octokit.Arguments;

/// <summary>What a text may hold, by where Octokit puts it.</summary>
internal enum ArgumentShape
{
    /// <summary>A name that stands in the path as it is: of an owner, a repository, a user. Some stand in a query. No slash, percent sign, question mark, ampersand, number sign or backslash.</summary>
    Name,

    /// <summary>One segment of a path, which the caller may have escaped (<c>%2F</c>): a label, a package.</summary>
    Segment,

    /// <summary>Segments of a path: a file. No question mark or backslash, and no segment that is <c>.</c> or <c>..</c>.</summary>
    Path,

    /// <summary>A branch, tag or commit, which stands in a path or in a query: as a path, and no ampersand.</summary>
    Reference,

    /// <summary>A value in a query, which nobody escapes: no ampersand or number sign.</summary>
    Value,

    /// <summary>The words of a body or a header: anything.</summary>
    Text,
}
