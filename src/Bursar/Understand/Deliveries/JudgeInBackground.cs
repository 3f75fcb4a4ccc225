using Bursar.Core.Diagnostics;
using Bursar.Workspaces;

namespace Bursar.Understand.Deliveries;

/// <summary>
/// While a server runs, judges what was delivered and not judged yet, one file after the other, so that the Data page
/// can show it.
/// </summary>
/// <param name="workspace">The books.</param>
/// <param name="rested">Called when a round of work is done: what it needed can go.</param>
/// <param name="log">Where it is told that judging stopped.</param>
internal sealed class JudgeInBackground(Workspace workspace, Action rested, ILogger<JudgeInBackground> log)
    : BackgroundService
{
    /// <summary>The first readers come first.</summary>
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(10);

    /// <summary>How often it looks for new deliveries.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Delay(Start, workspace.Clock, stoppingToken);
            var judge = new JudgeDeliveries(workspace.Books);
            while (true)
            {
                var deliveries = workspace.Books.Current().LiveDeliveries;
                var hasWorked = false;
                while (await Task.Run(() => judge.JudgeOne(deliveries, stoppingToken), stoppingToken))
                    hasWorked = true;
                if (hasWorked)
                    rested();
                await Task.Delay(Look, workspace.Clock, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The server ends.
        }
        catch (Exception failure) when (failure is RefusedException or IOException or UnauthorizedAccessException)
        {
            // Pages answer without it; `bursar conformance` tells the same to whoever asks.
            log.LogError("Judging delivered files stopped: {Reason}", failure.Message);
        }
    }
}
