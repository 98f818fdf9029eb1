using System.Net;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Octokit.Tests.Infrastructure;

namespace ScmIntegrations.Octokit.Tests.Hazards.Injection;

/// <summary>The promise for every string argument of every method of Octokit's, whatever it is called.</summary>
public sealed class EveryStringArgumentTests
{
    private const string Harmless = "zq7x";

    [Theory]
    [InlineData("../../user")]
    [InlineData("..")]
    [InlineData("%2e%2e/%2e%2e/user")]
    [InlineData("a\\..\\..\\b")]
    [InlineData("x?admin=1")]
    [InlineData("x&admin=1")]
    [InlineData("x#y")]
    [InlineData("//evil.example/x")]
    public async Task A_hostile_value_is_refused_or_changes_nothing_but_its_own_place(string value)
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
        var wrong = new List<string>();
        var slots = OctokitMethod.All.SelectMany(method => method.Parameters.Where(parameter => parameter.ParameterType == typeof(string)).Select(parameter => (Method: method, Parameter: parameter))).ToList();
        foreach (var (method, parameter) in slots)
        {
            var harmless = await SendAsync(method, parameter, Harmless);
            var hostile = await SendAsync(method, parameter, value);
            if (hostile.Addresses.Count == 0 ? !hostile.IsRefused && harmless.Addresses.Count > 0 : !IsSamePlace(harmless.Addresses, hostile.Addresses))
            {
                wrong.Add($"{method}, {parameter.Name}: {string.Join(' ', hostile.Addresses)} for {string.Join(' ', harmless.Addresses)} {hostile.Error?.GetType().Name}");
            }
        }

        slots.Should().HaveCountGreaterThan(1000, "the walk has to find Octokit's methods");
        wrong.Should().BeEmpty();

        async Task<(List<Uri> Addresses, bool IsRefused, Exception? Error)> SendAsync(OctokitMethod method, ParameterInfo parameter, string text)
        {
            sent.Clear();
            var error = await Record.ExceptionAsync(() => fixture.RunAsync(octokit => method.CallAsync(octokit, parameter, text)));
            return ([.. sent], error is ArgumentException or FormatException, error);
        }
    }

    private static bool IsSamePlace(List<Uri> harmless, List<Uri> hostile) =>
        harmless.Count == hostile.Count && harmless.Zip(hostile).All(pair => IsSamePlace(pair.First, pair.Second));

    private static bool IsSamePlace(Uri harmless, Uri hostile)
    {
        var (expected, segments) = (harmless.AbsolutePath.Split('/'), hostile.AbsolutePath.Split('/'));
        return harmless.Authority == hostile.Authority
            && expected.Length == segments.Length
            && expected.Zip(segments).All(pair => pair.First == pair.Second || pair.First.Contains(Harmless))
            && Names(harmless).SequenceEqual(Names(hostile));
    }

    private static IEnumerable<string> Names(Uri address) =>
        address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')[0]);
}
