using Bursar.Cli;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Reporting;

/// <summary><c>bursar restate</c>.</summary>
internal static class RestateCli
{
    public static ShellCommand Create(Shell shell)
    {
        var options = new CostOptions();
        var against = StructureText.Option("What it is compared with (default: as-was)", "--against");
        var command = new ShellCommand(
            shell,
            "restate",
            "Cost as it was and as restated to today's structure, and the difference, which sums to zero"
        )
        {
            Remarks =
                "Ask as you asked `bursar costs`. --structure is what it is restated to (default: today). Nothing in the "
                + "books changes.",
        };
        foreach (var option in options.All)
            command.Options.Add(option);
        command.Options.Add(against);
        return command
            .WithFormat()
            .WithVocabulary()
            .WithExample("bursar restate --by x_CostCentre", "What the last reorganisation moved between cost centres")
            .WithExample(
                "bursar restate --by x_CostCentre --structure 2026-03-31 --against today --from 2026-01",
                "This year as if nothing had been reorganised since March"
            )
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft);
                    run.Speak(view);
                    var restated = new RestateCosts(view).Of(
                        options.Read(run),
                        run.Has(options.Structure)
                            ? StructureText.Read(run.Get(options.Structure), "--structure")
                            : Structure.Today,
                        StructureText.Read(run.Get(against), "--against"),
                        cancel
                    );
                    if (run.Door.Format == OutputFormat.Json)
                        run.Print(RestateTable.Record(restated));
                    else
                        run.Print(RestateTable.Of(restated));
                    CostsCli.Tell(run, view, restated.Answer with { Notes = restated.Notes });
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }
}
