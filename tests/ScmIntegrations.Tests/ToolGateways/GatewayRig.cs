using System.Text;
using System.Text.Json.Serialization;
using ScmIntegrations.Errors;
using ScmIntegrations.Http;
using ScmIntegrations.Resilience;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Interactions;
using ScmIntegrations.ToolGateways;

namespace ScmIntegrations.Tests.ToolGateways;

/// <summary>A fake gateway and the line to it. Waits of retries pass at once; time-outs do not.</summary>
internal sealed class GatewayRig : IAsyncDisposable
{
    private readonly OriginGuardHandler _handlers;
    private readonly GatewayComposition _composition;

    private GatewayRig(FakeGateway gateway, ResilienceOptions resilience, IGatewayCredential? credential)
    {
        Gateway = gateway;
        _handlers = new OriginGuardHandler(gateway.Address) { InnerHandler = SocketSettings.Create(gateway.Address) };
        _composition = new(
            new GatewayOptions { Address = gateway.Address, Resilience = resilience, MaxErrorBytes = 64 * 1024 },
            () => new HttpClient(_handlers, disposeHandler: false),
            ObtainAsync,
            Time,
            Log.CreateLogger("ScmIntegrations.ToolGateways"),
            error => Retried.Add(error.Reason));
        Credential = credential ?? _composition.Credential;
    }

    public FakeGateway Gateway { get; }

    public ManualTimeProvider Time { get; } = new() { AutoAdvance = true, AutoAdvanceUpTo = TimeSpan.FromSeconds(20) };

    public RecordingLoggerFactory Log { get; } = new();

    public List<ErrorReason> Retried { get; } = [];

    public IGatewayCredential Credential { get; }

    public static async Task<GatewayRig> StartAsync(ResilienceOptions? resilience = null, IGatewayCredential? credential = null) =>
        new(await FakeGateway.StartAsync(), resilience ?? new(), credential);

    public async Task<string> CallAsync(string method = "POST", CancellationToken? cancellationToken = null, string path = "/api/v1/execute_tool?secret=query")
    {
        var request = new GatewayRequest(new HttpMethod(method), path) { Body = method is "GET" ? default : "{}"u8.ToArray() };
        return (await _composition.Line.ExecuteAsync(request, Credential, RigJson.Default.DataWire, cancellationToken ?? TestContext.Current.CancellationToken)).Data;
    }

    /// <summary>Calls, and gives the error that must come.</summary>
    public async Task<ScmException> FailAsync(string method = "POST")
    {
        var call = () => CallAsync(method);
        return (await call.Should().ThrowAsync<ScmException>()).Which;
    }

    public async ValueTask DisposeAsync()
    {
        _handlers.Dispose();
        await Gateway.DisposeAsync();
        Log.Dispose();
    }

    private async Task<GatewayToken> ObtainAsync(GatewayLine line, CancellationToken cancellationToken)
    {
        var request = new GatewayRequest(HttpMethod.Post, "/oauth/token")
        {
            Operation = OperationClass.TokenMint,
            Body = Encoding.UTF8.GetBytes("grant_type=client_credentials"),
            ContentType = "application/x-www-form-urlencoded",
        };
        var wire = await line.ExecuteAsync(request, null, RigJson.Default.TokenWire, cancellationToken);
        return new GatewayToken(wire.AccessToken, Time.GetUtcNow().AddSeconds(wire.ExpiresIn));
    }
}

internal sealed record TokenWire(string AccessToken, int ExpiresIn);

internal sealed record DataWire(string Data);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TokenWire))]
[JsonSerializable(typeof(DataWire))]
internal sealed partial class RigJson : JsonSerializerContext;
