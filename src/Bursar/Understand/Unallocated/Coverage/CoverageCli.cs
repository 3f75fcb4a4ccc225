using Bursar.Cli;
using Bursar.Understand.Reporting;
using Bursar.Understand.Unallocated.Values;
using Bursar.Workspaces;

namespace Bursar.Understand.Unallocated.Coverage;

/// <summary><c>bursar allocation</c>.</summary>
internal static class CoverageCli
{
    public static ShellCommand Create(Shell shell)
    {
        var field = UnallocatedCli.FieldOption();
        var period = UnallocatedCli.PeriodOption();
        var lens = new LensOptions();
        var command = new ShellCommand(
            shell,
            "allocation",
            "How much of the cost has an owner, month by month: directly, through shared cost, kept, nobody's"
        )
        {
            field,
            period,
        };
        command.Subcommands.Add(ValuesCli.Create(shell));
        return lens.AddTo(command)
            .WithFormat()
            .WithExample("bursar allocation", "The months up to the newest whole one, with the allocation ratios")
            .WithExample("bursar allocation --format json", "Also from which provider, how, to which owner (flows)")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft).Through(lens.Read(run));
                    var review = new MeasureCoverage(view, QueueColumns.Field(run.Get(field))).Of(
                        TimeText.Month(run.Get(period)),
                        cancel
                    );
                    run.Print(CoverageRecord.Of(review, forPeople: run.Door.Format == OutputFormat.Table));
                    foreach (var other in review.Others)
                        run.Note($"{Web.Display.Full(other)} is not in it: --currency CODE converts.");
                    run.TellIfDraft(review.IsDraft);
                    foreach (var note in review.Notes)
                        run.Note(note);
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }
}
