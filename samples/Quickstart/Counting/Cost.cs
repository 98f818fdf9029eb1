namespace Quickstart.Counting;

/// <summary>HTTP requests by what they were for.</summary>
internal sealed record RequestCounts(int Listing, int Tree, int Token, int Other)
{
    public int Total => Listing + Tree + Token + Other;
}

/// <summary>Interactions, begun and by outcome.</summary>
internal sealed record InteractionCounts(long Started, long Success, long Halted, long Failure);

/// <summary>What work cost: a reading of the counters, or the difference of two.</summary>
internal sealed record Cost(RequestCounts Requests, InteractionCounts Interactions)
{
    public static Cost operator -(Cost later, Cost earlier) => new(
        new(
            later.Requests.Listing - earlier.Requests.Listing,
            later.Requests.Tree - earlier.Requests.Tree,
            later.Requests.Token - earlier.Requests.Token,
            later.Requests.Other - earlier.Requests.Other),
        new(
            later.Interactions.Started - earlier.Interactions.Started,
            later.Interactions.Success - earlier.Interactions.Success,
            later.Interactions.Halted - earlier.Interactions.Halted,
            later.Interactions.Failure - earlier.Interactions.Failure));
}
