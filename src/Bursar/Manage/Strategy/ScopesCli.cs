using System.CommandLine;
using Bursar.Cli;
using Bursar.Core.Amounts;
using Bursar.Understand.Reporting;
using Bursar.Web;
using Bursar.Workspaces;

namespace Bursar.Manage.Strategy;

/// <summary><c>bursar scopes</c>.</summary>
internal static class ScopesCli
{
    public static ShellCommand Create(Shell shell)
    {
        var period = new Option<string?>("--period")
        {
            Description = "The month, 2026-09 (default: the newest whole one)",
            HelpName = "MONTH",
        };
        var overlap = new Option<bool>("--overlap")
        {
            Description = "Which scopes hold the same charges, and how much",
        };
        var lens = new LensOptions();
        var command = new ShellCommand(
            shell,
            "scopes",
            "The parts of the cost that somebody decides about: life, cost, and what they hold together"
        )
        {
            period,
            overlap,
        };
        return lens.AddTo(command)
            .WithFormat()
            .WithExample("bursar scopes", "Every scope, in the newest whole month")
            .WithExample("bursar scopes --overlap", "What two scopes hold both")
            .WithExample("bursar scopes --format json", "With questions, targets, profiles and who uses them")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft).Through(lens.Read(run));
                    if (new ReviewScopes(view).Of(TimeText.Month(run.Get(period)), cancel) is not { } review)
                    {
                        run.Note("Nothing has been delivered yet: `bursar ingest FILE`.");
                        return Task.FromResult(ExitCode.Fine);
                    }
                    if (run.Door.Format == OutputFormat.Json)
                        run.Print(ScopesRecord.Of(review));
                    else
                        run.Print(run.Get(overlap) ? ScopesRecord.Overlaps(review) : ScopesRecord.List(review));
                    Tell(run, review);
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    /// <summary>
    /// "$18.4M of $18.5M is in a scope, each row once; adding the scopes up would count $0.3M again."
    /// </summary>
    public static string Sentence(ScopeTotals total) =>
        $"{Short(total, total.InScopes)} of {Display.Short(total.Total)} is in a scope, each row once; "
        + (
            total.CountedAgain.IsZero
                ? "no row is in two."
                : $"adding the scopes up would count {Short(total, total.CountedAgain)} again."
        );

    private static string Short(ScopeTotals total, Amount amount) =>
        Display.Short(new Money(amount, total.Total.Currency));

    private static void Tell(ShellRun run, ScopesReview review)
    {
        run.TellIfDraft(review.IsDraft);
        foreach (var total in review.Totals)
            run.Note(Sentence(total));
        foreach (var warning in ScopesRecord.Warnings(review))
            run.Note(warning);
        run.Note($"{review.Month}; data through {review.DataAsOf?.ToString("yyyy-MM-dd") ?? "none"}.");
    }
}
