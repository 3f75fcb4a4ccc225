using System.CommandLine;
using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Workspaces;

namespace Bursar.Manage.Contracts;

/// <summary><c>bursar contracts</c>.</summary>
internal static class ContractsCli
{
    public static ShellCommand Create(Shell shell)
    {
        var at = new Option<string?>("--at")
        {
            Description = "The day it is looked at (default: today)",
            HelpName = "DAY",
        };
        return new ShellCommand(shell, "contracts", "What was promised to suppliers: by year, met so far, next notice")
        {
            at,
        }
            .WithFormat()
            .WithExample("bursar contracts", "All contracts, the next notice first")
            .WithExample("bursar contracts --at 2026-12-31 --format json", "Year by year, with shortfall and rollover")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft);
                    var contracts = ReviewContracts.Of(view, TimeText.Day(run.Get(at)), cancel);
                    if (run.Door.Format == OutputFormat.Json)
                        run.Print(Record(contracts));
                    else
                        run.Print(Table(contracts));
                    run.TellIfDraft(view.IsDraft);
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    private static ResultTable Table(IReadOnlyList<ReviewedContract> contracts) =>
        new(
            [
                new("contract"),
                new("vendor"),
                new("type", Spare: true),
                new("from", ColumnKind.Whole, Spare: true),
                new("to", ColumnKind.Whole),
                new("committed", ColumnKind.Figure),
                new("counted", ColumnKind.Figure, Spare: true),
                new("shortfall", ColumnKind.Figure),
                new("currency", ColumnKind.Whole),
                new("noticeBy", ColumnKind.Whole, "notice by"),
            ],
            [.. contracts.SelectMany(Rows)]
        )
        {
            WhenEmpty =
                "No contract is known. Write kind: Contract into the rulebook, or `bursar ingest FILE` of FOCUS Contract Commitment.",
        };

    private static IEnumerable<IReadOnlyList<object?>> Rows(ReviewedContract contract)
    {
        foreach (var year in contract.Years)
            yield return
            [
                contract.Id,
                contract.Vendor,
                contract.Type,
                year.From,
                year.To,
                year.Committed,
                year.Settled?.Counted,
                year.Settled?.Shortfall,
                contract.Currency?.Code,
                contract.NoticeBy,
            ];
        if (contract.Years.Count == 0)
            yield return
            [
                contract.Id,
                contract.Vendor,
                contract.Type,
                contract.Start,
                contract.End,
                null,
                null,
                null,
                contract.Currency?.Code,
                contract.NoticeBy,
            ];
    }

    /// <summary><c>{"contracts":[…]}</c>.</summary>
    public static ResultRecord Record(IReadOnlyList<ReviewedContract> contracts) =>
        ResultRecord.Of(("contracts", contracts.Select(Record)));

    private static ResultRecord Record(ReviewedContract contract) =>
        ResultRecord.Of(
            ("id", contract.Id),
            ("vendor", contract.Vendor),
            ("type", contract.Type),
            ("description", contract.Description),
            ("currency", contract.Currency?.Code),
            ("from", contract.Start),
            ("to", contract.End),
            ("noticeBy", contract.NoticeBy),
            ("renewal", contract.Renewal),
            ("discountPercent", contract.DiscountPercent),
            ("years", contract.Years.Select(Record)),
            ("shortfallPaid", contract.Paid),
            ("origin", contract.Origin)
        );

    private static ResultRecord Record(ReviewedYear year) =>
        ResultRecord.Of(
            ("from", year.From),
            ("to", year.To),
            ("committed", year.Committed),
            ("needed", year.Settled?.Needed),
            ("counted", year.Settled?.Counted),
            (
                "parts",
                year.Parts.Select(part =>
                    ResultRecord.Of(("name", part.Name), ("billedCost", part.Billed), ("maxPercent", part.MaxPercent))
                )
            ),
            ("shortfall", year.Settled?.Shortfall),
            ("rolled", year.Settled?.Rolled),
            ("paid", year.Settled?.Paid),
            ("over", year.IsOver)
        );
}
