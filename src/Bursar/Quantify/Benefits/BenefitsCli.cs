using System.CommandLine;
using Bursar.Cli;
using Bursar.Workspaces;

namespace Bursar.Quantify.Benefits;

/// <summary><c>bursar benefits</c>.</summary>
internal static class BenefitsCli
{
    public static ShellCommand Create(Shell shell)
    {
        var month = TimeText.MonthOption();
        return new ShellCommand(shell, "benefits", "The value register: what spending brought, beside what it cost")
        {
            Show(shell),
            month,
        }
            .WithFormat()
            .WithExample("bursar benefits", "Every benefit: against its baseline, in money, and what was spent for it")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft);
                    if (run.TellIfEmpty(view))
                        return Task.FromResult(ExitCode.Fine);
                    run.Print(
                        BenefitTables.List(new MeasureBenefits(view).All(null, TimeText.Month(run.Get(month)), cancel))
                    );
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    private static ShellCommand Show(Shell shell)
    {
        var name = new Argument<string>("NAME") { Description = "The benefit" };
        var month = TimeText.MonthOption("The last month, 2026-09");
        return new ShellCommand(shell, "show", "A benefit month by month: figure, gain, worth, cost") { name, month }
            .WithFormat()
            .WithExample("bursar benefits show quotes-in-a-minute", "From its first month to the newest whole one")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft);
                    var found = new MeasureBenefits(view).All(run.Get(name), TimeText.Month(run.Get(month)), cancel);
                    if (found is not [var review])
                    {
                        run.TellIfEmpty(view);
                        return Task.FromResult(ExitCode.Fine);
                    }
                    if (run.Door.Format == OutputFormat.Json)
                        run.Print(BenefitTables.Record(review));
                    else
                        run.Print(BenefitTables.Months(review));
                    foreach (var note in review.Notes)
                        run.Note(note);
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }
}
