namespace Quickstart.Counting;

/// <summary>What a request is for.</summary>
internal enum RequestKind
{
    Listing,
    Tree,
    Token,
    Other,
}
