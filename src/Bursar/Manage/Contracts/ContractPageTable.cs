using Bursar.Core.Amounts;
using Bursar.Web;
using Bursar.Web.Addresses;

namespace Bursar.Manage.Contracts;

/// <summary>Contracts as a page sets them.</summary>
internal static class ContractPageTable
{
    /// <summary>"6 contracts. The next notice has to be given by 2 October 2026: cloud-agreement."</summary>
    public static string Lead(IReadOnlyList<ReviewedContract> contracts)
    {
        var count = Display.Count(contracts.Count, "contract", "contracts");
        return contracts.FirstOrDefault(contract => contract.NoticeBy is not null) is { } next
            ? $"{count}. The next notice has to be given by {Display.Day(next.NoticeBy!.Value)}: {next.Vendor}, {next.Id}."
            : $"{count}. No notice has to be given.";
    }

    public static FigureTable Years(IReadOnlyList<ReviewedContract> contracts, string? asOf) =>
        new(
            "What is promised by contract year, and what counts towards it by billed cost",
            ["Contract", "With"],
            [
                new("Type", null),
                new("Year", null),
                new("Currency", null),
                new("Promised", null),
                new("Counted", "so far"),
                new("Missing", "shortfall"),
                new("Notice by", null),
            ],
            [.. contracts.SelectMany(contract => Rows(contract, asOf))],
            []
        );

    /// <summary>What counts towards each year, where more than the eligible charges do; null without such.</summary>
    public static FigureTable? Parts(IReadOnlyList<ReviewedContract> contracts, string? asOf)
    {
        var rows = contracts
            .SelectMany(contract => contract.Years.Select(year => (Contract: contract, Year: year)))
            .Where(one => one.Year.Parts.Count > 1)
            .SelectMany(one => one.Year.Parts.Select(part => Row(one.Contract, one.Year, part, asOf)))
            .ToList();
        return rows.Count == 0
            ? null
            : new FigureTable(
                "Charges that may count, by billed cost",
                ["Contract", "Year"],
                [new("Charges", null), new("Currency", null), new("Billed", null), new("At most", "% of the promise")],
                rows,
                []
            );
    }

    private static IEnumerable<FigureRow> Rows(ReviewedContract contract, string? asOf)
    {
        foreach (var year in contract.Years)
            yield return Row(
                contract,
                Year(year.From, year.To),
                Cell(year.Committed, contract),
                Cell(year.Settled?.Counted, contract) with
                {
                    Href = year.Parts is [var only] ? CostQueryUrl.Href("/rows", only.Behind, asOf) : null,
                },
                Cell(year.Settled?.Shortfall, contract)
            );
        if (contract.Years.Count == 0)
            yield return Row(contract, Year(contract.Start, contract.End), new("–"), new("–"), new("–"));
    }

    private static FigureRow Row(ReviewedContract contract, string year, params FigureCell[] amounts) =>
        new(
            [new(contract.Id), new(contract.Vendor)],
            [
                new(contract.Type, Tone: CellTone.Text),
                new(year, Tone: CellTone.Text),
                new(contract.Currency?.Code ?? "–", Tone: CellTone.Text),
                .. amounts,
                new(contract.NoticeBy is { } day ? Display.ShortDay(day) : "–", Tone: CellTone.Text),
            ]
        );

    private static FigureRow Row(ReviewedContract contract, ReviewedYear year, CountedPart part, string? asOf) =>
        new(
            [new(contract.Id), new(Year(year.From, year.To))],
            [
                new(part.Name, Tone: CellTone.Text),
                new(contract.Currency?.Code ?? "–", Tone: CellTone.Text),
                Cell(part.Billed, contract) with
                {
                    Href = CostQueryUrl.Href("/rows", part.Behind, asOf),
                },
                new(part.MaxPercent is { } most ? Display.PercentFigure(most / 100, 0) : "–"),
            ]
        );

    /// <summary>"1 Jan 2026 to 31 Dec 2026": the last day is inside.</summary>
    private static string Year(DateOnly? from, DateOnly? to) =>
        (from, to) switch
        {
            ({ } first, { } end) => $"{Display.ShortDay(first)} to {Display.ShortDay(end.AddDays(-1))}",
            ({ } first, null) => $"from {Display.ShortDay(first)}",
            (null, { } end) => $"to {Display.ShortDay(end.AddDays(-1))}",
            _ => "–",
        };

    private static FigureCell Cell(Amount? amount, ReviewedContract contract) =>
        amount is { } given ? new(Display.Figure(given, contract.Currency?.Decimals ?? 2), Exact: given) : new("–");
}
