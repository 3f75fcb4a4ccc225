using System.CommandLine;
using Bursar.Cli;
using Bursar.Workspaces;

namespace Bursar.Understand.Reporting.Pools;

/// <summary><c>bursar recovery</c>.</summary>
internal static class RecoveryCli
{
    public static ShellCommand Create(Shell shell)
    {
        var pool = new Argument<string?>("POOL")
        {
            Description = "One shared cost that is charged by rates",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var period = new Option<string?>("--period")
        {
            Description = "The newest month, 2026-09 (default: the newest whole one)",
            HelpName = "MONTH",
        };
        var months = new Option<int>("--months")
        {
            Description = "So many months up to it",
            DefaultValueFactory = _ => 1,
            HelpName = "N",
        };
        months.Validators.Add(result =>
        {
            if (result.GetValue(months) is < 1 or > 120)
                result.AddError("--months is a number from 1 to 120.");
        });
        return new ShellCommand(shell, "recovery", "What rate cards charged, and what it really cost")
        {
            pool,
            period,
            months,
        }
            .WithFormat()
            .WithExample("bursar recovery", "Every line of every rate card in the newest whole month")
            .WithExample(
                "bursar recovery data-centre --months 12",
                "One of them over a year, with the rates that would have done"
            )
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft);
                    var review = new ReviewRecovery(view).Of(
                        run.Get(pool),
                        TimeText.Month(run.Get(period)),
                        run.Get(months),
                        cancel
                    );
                    if (review is null)
                    {
                        run.Note("Nothing has been delivered yet: `bursar ingest FILE`.");
                        return Task.FromResult(ExitCode.Fine);
                    }
                    if (run.Door.Format == OutputFormat.Json)
                        run.Print(RecoveryTables.Record(review));
                    else
                        run.Print(RecoveryTables.List(review));
                    run.TellIfDraft(review.IsDraft);
                    foreach (var note in review.Notes)
                        run.Note(note);
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }
}
