using System.Globalization;
using Quickstart.Counting;

namespace Quickstart.Output;

/// <summary>What a pass cost, in a sentence.</summary>
internal static class CostText
{
    public static string Of(Cost cost)
    {
        var (listing, tree, token, other) = cost.Requests;
        var (started, success, halted, failure) = cost.Interactions;
        var others = other > 0 ? string.Create(CultureInfo.InvariantCulture, $", {other} look-up") : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{cost.Requests.Total} requests ({listing} listing, {tree} tree, {token} token{others}); {started} interactions: {success} success, {halted} halted, {failure} failure.");
    }
}
