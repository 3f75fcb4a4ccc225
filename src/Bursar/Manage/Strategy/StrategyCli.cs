using Bursar.Cli;
using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Reporting;
using Bursar.Web;
using Bursar.Workspaces;

namespace Bursar.Manage.Strategy;

/// <summary><c>bursar strategy</c>.</summary>
internal static class StrategyCli
{
    public static ShellCommand Create(Shell shell)
    {
        var month = TimeText.MonthOption();
        var lens = new LensOptions();
        var command = new ShellCommand(
            shell,
            "strategy",
            "What is spent for which reason: cost by priority, and what none claims"
        )
        {
            month,
        };
        return lens.AddTo(command)
            .WithFormat()
            .WithVocabulary()
            .WithExample("bursar strategy", "The newest whole month")
            .WithExample("bursar strategy --month 2026-08", "Another month")
            .WithExample("bursar strategy --currency EUR", "In euros, at the rates of each day")
            .WithExample("bursar strategy --format json", "Every digit, with initiatives and scopes, for a program")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft).Through(lens.Read(run));
                    run.Speak(view);
                    var period = TimeText.Month(run.Get(month)) is { } asked ? DateRange.Of(asked) : (DateRange?)null;
                    var views = new ReviewPriorities(view, new AskCosts(view)).Of(period, cancel);
                    run.Print(StrategyRecord.Of(views, run.Door.Format == OutputFormat.Table, view.DataThrough));
                    foreach (var note in views.SelectMany(one => Notes(one, view)).Distinct())
                        run.Note(note);
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    private static IEnumerable<string> Notes(StrategyView shown, BooksView view)
    {
        if (shown.Priorities.Count == 0 && shown.WithoutSpend.Count == 0)
            yield return "No priority is declared. `bursar init` starts a rulebook; write one under kind: Priority.";
        foreach (var title in shown.WithoutSpend)
            yield return $"No cost leads to \"{title}\".";
        foreach (var cap in shown.Caps)
        {
            yield return $"{cap.Scope}: claims came to {Display.Percent(cap.Claimed)}; "
                + $"{Display.Short(new Money(cap.CutAmount, shown.Currency))} were cut from "
                + $"{string.Join(", ", cap.CutFrom)}.";
        }
        foreach (var note in shown.Notes)
            yield return note;
        yield return $"Data to {ReportSubject.DataThrough(view):yyyy-MM-dd}.";
    }
}
