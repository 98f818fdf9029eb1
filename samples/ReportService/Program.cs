// snippet:program
using ReportService;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton<FileReport>();
builder.Services.AddScmIntegrations().AddGitHub(gitHub => gitHub.UseToken(builder.Configuration["GITHUB_TOKEN"] ?? ""));

var app = builder.Build();

app.MapGet("/reports/{owner}/{name}", async (string owner, string name, FileReport report, CancellationToken cancellationToken) =>
{
    if (!RepositoryRef.TryParse($"{owner}/{name}", out var repository))
    {
        return Results.BadRequest();
    }

    try
    {
        return Results.Ok(await report.CountAsync(repository, cancellationToken));
    }
    catch (ScmNotFoundException)
    {
        return Results.NotFound();
    }
    catch (ScmException error)
    {
        // What happened, what to do about it, and from when it may help to ask again. No secret is in any of it.
        return Results.Problem(error.Error.Advice, statusCode: 503, title: error.Reason.ToName(), extensions: [new("retryAt", error.RetryAt)]);
    }
});

app.Run();
// end-snippet
