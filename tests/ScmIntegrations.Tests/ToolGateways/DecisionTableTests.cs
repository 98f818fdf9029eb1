using ScmIntegrations.Errors;

namespace ScmIntegrations.Tests.ToolGateways;

/// <summary>What is done by origin and status, as one table: how often a call is sent, how often a token is got, and what surfaces.</summary>
public sealed class DecisionTableTests
{
    private const string Any = "GET PUT POST";
    private const string Repeatable = "GET PUT";

    private static readonly FakeAnswer Expired = GatewayAnswers.Platform(401, "UNAUTHENTICATED");
    private static readonly FakeAnswer Away = GatewayAnswers.Platform(503);

    private static readonly Dictionary<string, Decision> Table = new(StringComparer.Ordinal)
    {
        ["provider, limit"] = new(Any, [GatewayAnswers.Provider(429)], 1, 1, typeof(ScmProviderRateLimitException)),
        ["provider, unauthorized"] = new(Any, [GatewayAnswers.Provider(401)], 1, 1, typeof(ScmProviderUnauthorizedException)),
        ["provider, forbidden"] = new(Any, [GatewayAnswers.Provider(403)], 1, 1, typeof(ScmProviderForbiddenException)),
        ["provider, unavailable"] = new(Any, [GatewayAnswers.Provider(503)], 1, 1, typeof(ScmProviderServerException)),
        ["provider, anything else"] = new(Any, [GatewayAnswers.Provider(418)], 1, 1, typeof(ScmProviderException)),
        ["platform, 401 that stays"] = new(Any, [Expired], 2, 2, typeof(ScmUnauthorizedException)),
        ["platform, 401 once"] = new(Any, [Expired, FakeAnswer.Ok], 2, 2, null),
        ["platform, 401 and then a provider's limit"] = new(Any, [Expired, GatewayAnswers.Provider(429)], 2, 2, typeof(ScmProviderRateLimitException)),
        ["platform, 401 and then its own limit"] = new(Any, [Expired, GatewayAnswers.Platform(429)], 2, 2, typeof(ScmRateLimitException)),
        ["platform, 401 and then away for a moment"] = new(Repeatable, [Expired, Away, FakeAnswer.Ok], 3, 2, null),
        ["platform, away for a moment and then 401"] = new(Repeatable, [Away, Expired, FakeAnswer.Ok], 3, 2, null),
        ["platform, 401, away, and 401 again"] = new(Repeatable, [Expired, Away, Expired], 3, 2, typeof(ScmUnauthorizedException)),
        ["platform, limit"] = new(Any, [GatewayAnswers.Platform(429)], 1, 1, typeof(ScmRateLimitException)),
        ["platform, unavailable"] = new(Repeatable, [Away], 3, 1, typeof(ScmServerException)),
        ["platform, unavailable, to a write"] = new("POST", [Away], 1, 1, typeof(ScmAmbiguousWriteException)),
        ["platform, bad request"] = new(Any, [GatewayAnswers.Platform(400)], 1, 1, typeof(ScmValidationException)),
        ["platform, forbidden"] = new(Any, [GatewayAnswers.Platform(403)], 1, 1, typeof(ScmPermissionException)),
        ["platform, not found"] = new(Any, [GatewayAnswers.Platform(404)], 1, 1, typeof(ScmNotFoundException)),
        ["platform, conflict"] = new(Any, [GatewayAnswers.Platform(409)], 1, 1, typeof(ScmConflictException)),
        ["platform, cancelled"] = new(Any, [GatewayAnswers.Platform(499)], 1, 1, typeof(ScmException)),
        ["platform, internal"] = new(Repeatable, [GatewayAnswers.Platform(500)], 1, 1, typeof(ScmServerException)),
        ["platform, not implemented"] = new(Any, [GatewayAnswers.Platform(501)], 1, 1, typeof(ScmServerException)),
        ["platform, deadline"] = new(Repeatable, [GatewayAnswers.Platform(504)], 1, 1, typeof(ScmServerException)),
        ["platform, deadline, to a write"] = new("POST", [GatewayAnswers.Platform(504)], 1, 1, typeof(ScmAmbiguousWriteException)),
    };

    public static TheoryData<string, string> Rows
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (name, decision) in Table)
            {
                foreach (var method in decision.Methods.Split(' '))
                {
                    data.Add(name, method);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task The_decision_is_that_of_the_table(string row, string method)
    {
        var decision = Table[row];
        await using var rig = await GatewayRig.StartAsync();
        rig.Gateway.Script(decision.Answers);

        if (decision.Surfaces is null)
        {
            (await rig.CallAsync(method)).Should().Be("done");
        }
        else
        {
            (await rig.FailAsync(method)).Should().BeOfType(decision.Surfaces);
        }

        rig.Gateway.Calls.Should().HaveCount(decision.Calls).And.OnlyContain(call => call.Method == method);
        rig.Gateway.TokenRequests.Should().HaveCount(decision.Tokens);
    }

    /// <summary>A row of the table.</summary>
    /// <param name="Methods">The classes it is for, by a method of each.</param>
    /// <param name="Answers">What the platform answers, the last again and again.</param>
    /// <param name="Calls">How often the call is sent.</param>
    /// <param name="Tokens">How often a token is got, the first time included.</param>
    /// <param name="Surfaces">The exception; none when the call succeeds.</param>
    private sealed record Decision(string Methods, FakeAnswer[] Answers, int Calls, int Tokens, Type? Surfaces);
}
