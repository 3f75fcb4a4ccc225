using System.CommandLine;
using Bursar.Cli;
using Bursar.Understand.Allocation;
using Bursar.Workspaces;

namespace Bursar.Understand.Unallocated;

/// <summary><c>bursar unallocated</c>.</summary>
internal static class UnallocatedCli
{
    private const int ShownUsually = 20;

    public static ShellCommand Create(Shell shell)
    {
        var field = FieldOption();
        var period = PeriodOption();
        var top = new Option<int>("--top")
        {
            Description = $"So many lines, for people (default: {ShownUsually}); programs get all",
            HelpName = "N",
            DefaultValueFactory = _ => ShownUsually,
        };
        return new ShellCommand(
            shell,
            "unallocated",
            "What belongs to nobody: amount, age, likely owner and why, and who has taken it on"
        )
        {
            field,
            period,
            top,
            DecideCli.Assign(shell),
            DecideCli.Dispute(shell),
            DecideCli.Resolve(shell),
        }
            .WithFormat()
            .WithExample("bursar unallocated", "One line is one piece of work, the largest first")
            .WithExample("bursar unallocated --format csv > tickets.csv", "For a ticket system: an id a line")
            .WithExample("bursar unallocated --field x_Product --period 2026-08", "What belongs to no product")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft);
                    var queue = new FindUnallocated(view, QueueColumns.Field(run.Get(field))).Of(
                        TimeText.Month(run.Get(period)),
                        cancel
                    );
                    var isForPeople = run.Door.Format == OutputFormat.Table;
                    run.Print(isForPeople ? QueueTables.Of(queue, Math.Max(0, run.Get(top))) : QueueRecord.Of(queue));
                    if (isForPeople && queue.Items.Count > run.Get(top))
                        run.Note(
                            $"{queue.Items.Count - Math.Max(0, run.Get(top))} more lines: --top, or --format csv."
                        );
                    run.TellIfDraft(queue.IsDraft);
                    foreach (var note in queue.Notes)
                        run.Note(note);
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    public static Option<string?> FieldOption() =>
        new("--field")
        {
            Description = $"The field that is empty, such as x_Product (default: {SuggestRules.Field})",
            HelpName = "FIELD",
        };

    public static Option<string?> PeriodOption() =>
        new("--period") { Description = "The month, 2026-09 (default: the newest whole one)", HelpName = "MONTH" };
}
