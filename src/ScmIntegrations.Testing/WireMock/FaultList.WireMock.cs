namespace ScmIntegrations.Testing;

/// <content>What others have recorded.</content>
public sealed partial class FaultList
{
    /// <summary>
    /// Answers as recorded mappings of WireMock say: a file with one, with <c>{"mappings": […]}</c>, or a folder of such files with
    /// <c>__files</c> in it or beside it. Method, url in its five forms, query, headers and body are matched; status, headers, body, delay,
    /// fault, priority and scenarios are served. Among mappings of the same priority the later one wins, as in WireMock; a mapping gives way
    /// to rules that are older than the mappings.
    /// </summary>
    /// <param name="path">A mapping file, a folder of them, or a folder with the folders <c>mappings</c> and <c>__files</c>.</param>
    /// <returns>The rules, in the order in which they are asked.</returns>
    /// <exception cref="WireMockMappingException">A file is no mapping, or has a property that is not served; the message names file, mapping and property. Nothing is added then.</exception>
    /// <exception cref="FileNotFoundException">There is no such file or folder.</exception>
    public IReadOnlyList<Fault> AddWireMockMappings(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return [.. WireMockFiles.Read(path).Select(mapping => new FaultBuilder(this, mapping.Condition).Optional().Answer(mapping.Answer))];
    }
}
