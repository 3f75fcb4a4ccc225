using Bursar.Core.Amounts;
using Bursar.Understand.Allocation;
using Bursar.Understand.Deliveries;
using Bursar.Warehouse.Books;

namespace Bursar.Understand.Quality;

/// <summary>Compares a delivery with what it replaces and with the months of its source before it.</summary>
internal sealed class JudgeAgainstHistory(
    StagedDelivery staged,
    DeliveryMeasures measures,
    QualityPolicy policy,
    FindingWords words
)
{
    /// <summary>The two totals that somebody would miss: what it costs us, and what is invoiced.</summary>
    private static readonly (string Measure, Func<DeliveryTotals, Amount?> Cost)[] Costs =
    [
        ("EffectiveCost", total => total.EffectiveCost ?? total.BilledCost),
        ("BilledCost", total => total.BilledCost ?? total.EffectiveCost),
    ];

    /// <summary>A total that falls by more than is allowed below what it replaces.</summary>
    public DeliveryFinding? Fall(IReadOnlyList<BookedDelivery> replaced)
    {
        var totals = replaced.SelectMany(booked => booked.Delivery.Totals).ToList();
        foreach (var currency in totals.Select(total => total.BillingCurrency).Distinct())
        {
            foreach (var (measure, cost) in Costs)
            {
                var before = Sum(totals, currency, cost);
                var now = Sum(staged.Totals, currency, cost);
                if (before <= Amount.Zero || now >= before.Times(1 - (policy.FallPercent / 100)))
                    continue;
                return words.Of(
                    QualityChecks.TotalFall,
                    replaced.Count,
                    [new AmountAtStake(currency, now - before)],
                    [.. replaced.Select(booked => booked.Id)],
                    $"{measure} would fall from {before} {currency} to {now} {currency}.",
                    "Ask the provider whether charges were taken back or the export is cut short."
                );
            }
        }
        return null;
    }

    public DeliveryFinding? Rows(BooksState state) =>
        DeliveryCheckMath.Change(Now(null), History(state, null), month => month.Rows) is { } change
        && Math.Abs(change.Change) * 100 > policy.ChangePercent
            ? words.Of(
                QualityChecks.RowsAgainstHistory,
                staged.Rows,
                [],
                [],
                $"{change.Now:#,0} rows a day; in the months before it was {change.Usual:#,0} ({Signed(change.Change)}).",
                "Look for an account or a service that is missing or new: bursar costs --by ServiceName --over month."
            )
            : null;

    public DeliveryFinding? Total(BooksState state)
    {
        foreach (var total in staged.Totals)
        {
            var currency = total.BillingCurrency;
            var change = DeliveryCheckMath.Change(
                Now(currency),
                History(state, currency),
                month => month.Cost.ToDecimal()
            );
            if (change is null || Math.Abs(change.Change) * 100 <= policy.ChangePercent)
                continue;
            return words.Of(
                QualityChecks.TotalAgainstHistory,
                1,
                [new AmountAtStake(currency, Cost(total))],
                [],
                $"{PerDay(change.Now, currency)} {currency} a day; in the months before it was "
                    + $"{PerDay(change.Usual, currency)} ({Signed(change.Change)}).",
                "See what changed: bursar costs --by ServiceName --over month --top 10."
            );
        }
        return null;
    }

    /// <summary>A billing currency that the source never used before.</summary>
    public DeliveryFinding? Currency(BooksState state)
    {
        var before = Live(state)
            .SelectMany(delivery => delivery.Totals)
            .Select(total => total.BillingCurrency)
            .ToHashSet();
        var surprising = staged
            .Totals.Where(total => before.Count > 0 && !before.Contains(total.BillingCurrency))
            .ToList();
        return surprising.Count == 0
            ? null
            : words.Of(
                QualityChecks.OtherCurrency,
                surprising.Count,
                [.. surprising.Select(total => new AmountAtStake(total.BillingCurrency, Cost(total)))],
                [.. surprising.Select(total => total.BillingCurrency)],
                $"It is billed in {Words.List(surprising.Select(total => total.BillingCurrency))}; until now the source billed in {Words.List(before)}.",
                "If the contract changed, nothing has to be done; else look at the file's BillingCurrency."
            );
    }

    /// <summary>Columns that went, came or were renamed since the newest delivery of the source.</summary>
    public DeliveryFinding? Columns(BooksState state)
    {
        var last = state.LiveDeliveries.LastOrDefault(booked => booked.Delivery.Source == staged.Source)?.Delivery;
        if (last is null)
            return null;
        var gone = last.Columns.Except(staged.Columns).ToList();
        var came = staged.Columns.Except(last.Columns).ToList();
        if (gone.Count + came.Count == 0)
            return null;
        var renamed = DeliveryCheckMath.Renamed(gone, came);
        gone = [.. gone.Except(renamed.Select(pair => pair.Gone))];
        came = [.. came.Except(renamed.Select(pair => pair.Came))];
        var parts = new[]
        {
            renamed.Count == 0
                ? null
                : "renamed, it seems: " + Words.List(renamed.Select(pair => $"{pair.Gone} to {pair.Came}")),
            gone.Count == 0 ? null : "gone: " + Words.List(gone),
            came.Count == 0 ? null : "new: " + Words.List(came),
        };
        return words.Of(
            QualityChecks.OtherColumns,
            renamed.Count + gone.Count + came.Count,
            [],
            [
                .. renamed.Select(pair => $"{pair.Gone} → {pair.Came}"),
                .. gone.Select(id => "- " + id),
                .. came.Select(id => "+ " + id),
            ],
            $"Its columns are not those of {last.Id}: {string.Join("; ", parts.OfType<string>())}.",
            "Rules that read a column that is gone find nothing in it: look for it in the rulebook, and in the mapping."
        );
    }

    private MonthVolume Now(string? currency) =>
        new(
            staged.Rows,
            measures.Days.Count(day => day.Day >= staged.Period.Start && day.Day < staged.Period.End),
            staged
                .Totals.Where(total => total.BillingCurrency == currency)
                .Aggregate(Amount.Zero, (sum, total) => sum + Cost(total))
        );

    /// <summary>The months of the source before this one, each with all its deliveries.</summary>
    private List<MonthVolume> History(BooksState state, string? currency) =>
        [
            .. Live(state)
                .Where(delivery => delivery.BillingPeriod < staged.Period && Overlaps(delivery))
                .GroupBy(delivery => delivery.BillingPeriod)
                .OrderByDescending(month => month.Key)
                .Take(policy.HistoryMonths)
                .Select(month => new MonthVolume(
                    month.Sum(delivery => delivery.Rows),
                    Days([.. month]),
                    month
                        .SelectMany(delivery => delivery.Totals)
                        .Where(total => total.BillingCurrency == currency)
                        .Aggregate(Amount.Zero, (sum, total) => sum + Cost(total))
                )),
        ];

    private bool Overlaps(Delivery delivery) =>
        staged.BillingAccountIds.Count == 0 || delivery.BillingAccountIds.Intersect(staged.BillingAccountIds).Any();

    /// <summary>
    /// Days of a month with data: to its newest charge. A month paid at once has as many as this one.
    /// </summary>
    private int Days(IReadOnlyList<Delivery> month)
    {
        var ofMonth = measures.Days.Count(day => day.Day >= staged.Period.Start && day.Day < staged.Period.End);
        var newest = month.Max(delivery => delivery.NewestChargeStart);
        var start = month[0].BillingPeriod.Start;
        // Where charges of this month stand on a few days only, months are compared whole.
        return ofMonth < 7 || newest is not { } last ? ofMonth : last.DayNumber - start.DayNumber + 1;
    }

    private IEnumerable<Delivery> Live(BooksState state) =>
        state.LiveDeliveries.Select(booked => booked.Delivery).Where(delivery => delivery.Source == staged.Source);

    private static Amount Cost(DeliveryTotals total) => total.EffectiveCost ?? total.BilledCost ?? Amount.Zero;

    private static Amount Sum(
        IEnumerable<DeliveryTotals> totals,
        string currency,
        Func<DeliveryTotals, Amount?> cost
    ) =>
        totals
            .Where(total => total.BillingCurrency == currency)
            .Aggregate(Amount.Zero, (sum, total) => sum + (cost(total) ?? Amount.Zero));

    private static string PerDay(decimal amount, string currency) =>
        Words.Figure(Amount.From(decimal.Round(amount, 4, MidpointRounding.AwayFromZero)), currency);

    private static string Signed(decimal change) => (change > 0 ? "+" : "") + Words.Percent(change);
}
