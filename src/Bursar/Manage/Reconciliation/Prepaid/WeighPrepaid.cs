using System.Globalization;
using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Manage.Reconciliation.Prepaid;

/// <summary>Weighs what is paid ahead, for the API.</summary>
internal delegate Task<PrepaidBalance> ReviewPrepaid(string? asOf, DateOnly? day, CancellationToken cancellationToken);

/// <summary>
/// What is paid ahead at the end of a day: charges billed by then that serve later days, and commitments of which more
/// was billed than used.
/// </summary>
internal sealed class WeighPrepaid(BooksView view, AskCosts ask)
{
    private const int RowsMax = 100_000;

    private static readonly string[] Columns =
    [
        "InvoiceIssuerName",
        "ServiceProviderName",
        "ServiceName",
        "CommitmentDiscountId",
    ];

    /// <summary>The balance of the books of a moment; without a day, at the end of the newest whole month.</summary>
    public static PrepaidBalance Of(BooksView view, DateOnly? day, CancellationToken cancel) =>
        new WeighPrepaid(view, new AskCosts(view)).At(
            day ?? view.NewestWholeMonth?.End.AddDays(-1) ?? DateOnly.FromDateTime(view.Clock.GetUtcNow().UtcDateTime),
            cancel
        );

    public PrepaidBalance At(DateOnly day, CancellationToken cancel)
    {
        var month = BillingPeriod.Containing(day);
        var notes = new List<string>();
        var terms = Terms(day, month, cancel).ToList();
        var commitments = Commitments(day, month, cancel).ToList();
        foreach (var owed in commitments.Where(one => one.Balance.Amount.IsNegative))
            notes.Add(
                $"{owed.CommitmentId}: more was used than the books saw paid, {owed.Balance}; its purchase lies before them, or is billed later."
            );
        var rest = Rest(day, month, cancel).ToLookup(one => one.Key, one => one.Cost);
        terms = terms.ConvertAll(one =>
            one with
            {
                Balance = rest[KeyOf(one)].Aggregate(one.Balance, (sum, cost) => sum + cost),
            }
        );
        var prepaid = terms
            .Concat(commitments.Where(one => !one.Balance.Amount.IsNegative))
            .Where(one => !one.Balance.Amount.IsZero)
            .OrderBy(one => one.Balance.Currency)
            .ThenByDescending(one => one.Balance.Amount)
            .ToList();
        var totals = prepaid
            .GroupBy(one => one.Balance.Currency)
            .Select(group => group.Select(one => one.Balance).Aggregate((sum, one) => sum + one));
        return new PrepaidBalance(day, prepaid, Releases(day, month, cancel), [.. totals], notes);
    }

    /// <summary>
    /// Charges with a term, their service dates: billed in this month or before, serving days to come.
    /// </summary>
    private IEnumerable<Prepayment> Terms(DateOnly day, BillingPeriod month, CancellationToken cancel)
    {
        var sums = new Dictionary<(string?, string?, string?, Currency), Money>();
        var behind = new Dictionary<(string?, string?, string?, Currency), CostQuery>();
        foreach (var query in Questions(day, month))
        {
            foreach (var row in ask.Answer(query with { By = Columns }, cancel).Rows)
            {
                var key = (row.Keys[0], row.Keys[1], row.Keys[2], row.Currency);
                var cost = new Money(row.Total, row.Currency);
                sums[key] = sums.TryGetValue(key, out var before) ? before + cost : cost;
                behind.TryAdd(
                    key,
                    query with
                    {
                        Where =
                        [
                            .. query.Where,
                            new("InvoiceIssuerName", [row.Keys[0]]),
                            new("ServiceName", [row.Keys[2]]),
                        ],
                    }
                );
            }
        }
        return sums.Select(one => new Prepayment(
            one.Key.Item1 ?? one.Key.Item2,
            one.Key.Item3,
            null,
            one.Value,
            behind[one.Key]
        ));
    }

    /// <summary>
    /// Earlier bills and this month's. Of this month's only what reaches beyond it is paid ahead: its other charges are
    /// use of the month, billed with it.
    /// </summary>
    private IEnumerable<CostQuery> Questions(DateOnly day, BillingPeriod month)
    {
        var months = view.Deliveries.Select(booked => booked.Delivery.BillingPeriod).Distinct().Order().ToList();
        var earlier = months.Where(one => one < month).Select(one => (string?)one.ToString()).ToList();
        var query = new CostQuery { Where = [new("CommitmentDiscountId", [null])] };
        if (earlier.Count > 0)
            yield return query with
            {
                Where = [.. query.Where, new("x_BillingPeriod", earlier)],
                From = day.AddDays(1),
            };
        if (months.Contains(month))
            yield return query with
            {
                Where = [.. query.Where, new("x_BillingPeriod", [month.ToString()])],
                From = month.End,
            };
    }

    /// <summary>Of a commitment, all that was billed so far less all that was used.</summary>
    private IEnumerable<Prepayment> Commitments(DateOnly day, BillingPeriod month, CancellationToken cancel)
    {
        var query = new CostQuery { By = Columns, Where = [new("CommitmentDiscountId", [null], Negated: true)] };
        var billed = ask.Answer(
            query with
            {
                Measure = CostMeasure.BilledCost,
                Time = TimeBasis.Billing,
                To = month.End,
            },
            cancel
        );
        var used = ask.Answer(query with { To = day.AddDays(1) }, cancel);
        return billed
            .Rows.Select(row => (Row: row, Cost: row.Total))
            .Concat(used.Rows.Select(row => (Row: row, Cost: -row.Total)))
            .GroupBy(one => (Id: one.Row.Keys[3], one.Row.Currency))
            .Select(group => new Prepayment(
                group.First().Row.Keys[0] ?? group.First().Row.Keys[1],
                group.First().Row.Keys[2],
                group.Key.Id,
                new Money(group.Aggregate(Amount.Zero, (sum, one) => sum + one.Cost), group.Key.Currency),
                query with
                {
                    Where = [new("CommitmentDiscountId", [group.Key.Id])],
                    To = day.AddDays(1),
                    By = [],
                }
            ));
    }

    private static (string?, string?, Currency) KeyOf(Prepayment one) =>
        (one.Issuer, one.Service, one.Balance.Currency);

    /// <summary>
    /// Within a month, the days of it that are still to come, of what is billed in it and reaches beyond it.
    /// </summary>
    private IEnumerable<((string?, string?, Currency) Key, Money Cost)> Rest(
        DateOnly day,
        BillingPeriod month,
        CancellationToken cancel
    )
    {
        var next = day.AddDays(1);
        if (
            next == month.End
            || Questions(day, month).FirstOrDefault(query => query.From == month.End) is not { } reaching
        )
            yield break;
        var page = new ListRows(view).Page(reaching with { By = Columns }, 1, RowsMax, cancel);
        var places = page.Columns.Select((column, i) => (column, i)).ToDictionary(one => one.column, one => one.i);
        foreach (var row in page.Rows)
        {
            if (Day("ChargePeriodStart") is not { } start || Day("ChargePeriodEnd") is not { } end || end <= month.End)
                continue;
            var first = start > next ? start : next;
            var days = month.End.DayNumber - first.DayNumber;
            yield return (
                (Value("InvoiceIssuerName") ?? Value("ServiceProviderName"), Value("ServiceName"), row.Currency),
                new Money(PrepaidMath.SameDays(row.Amount, end.DayNumber - month.End.DayNumber, days), row.Currency)
            );

            string? Value(string column) => places.TryGetValue(column, out var i) ? row.Values[i] : null;

            DateOnly? Day(string column) =>
                Value(column) is { Length: >= 10 } text
                    ? DateOnly.ParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture)
                    : null;
        }
    }

    private List<(BillingPeriod, Money)> Releases(DateOnly day, BillingPeriod month, CancellationToken cancel) =>
        [
            .. Questions(day, month)
                .SelectMany(query => ask.Answer(query with { Over = TimeGrain.Month }, cancel).Rows)
                .GroupBy(row => (Month: BillingPeriod.Containing(row.Period!.Value), row.Currency))
                .OrderBy(group => group.Key.Currency)
                .ThenBy(group => group.Key.Month)
                .Select(group =>
                    (
                        group.Key.Month,
                        new Money(group.Aggregate(Amount.Zero, (sum, row) => sum + row.Total), group.Key.Currency)
                    )
                ),
        ];
}
