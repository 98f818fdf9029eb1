using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ScmIntegrations.AspNetCore.Webhooks;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Webhooks;
using ScmIntegrations.Interactions;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.GitHub.Webhooks;
using ScmIntegrations.Tests.Interactions;

namespace ScmIntegrations.AspNetCore.Tests.Webhooks;

/// <summary>An application on Kestrel that receives webhooks, on a clock that stands still, with everything that it says recorded.</summary>
internal sealed class WebhookRig : IAsyncDisposable
{
    public const string Path = "/github/webhooks";

    private readonly WebApplication _application;
    private readonly HttpClient _http;

    private WebhookRig(WebApplication application, RecordingClients clients, ManualTimeProvider time, RecordingLoggerFactory log, RecordingReporter reporter)
    {
        (_application, Clients, Time, Log, Reporter) = (application, clients, time, log, reporter);
        Address = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        _http = new HttpClient { BaseAddress = Address };
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public Uri Address { get; }

    public RecordingClients Clients { get; }

    public ManualTimeProvider Time { get; }

    public RecordingLoggerFactory Log { get; }

    public RecordingReporter Reporter { get; }

    public IServiceProvider Services => _application.Services;

    public static async Task<WebhookRig> StartAsync(
        Action<IGitHubWebhookBuilder>? webhooks = null,
        Action<GitHubWebhookOptions>? options = null,
        Action<WebApplicationBuilder>? host = null,
        Action<WebApplication>? map = null)
    {
        var (clients, time, log, reporter) = (new RecordingClients(), new ManualTimeProvider(), new RecordingLoggerFactory(), new RecordingReporter());
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<ILoggerFactory>(log);
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton<IFailureReporter>(reporter);
        builder.Services.AddSingleton<IGitHubIntegrationClientFactory>(clients);
        var added = builder.Services.AddScmIntegrations().AddGitHubWebhooks(one =>
        {
            one.Secrets.Add(Deliveries.Secret);
            options?.Invoke(one);
        });
        webhooks?.Invoke(added);
        host?.Invoke(builder);
        var application = builder.Build();
        if (map is null)
        {
            application.MapGitHubWebhooks(Path);
        }
        else
        {
            map(application);
        }

        await application.StartAsync(Token);
        return new(application, clients, time, log, reporter);
    }

    /// <summary>Sends a delivery that is signed with the secret.</summary>
    public Task<Answer> SendAsync(string name, string body, string? id = "1", string secret = Deliveries.Secret, string path = Path) =>
        SendAsync(Encoding.UTF8.GetBytes(body), Deliveries.Sign(body, secret), name, id, path: path);

    public async Task<Answer> SendAsync(byte[] body, string? signature, string? name = "ping", string? id = "1", string? contentType = "application/json", bool isChunked = false, string path = Path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Headers.TransferEncodingChunked = isChunked;
        Add(request, GitHubWebhookHeaders.Signature, signature);
        Add(request, GitHubWebhookHeaders.Event, name);
        Add(request, GitHubWebhookHeaders.Delivery, id);
        if (contentType is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        using var response = await _http.SendAsync(request, Token);
        return new(response.StatusCode, await response.Content.ReadAsStringAsync(Token));
    }

    public Task<HttpResponseMessage> GetAsync() => _http.GetAsync(new Uri(Path, UriKind.Relative), Token);

    public Task StopAsync(CancellationToken outOfTime) => _application.StopAsync(outOfTime);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        using var now = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
        Log.Dispose();
    }

    private static void Add(HttpRequestMessage request, string name, string? value)
    {
        if (value is not null)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }

    internal sealed record Answer(HttpStatusCode Status, string Text);
}
