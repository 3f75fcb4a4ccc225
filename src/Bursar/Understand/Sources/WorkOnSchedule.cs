using Bursar.Core.Diagnostics;
using Bursar.Understand.Sources.Stores;
using Bursar.Workspaces;

namespace Bursar.Understand.Sources;

/// <summary>While the server runs: looks every few seconds whether something is to be done, and does it.</summary>
/// <param name="served">The books of the server.</param>
/// <param name="beat">How long it waits between two looks.</param>
/// <param name="trouble">How it is told that a whole round failed ("Alerts cannot be sent").</param>
/// <param name="variable">Reads a variable of the environment.</param>
/// <param name="say">Tells the server's owner.</param>
/// <remarks>The server goes on whatever fails; what did not arrive is tried again after half an hour.</remarks>
internal abstract class WorkOnSchedule(
    Workspace served,
    TimeSpan beat,
    string trouble,
    Func<string, string?> variable,
    Action<string> say
) : BackgroundService
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(30);

    private readonly Dictionary<string, DateTimeOffset> failed = [];

    protected Workspace Served => served;

    protected DateTimeOffset Now => served.Clock.GetUtcNow();

    protected Retry Retry => new(served.Clock);

    protected Environs Environs => new(variable, served.Clock, served.RulebookFolder, served.Books.Folder.Root);

    /// <summary>One look.</summary>
    /// <exception cref="RefusedException">The whole round cannot be done; it is told.</exception>
    protected abstract Task RoundAsync(CancellationToken cancel);

    /// <summary>An engine of its own, which gives its memory back when the round is over.</summary>
    protected Workspace OpenOwn() => Workspace.Open(served.Books.Folder.Root, served.RulebookFolder, served.Clock);

    /// <summary>Tells what failed.</summary>
    protected void Say(string prefix, Diagnostic failure) => say($"{prefix}{failure.Message} {failure.Remedy}");

    /// <summary>Tells what did not arrive, and leaves it alone for a while.</summary>
    protected void Failed(string name, Diagnostic failure)
    {
        failed[name] = Now;
        Say("", failure);
    }

    /// <summary>True while it is too early to try again.</summary>
    protected bool IsLeftAlone(string name) => failed.TryGetValue(name, out var at) && at + AfterFailure > Now;

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                try
                {
                    await RoundAsync(stoppingToken).ConfigureAwait(false);
                }
                catch (RefusedException refused)
                {
                    Say($"{trouble}: ", refused.Diagnostic);
                }
                catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
                {
                    say($"{trouble}: {failure.Message}");
                }
                await Task.Delay(beat, served.Clock, stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server ends.
        }
    }
}
