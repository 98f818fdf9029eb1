using System.Net;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Octokit.Tests.Infrastructure;

namespace ScmIntegrations.Octokit.Tests.Hazards.Injection;

/// <summary>The promise for every string argument of every method of Octokit's, whatever it is called.</summary>
public sealed class EveryStringArgumentTests
{
    private const string Harmless = "zq7x";

    private static readonly string[] Hostile =
        ["../../user", "..", "%2e%2e/%2e%2e/user", "a\\..\\..\\b", "x?admin=1", "x&admin=1", "x#y", "//evil.example/x", "acme/repos"];

    // Files and refs have slashes of their own.
    private static readonly string[] OfSeveralSegments = ["path", "reference", "branch", "base", "head", "sha", "sha1", "tag", "subNamespace"];

    [Fact]
    public async Task A_hostile_value_is_refused_or_changes_nothing_but_its_own_place()
    {
        var sent = new List<Uri>();
        await using var fixture = await OctokitFixture.StartAsync(setup =>
        {
            setup.Client = options => (options.RateLimits.WritesPerSecond, options.RateLimits.WriteBurst) = (1000, 1_000_000);
            setup.HttpClient = http => http.ConfigurePrimaryHttpMessageHandler(() => new InterceptingHandler((request, _) =>
            {
                sent.Add(request.RequestUri!);
                return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound));
            }));
        });
        var (slots, wrong) = (0, new List<string>());
        foreach (var method in OctokitMethod.All)
        {
            foreach (var parameter in method.Parameters.Where(parameter => parameter.ParameterType == typeof(string)))
            {
                var harmless = (await SendAsync(method, parameter, Harmless)).Addresses;
                if (harmless.Count == 0)
                {
                    // A header's value, which has a form of its own.
                    continue;
                }

                slots++;
                foreach (var value in Hostile)
                {
                    var (addresses, isRefused) = await SendAsync(method, parameter, value);
                    if (!isRefused && !IsSamePlace(harmless, addresses, OfSeveralSegments.Contains(parameter.Name, StringComparer.Ordinal)))
                    {
                        wrong.Add($"{method}: {value} as {parameter.Name} asks for {string.Join(' ', addresses)} instead of {string.Join(' ', harmless)}");
                    }
                }
            }
        }

        slots.Should().BeGreaterThan(1000, "the walk has to find Octokit's methods");
        wrong.Should().BeEmpty();

        async Task<(List<Uri> Addresses, bool IsRefused)> SendAsync(OctokitMethod method, ParameterInfo parameter, string text)
        {
            sent.Clear();
            var error = await Record.ExceptionAsync(() => fixture.RunAsync(octokit => method.CallAsync(octokit, parameter, text)));
            return ([.. sent], sent.Count == 0 && error is ArgumentException or FormatException);
        }
    }

    private static bool IsSamePlace(List<Uri> harmless, List<Uri> hostile, bool ofSeveralSegments) =>
        harmless.Count == hostile.Count && harmless.Zip(hostile).All(pair => IsSamePlace(pair.First, pair.Second, ofSeveralSegments));

    private static bool IsSamePlace(Uri harmless, Uri hostile, bool ofSeveralSegments)
    {
        var around = harmless.AbsolutePath.Split(Harmless);
        return string.Equals(harmless.Authority, hostile.Authority, StringComparison.Ordinal)
            && hostile.AbsolutePath.StartsWith(around[0], StringComparison.Ordinal)
            && hostile.AbsolutePath.EndsWith(around[^1], StringComparison.Ordinal)
            && (ofSeveralSegments || harmless.AbsolutePath.Count(letter => letter == '/') == hostile.AbsolutePath.Count(letter => letter == '/'))
            && Names(harmless).SequenceEqual(Names(hostile), StringComparer.Ordinal);
    }

    private static IEnumerable<string> Names(Uri address) =>
        address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')[0]);
}
