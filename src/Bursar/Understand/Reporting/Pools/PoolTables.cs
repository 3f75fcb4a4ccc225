using System.Globalization;
using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Understand.Allocation.SharedCosts;

namespace Bursar.Understand.Reporting.Pools;

/// <summary>Shared costs as tables for people and as named fields for programs.</summary>
internal static class PoolTables
{
    /// <summary>One line a pool; what logs do not explain has a column where a log divides any of them.</summary>
    public static ResultTable List(PoolReview review)
    {
        var isMetered = review.Pools.Any(pool => pool.Meter is not null);
        return new(
            [
                new("pool"),
                new("currency", ColumnKind.Whole, Spare: isMetered),
                new("cost", ColumnKind.Figure),
                new("distributed", ColumnKind.Figure),
                .. isMetered ? [new ResultColumn("residual", ColumnKind.Figure)] : Array.Empty<ResultColumn>(),
                new("kept", ColumnKind.Figure),
                new("dividedBy", ColumnKind.Text, "Divided by"),
            ],
            [
                .. review.Pools.Select(
                    IReadOnlyList<object?> (one) =>
                        [
                            one.Pool.Name,
                            one.Currency.Code,
                            new Money(one.Cost, one.Currency),
                            new Money(one.Distributed, one.Currency),
                            .. isMetered
                                ? [one.Meter is null ? null : new Money(one.Residual, one.Currency)]
                                : Array.Empty<object?>(),
                            new Money(one.Kept, one.Currency),
                            Driver(one.Pool),
                        ]
                ),
            ]
        )
        {
            WhenEmpty =
                $"No shared cost has charges in {review.Month}. Declare one (kind: SharedCost), or ask for another month: --period.",
        };
    }

    /// <summary>One line a receiver; with the pool, where there are several.</summary>
    public static ResultTable Parts(IReadOnlyList<ReviewedPool> pools) =>
        new(
            [
                new("pool", Spare: pools.Select(one => one.Pool.Name).Distinct().Count() < 2),
                new("receiver"),
                new("currency", ColumnKind.Whole),
                new("weight", ColumnKind.Figure),
                new("share", ColumnKind.Figure),
                new("cost", ColumnKind.Figure),
            ],
            [
                .. pools.SelectMany(one =>
                    one.Parts.Select(
                        IReadOnlyList<object?> (part) =>
                            [
                                one.Pool.Name,
                                part.IsResidual ? MeterTables.ResidualName : part.Receiver ?? Nobody(one.Pool, part),
                                one.Currency.Code,
                                part.Weight is { } weight ? Weight(weight) : null,
                                part.Share is { } share ? Percent(share) : null,
                                new Money(part.Cost, one.Currency),
                            ]
                    )
                ),
            ]
        )
        {
            WhenEmpty = "It has no charges in that month. Ask for another: --period.",
        };

    public static ResultRecord Record(PoolReview review, IReadOnlyList<ReviewedPool> pools) =>
        ResultRecord.Of(
            ("month", review.Month.ToString()),
            ("pools", pools.Select(Record)),
            (
                "totals",
                review.Totals.Select(total =>
                    ResultRecord.Of(("billingCurrency", total.Currency.Code), ("amount", total.Amount))
                )
            ),
            ("draft", review.IsDraft),
            ("dataAsOf", review.DataAsOf)
        );

    /// <summary>By what a pool is divided, in words.</summary>
    public static string Driver(SharedCost pool) =>
        pool.Method switch
        {
            _ when pool.Benefit is { Sign: > 0 } => "what covered use would have cost more on demand",
            _ when pool.OfCommitments => Policy(pool),
            SharedCostMethod.Even => "even parts",
            SharedCostMethod.Rates => $"rates of {pool.Prices}",
            SharedCostMethod.Fixed => "fixed shares",
            SharedCostMethod.Series => $"series {pool.Series}",
            SharedCostMethod.Metered => MeterTables.Driver(pool),
            SharedCostMethod.Central => $"kept: {pool.Reason} Reviewed on {pool.Review:yyyy-MM-dd}.",
            _ => $"their own {pool.Measure}{(pool.Weigh is { Count: > 0 } ? ", some of it" : "")}",
        }
        + string.Concat(
            pool.ToPools.Select(gift =>
                $", {gift.Value.ToString("0.##", CultureInfo.InvariantCulture)} % to {gift.Key}"
            )
        );

    /// <summary>Who has the benefit of commitments, or bears what they cost unused.</summary>
    private static string Policy(SharedCost pool) =>
        pool.Method switch
        {
            SharedCostMethod.Fixed => "central: the organisation's",
            SharedCostMethod.Central when pool.Benefit is null => "the purchaser's",
            SharedCostMethod.Central => "with those whose use it covers",
            _ when pool.IsPurchasers => "the purchaser's",
            _ when pool.Within.Count > 0 => "by covered usage",
            _ => "by eligible usage",
        };

    /// <summary>
    /// Who stands for what has no receiver: the organisation, or whoever bought or used without a name.
    /// </summary>
    public static string Nobody(SharedCost pool, PoolPart part) =>
        pool.OfCommitments && part.IsKept ? "(who bought it)"
        : part.IsKept ? "(kept by the organisation)"
        : "(nobody)";

    public static string Percent(decimal share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.00} %");

    public static string Weight(decimal weight) =>
        CellText.Figure(Amount.From(weight), weight == decimal.Truncate(weight) ? 0 : 2);

    private static ResultRecord Record(ReviewedPool one) =>
        ResultRecord.Of(
            ("pool", one.Pool.Name),
            ("by", one.Pool.By),
            ("method", one.Pool.Method.ToString().ToLowerInvariant()),
            ("dividedBy", Driver(one.Pool)),
            ("billingCurrency", one.Currency.Code),
            ("cost", one.Cost),
            ("distributed", one.Distributed),
            ("kept", one.Kept),
            ("note", one.Note),
            ("meter", one.Meter is { } meter ? MeterTables.Record(meter, one) : null),
            ("recovery", one.Recovery.Count == 0 ? null : one.Recovery.Select(RecoveryTables.Record)),
            (
                "parts",
                one.Parts.Select(part =>
                    ResultRecord.Of(
                        ("receiver", part.Receiver),
                        ("weight", part.Weight),
                        ("share", part.Share),
                        ("cost", part.Cost),
                        ("kept", part.IsKept)
                    )
                )
            )
        );
}
