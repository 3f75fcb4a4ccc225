using Bursar.Core.Amounts;
using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Web.Addresses;

namespace Bursar.Understand.Reporting.Pools;

/// <summary>Shared costs as a page sets them.</summary>
internal static class PoolPageTable
{
    /// <summary>"In September 2026, $2.5 M of $18.4 M is shared; $2.4 M of it reaches those who use it."</summary>
    public static string Lead(PoolReview review) =>
        string.Join(
            " ",
            review
                .Totals.Select(total =>
                {
                    var pools = review.Pools.Where(pool => pool.Currency == total.Currency).ToList();
                    if (pools.Count == 0)
                        return null;
                    var shared = new Money(CostGroups.Sum(pools.Select(pool => pool.Cost)), total.Currency);
                    var reaches = new Money(CostGroups.Sum(pools.Select(pool => pool.Distributed)), total.Currency);
                    return $"In {Display.Month(review.Month)}, {Display.Short(shared)} of {Display.Short(total)} is shared; "
                        + $"{Display.Short(reaches)} of it reaches those who use it.";
                })
                .OfType<string>()
        );

    public static FigureTable Pools(PoolReview review) =>
        new(
            $"What is shared in {Display.Month(review.Month)}",
            ["Pool"],
            [
                new("Currency", null),
                new("Cost", "effective"),
                new("Distributed", null),
                .. IsMetered(review) ? [new FigureHeading("Residual", null)] : Array.Empty<FigureHeading>(),
                new("Kept", null),
                new("Divided by", null),
            ],
            [
                .. review.Pools.Select(pool => new FigureRow(
                    [new(pool.Pool.Name, HasParts(pool) ? "#" + pool.Pool.Name : null)],
                    [
                        new(pool.Currency.Code, Tone: CellTone.Text),
                        Cell(pool.Cost, pool.Currency),
                        Cell(pool.Distributed, pool.Currency),
                        .. IsMetered(review)
                            ? [pool.Meter is null ? new FigureCell("–") : Cell(pool.Residual, pool.Currency)]
                            : Array.Empty<FigureCell>(),
                        Cell(pool.Kept, pool.Currency),
                        new(PoolTables.Driver(pool.Pool), Tone: CellTone.Text),
                    ]
                )),
            ],
            []
        );

    /// <summary>Whether there is more to show than that it is kept.</summary>
    public static bool HasParts(ReviewedPool pool) => pool.Pool.IsDivided || pool.Pool.Benefit is not null;

    public static FigureTable Parts(ReviewedPool pool, PoolReview review, string? asOf) =>
        new(
            $"Who gets how much of {pool.Pool.Name}",
            ["Receiver"],
            [new("Weight", null), new("Share", "%"), new("Cost", pool.Currency.Code)],
            [
                .. pool.Parts.Select(part => new FigureRow(
                    [
                        part.IsResidual ? new(MeterTables.ResidualName)
                        : part.Receiver is { } receiver ? new(receiver, Behind(receiver, pool, review, asOf))
                        : new(PoolTables.Nobody(pool.Pool, part)),
                    ],
                    [
                        new(part.Weight is { } weight ? PoolTables.Weight(weight) : "–"),
                        new(Display.PercentFigure(part.Share)),
                        Cell(part.Cost, pool.Currency),
                    ]
                )),
            ],
            [new([new("Total")], [new(""), new(""), Cell(pool.Cost, pool.Currency)])]
        );

    /// <summary>What rates brought in, line by line, beside the real cost.</summary>
    public static FigureTable Recovery(ReviewedPool pool) =>
        new(
            $"What the rates of {pool.Pool.Name} brought in",
            ["Line"],
            [
                new("Quantity", null),
                new("Unit", null),
                new("Rate", pool.Currency.Code),
                new("Charged", pool.Currency.Code),
                new("Real cost", pool.Currency.Code),
                new("Under-recovery", pool.Currency.Code),
                new("Suggested rate", pool.Currency.Code),
            ],
            [
                .. pool.Recovery.Select(line => new FigureRow(
                    [new(line.Meter ?? "no rate")],
                    [
                        new(Display.Figure(line.Quantity, 0), Exact: line.Quantity),
                        new(line.Unit ?? "–", Tone: CellTone.Text),
                        new(line.Rates),
                        Cell(line.Charged, pool.Currency),
                        Cell(line.Cost, pool.Currency),
                        Cell(line.UnderRecovery, pool.Currency),
                        new(line.Suggested is { } rate ? RecoveryLine.Text(rate) : "–"),
                    ]
                )),
            ],
            [
                new(
                    [new("Total")],
                    [
                        new(""),
                        new(""),
                        new(""),
                        Cell(CostGroups.Sum(pool.Recovery.Select(line => line.Charged)), pool.Currency),
                        Cell(CostGroups.Sum(pool.Recovery.Select(line => line.Cost)), pool.Currency),
                        Cell(CostGroups.Sum(pool.Recovery.Select(line => line.UnderRecovery)), pool.Currency),
                        new(""),
                    ]
                ),
            ]
        );

    /// <summary>Invoice against log, class by class.</summary>
    public static FigureTable Lines(ReviewedPool pool, MeterReview meter) =>
        new(
            $"Invoice of {pool.Pool.Name} against the log, {pool.Currency.Code}",
            ["Class"],
            [new("Invoice", null), new("Log", null), new("Allocated", null), new("Residual", null), new("Why", null)],
            [
                .. meter.Lines.Select(line => new FigureRow(
                    [new(line.Class.Length == 0 ? "all" : line.Class)],
                    [
                        Cell(line.Invoiced, pool.Currency),
                        Cell(line.Logged, pool.Currency),
                        Cell(line.Allocated, pool.Currency),
                        Cell(line.Residual, pool.Currency),
                        new(MeterTables.Why(line.Causes, pool.Currency), Tone: CellTone.Prose),
                    ]
                )),
            ],
            [
                new(
                    [new("Total")],
                    [
                        Cell(meter.Invoiced, pool.Currency),
                        Cell(meter.Logged - meter.NotInvoiced, pool.Currency),
                        Cell(meter.Allocated, pool.Currency),
                        Cell(meter.Residual, pool.Currency),
                        new(""),
                    ]
                ),
            ]
        );

    private static bool IsMetered(PoolReview review) => review.Pools.Any(pool => pool.Meter is not null);

    /// <summary>How it was divided, and what was otherwise than declared.</summary>
    public static string Why(ReviewedPool pool) => $"Divided by {PoolTables.Driver(pool.Pool)}. {pool.Note}".TrimEnd();

    /// <summary>Every product, with its part of what is shared.</summary>
    public static string Explore(PoolReview review, string? asOf) =>
        CostQueryUrl.Href(
            "/explore",
            new CostQuery
            {
                By = [review.Pools[0].Pool.By, CostColumns.SharedCost],
                From = review.Month.Start,
                To = review.Month.End,
                Allocation = CostAllocation.Distributed,
            },
            asOf
        );

    private static string Behind(string receiver, ReviewedPool pool, PoolReview review, string? asOf) =>
        CostQueryUrl.Href(
            "/explore",
            new CostQuery
            {
                By = ["ServiceName"],
                From = review.Month.Start,
                To = review.Month.End,
                Allocation = CostAllocation.Distributed,
                Where =
                [
                    new CostFilter(CostColumns.SharedReceiver, [receiver]),
                    new CostFilter(CostColumns.SharedCost, [pool.Pool.Name]),
                ],
            },
            asOf
        );

    private static FigureCell Cell(Amount amount, Currency currency) =>
        new(Display.Figure(amount, currency.Decimals), Exact: amount);
}
