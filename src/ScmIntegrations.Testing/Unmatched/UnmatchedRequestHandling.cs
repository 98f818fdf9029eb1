namespace ScmIntegrations.Testing;

/// <summary>What a fake does with a request that it has no route for, and that no script answers.</summary>
public enum UnmatchedRequestHandling
{
    /// <summary>
    /// In memory the handler throws an <see cref="UnmatchedRequestException"/>, past every retry. Over HTTP, where nothing can be thrown, the
    /// answer is 501 with the same text, and <see cref="FakeServer.VerifyNoUnmatchedRequests"/> throws it.
    /// </summary>
    Throw,

    /// <summary>The answer is the 404 that the server played would give.</summary>
    NotFound,
}
