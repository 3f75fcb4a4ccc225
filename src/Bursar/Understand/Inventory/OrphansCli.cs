using Bursar.Cli;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Understand.Reporting;
using Bursar.Workspaces;

namespace Bursar.Understand.Inventory;

/// <summary><c>bursar orphans</c>.</summary>
internal static class OrphansCli
{
    public const int Shown = 15;

    public static ShellCommand Create(Shell shell)
    {
        var month = TimeText.MonthOption();
        var top = CountOption.Top("So many places of orphan cost one by one", Shown);
        var lens = new LensOptions();
        var command = new ShellCommand(
            shell,
            "orphans",
            "Cost without a configuration item, application or owner, and items without cost"
        )
        {
            month,
            top,
        };
        return lens.AddTo(command)
            .WithFormat()
            .WithVocabulary()
            .WithExample("bursar orphans", "The newest whole month")
            .WithExample("bursar orphans --month 2026-08 --format json", "Every digit, for a program")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft).Through(lens.Read(run));
                    run.Speak(view);
                    var orphans = new FindOrphans(view).Of(Period(run.Get(month), view), Top(run.Get(top)), cancel);
                    run.Print(OrphansRecord.Of(orphans, run.Door.Format == OutputFormat.Table));
                    run.TellIfDraft(view.IsDraft);
                    foreach (var note in orphans.Notes)
                        run.Note(note);
                    if (orphans.ItemCount == 0)
                        run.Note(
                            "The rulebook has no kind: ConfigurationItems. `bursar organisation import FILE` makes one."
                        );
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    /// <exception cref="RefusedException">The text is no month.</exception>
    public static DateRange Period(string? text, BooksView view) =>
        DateRange.Of(TimeText.Month(text) ?? ReportSubject.NewestWholeMonth(view));

    private static int Top(int top) =>
        top is >= 0 and <= 100_000
            ? top
            : throw new RefusedException(
                "orphans/bad-top",
                $"--top {top} cannot be shown.",
                "Write a number from 0.",
                2
            );
}
