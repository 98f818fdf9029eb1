using Quickstart.Arguments;
using Quickstart.Output;
using ScmIntegrations.Accounts;

namespace Quickstart.Commands;

/// <summary>Connects, reads, lists and deletes accounts.</summary>
internal static class AccountsCommand
{
    public static async Task<int> RunAsync(AccountArguments arguments, AccountSession session, IReport report, IProgressDisplay display, CancellationToken cancellationToken)
    {
        var accounts = session.Accounts;
        switch (arguments.Action)
        {
            case AccountAction.Upsert:
                await report.UpsertAsync(await accounts.UpsertAsync(arguments.Identity!, arguments.Credential, cancellationToken: cancellationToken));
                break;
            case AccountAction.Get:
                await report.AccountAsync(await accounts.GetAsync(arguments.Identity!, cancellationToken));
                break;
            case AccountAction.Delete:
                await report.DeleteAsync(arguments.Identity!, await accounts.DeleteAsync(arguments.Identity!, cancellationToken));
                break;
            default:
                await display.RunAsync("Listing accounts", progress => ListAsync(accounts, arguments.Filter!, report, progress, cancellationToken));
                break;
        }

        await report.CompleteAsync();
        return ExitCode.Done;
    }

    private static async Task ListAsync(IConnectedAccounts accounts, AccountFilter filter, IReport report, IProgress<ProgressStep> progress, CancellationToken cancellationToken)
    {
        var done = 0;
        await foreach (var account in accounts.ListAsync(filter, cancellationToken))
        {
            await report.AccountAsync(account);
            progress.Report(new ProgressStep(++done));
        }
    }
}
