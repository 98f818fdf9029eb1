using System.Text.Json;

namespace ScmIntegrations.Testing;

/// <summary>Connected accounts, one by one.</summary>
internal static class ScalekitAccountRoutes
{
    private const string Accounts = "/api/v1/connected_accounts";

    // A link is shown to a person at once.
    private static readonly TimeSpan LinkLifetime = TimeSpan.FromMinutes(1);

    public static void Map(ScalekitRouteTable routes)
    {
        routes.Get(Accounts, ScalekitAccountList.Page);
        routes.Post(Accounts, Create);
        routes.Put(Accounts, Update);
        routes.Get(Accounts + "/details", call => WithAccount(call, call.QuerySelector, account => ScalekitAccountJson.One(call, 200, account)));
        routes.Get(Accounts + "/auth", call => WithAccount(call, call.QuerySelector, account => ScalekitAccountJson.One(call, 200, account, withSecrets: true)));
        routes.Post(Accounts + ":delete", call => WithAccount(call, call.BodySelector, account => Delete(call, account)));
        routes.Post(Accounts + "/magic_link", call => WithAccount(call, call.BodySelector, account => Link(call, account)));
    }

    private static Answer Create(ScalekitCall call)
    {
        if (Given(call) is not { } given || call.Text("connector") is not { } connector || call.Text("identifier") is not { } identifier)
        {
            return Answers.ScalekitError(400, "connector, identifier and connected_account are required", "INVALID_ARGUMENT");
        }

        var scope = new ScalekitScope(connector, identifier, call.Text("organization_id") ?? "", call.Text("user_id") ?? "");
        if (call.State.TryAdd(scope, call.Options.TimeProvider) is not { } account)
        {
            return Answers.ScalekitError(call.Options.DuplicateStatus, "connected account already exists", call.Options.DuplicateCode);
        }

        Apply(account, given);
        return ScalekitAccountJson.One(call, 201, account);
    }

    private static Answer Update(ScalekitCall call) => Given(call) is { } given
        ? WithAccount(call, call.BodySelector, account =>
        {
            Apply(account, given);
            return ScalekitAccountJson.One(call, 200, account);
        })
        : Answers.ScalekitError(400, "connected_account is required", "INVALID_ARGUMENT");

    private static Answer Delete(ScalekitCall call, FakeScalekitAccount account) =>
        call.State.Remove(account) ? new JsonAnswer(200, json =>
        {
            json.WriteStartObject();
            json.WriteEndObject();
        })
        : Missing();

    private static JsonAnswer Link(ScalekitCall call, FakeScalekitAccount account) => new(200, json =>
    {
        json.WriteStartObject();
        json.WriteString("link", $"https://{call.Request.Headers["Host"]}/magicLink/{Guid.NewGuid()}_{account.Id}");
        json.WriteString("expiry", call.Options.TimeProvider.GetUtcNow() + LinkLifetime);
        json.WriteEndObject();
    });

    private static JsonElement? Given(ScalekitCall call) =>
        call.Body is { } body && body.TryGetProperty("connected_account", out var given) && given.ValueKind is JsonValueKind.Object ? given : null;

    private static void Apply(FakeScalekitAccount account, JsonElement given) =>
        account.Apply(ScalekitWire.Object(given, "authorization_details"), ScalekitWire.Object(given, "api_config"));

    private static Answer WithAccount(ScalekitCall call, ScalekitSelector selector, Func<FakeScalekitAccount, Answer> answer) =>
        !selector.IsComplete ? Answers.ScalekitError(400, "id, or connector and identifier, are required", "INVALID_ARGUMENT")
        : call.State.Find(selector) is { } account ? answer(account)
        : Missing();

    private static Answer Missing() => Answers.ScalekitError(404, "connected account not found", "RESOURCE_NOT_FOUND");
}
