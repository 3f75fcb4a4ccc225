using System.CommandLine;
using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Workspaces;

namespace Bursar.Understand.Deliveries;

/// <summary><c>bursar deliveries quarantine</c>.</summary>
internal static class QuarantineCli
{
    public static ShellCommand Create(Shell shell)
    {
        var id = new Argument<string>("DELIVERY") { Description = "The delivery's id, or the beginning of it" };
        return new ShellCommand(shell, "quarantine", "Why rows of a delivery were refused, and how many") { id }
            .WithFormat()
            .WithExample("bursar deliveries quarantine aws-2026-09-7f3a9c21", "The reasons, most rows first")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var show = new ShowDeliveries(workspace.View(run.Door.AsOf, run.Door.Draft));
                    var booked = show.Find(run.Get(id)!);
                    run.Print(Table(show.Quarantined(booked, int.MaxValue, cancel)));
                    if (booked.Delivery.QuarantinedRows > 0)
                        run.Note(
                            "Mend these rows at their source and take the file in again with --replace (or with the source "
                                + "declared overwrite): the mended delivery takes this one's place."
                        );
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    private static ResultTable Table(IReadOnlyList<KeptRecord> records) =>
        new(
            [
                new("rows", ColumnKind.Figure),
                new("column"),
                new("reason"),
                new("firstFile", ColumnKind.Text, "first in", Spare: true),
                new("firstRecord", ColumnKind.Figure, "record"),
                new("firstValue", ColumnKind.Text, "value"),
            ],
            [
                .. records
                    .GroupBy(record => (record.Column, record.Reason))
                    .OrderByDescending(group => group.Count())
                    .ThenBy(group => group.Key.Column, StringComparer.Ordinal)
                    .Select(group =>
                        (IReadOnlyList<object?>)
                            [
                                (long)group.Count(),
                                group.Key.Column,
                                group.Key.Reason,
                                group.First().File,
                                group.First().Record,
                                Short(group.First().Value),
                            ]
                    ),
            ]
        )
        {
            WhenEmpty = "Every row of this delivery could be read.",
        };

    private static string Short(string value) => value.Length <= 60 ? value : value[..60] + "…";
}
