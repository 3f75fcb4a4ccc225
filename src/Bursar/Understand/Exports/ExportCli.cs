using System.CommandLine;
using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Core.Focus;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Exports;

/// <summary><c>bursar export</c>.</summary>
internal static class ExportCli
{
    public static ShellCommand Create(Shell shell)
    {
        var file = new Argument<string>("FILE") { Description = "The file to write: .csv, .csv.gz or .parquet" };
        var where = CostOptions.Where();
        var period = new PeriodOptions();
        var focus = new Option<string?>("--focus")
        {
            Description = "The release whose columns are written (default: 1.4)",
            HelpName = "1.0|1.1|1.2|1.3|1.4",
        };
        var command = new ShellCommand(shell, "export", "Take charges out of the books, as FOCUS and with their owners")
        {
            Remarks =
                "Charges are exported whole, by billing period; cost centre, application, owner and the other shared fields stand in "
                + "x_ columns. The file is added up again and must equal the books to the last digit.",
        };
        command.Arguments.Add(file);
        foreach (var option in period.All.Append(where).Append(focus))
            command.Options.Add(option);
        return command
            .WithFormat()
            .WithExample("bursar export september.parquet --from 2026-09 --to 2026-09", "A month, for another tool")
            .WithExample(
                "bursar export claims.csv --where x_CostCentre=claims --focus 1.2",
                "What one cost centre was charged, as FOCUS 1.2"
            )
            .Runs(
                async (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft);
                    if (run.TellIfEmpty(view))
                        return ExitCode.Fine;
                    var (from, to) = period.Read(run);
                    var query = new CostQuery
                    {
                        Where = [.. (run.Get(where) ?? []).Select(CostQueryText.Filter)],
                        From = from,
                        To = to,
                    };
                    var version = ReleaseText.Read(run.Get(focus), "--focus");
                    var path = run.Get(file)!;
                    var written = await run.WithProgressAsync(progress =>
                        Task.Run(
                            () =>
                            {
                                using var step = progress.Begin($"Writing {path}");
                                return new WriteFocus(view).Write(query, version, path, cancel);
                            },
                            cancel
                        )
                    );
                    run.Print(Table(written));
                    if (view.IsDraft)
                        run.Note("DRAFT: the owners rest on rules that are not published (`bursar publish`).");
                    foreach (var note in written.Notes)
                        run.Note(note);
                    run.Note(
                        $"{path} is FOCUS {version.Number()} and sums to the books, to the last digit. "
                            + $"What a FOCUS tool will say of it: bursar validate {path} --focus {version.Number()}"
                    );
                    return ExitCode.Fine;
                }
            );
    }

    private static ResultTable Table(WrittenFocus written) =>
        new(
            [
                new("currency"),
                new("charges", ColumnKind.Figure),
                new("billedCost", ColumnKind.Figure, "billed cost"),
                new("effectiveCost", ColumnKind.Figure, "effective cost"),
            ],
            [
                .. written.Sums.Select(sum =>
                    (IReadOnlyList<object?>)[sum.Currency.Code, sum.Charges, sum.Billed, sum.Effective]
                ),
            ]
        );
}
