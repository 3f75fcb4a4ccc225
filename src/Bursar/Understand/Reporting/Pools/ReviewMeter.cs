using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Allocation.SharedCosts;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Reporting.Pools;

/// <summary>Lays a provider's invoice beside the log of its use, class by class, and says why they differ.</summary>
internal sealed class ReviewMeter(BooksView view, SharedCost pool, Currency currency, BillingPeriod month)
{
    private readonly IReadOnlyList<string> columns = WeighPools.WithinOf(pool);

    /// <summary>A cost, as the log is priced; the pool's own measure when that is one.</summary>
    private CostMeasure Money => pool.Measure.IsQuantity ? CostMeasure.EffectiveCost : pool.Measure;

    public MeterReview Of(CancellationToken cancel)
    {
        var bills = new Asked(view, cancel);
        var logs = new Asked(view.Logs, cancel);
        var cost = ByClass(bills.Of(Invoice(columns)));
        var allocated = ByClass(bills.Of(Received(columns)));
        var logged = ByClass(logs.Of(Log(InLog, Money)));
        var billUnits = UnitsByClass(bills.Of(Invoice(columns) with { Measure = CostMeasure.ConsumedQuantity }));
        var logUnits = UnitsByClass(logs.Of(Log(InLog, CostMeasure.ConsumedQuantity)));
        var days = Days(bills.Of(Invoice([]) with { Over = TimeGrain.Day }));
        var logDays = Days(logs.Of(Log([], pool.Measure) with { Over = TimeGrain.Day }));
        var all = CostGroups.Sum(logged.Values);
        var lines = cost.Keys.Select(name =>
            Line(
                name,
                cost[name],
                logged.GetValueOrDefault(name),
                allocated.GetValueOrDefault(name),
                billUnits.GetValueOrDefault(name),
                logUnits.GetValueOrDefault(name)
            )
        );
        return new MeterReview(
            [
                .. lines
                    .OrderByDescending(line => line.Residual.Abs())
                    .ThenBy(line => line.Class, StringComparer.Ordinal),
            ],
            all,
            all - CostGroups.Sum(cost.Keys.Select(name => logged.GetValueOrDefault(name))),
            [.. days.Except(logDays).Order()],
            logDays.Count == 0 ? null : logDays.Max(),
            CountsBeside(bills, CostGroups.Sum(cost.Values))
        );
    }

    /// <summary>What the log adds to totals although the invoice is there: the same use, counted twice.</summary>
    private Amount CountsBeside(Asked bills, Amount invoiced)
    {
        var counted = bills.Of(Log([CostColumns.SharedCost], Money)).Where(row => row.Currency == currency).ToList();
        var inPool = CostGroups.Sum(counted.Where(row => row.Keys[0] == pool.Name).Select(row => row.Total));
        return invoiced == inPool ? Amount.Zero : CostGroups.Sum(counted.Select(row => row.Total));
    }

    private IReadOnlyList<string> InLog => [.. columns.Select(column => pool.Within[column])];

    private MeteredLine Line(
        string name,
        Amount invoiced,
        Amount logged,
        Amount received,
        (Amount Units, string Unit)? bill,
        (Amount Units, string Unit)? log
    )
    {
        var unit = bill is { } one && log is { } other && one.Unit == other.Unit ? one.Unit : null;
        // What is spread or has an owner is with receivers too; what they used is what the log says.
        var allocated =
            pool.Residual == SharedCostResidual.Apart ? received
            : pool.Measure.IsQuantity ? Share(invoiced, bill, log)
            : logged;
        return new MeteredLine(
            name,
            invoiced,
            logged,
            bill?.Units,
            log?.Units,
            unit,
            allocated,
            Causes(invoiced, logged, invoiced - allocated, bill, log, unit is not null)
        );
    }

    private IReadOnlyList<ResidualPart> Causes(
        Amount invoiced,
        Amount logged,
        Amount residual,
        (Amount Units, string Unit)? bill,
        (Amount Units, string Unit)? log,
        bool isComparable
    )
    {
        if (residual.IsZero)
            return [];
        if (log is null && logged.IsZero)
            return [new(ResidualCause.NotInLog, residual)];
        if (!pool.Measure.IsQuantity && logged.IsZero)
            return [new(ResidualCause.NoPrice, residual)];
        if (!isComparable || bill!.Value.Units.IsZero)
            return [new(ResidualCause.NotComparable, residual)];
        // More or less was used than the log has, at the invoice's price; the rest is another price.
        var more = invoiced - Share(invoiced, bill, log);
        return
        [
            .. new ResidualPart[]
            {
                new(ResidualCause.Quantity, pool.Measure.IsQuantity ? residual : more),
                new(ResidualCause.Price, pool.Measure.IsQuantity ? Amount.Zero : residual - more),
            }.Where(part => !part.Cost.IsZero),
        ];
    }

    /// <summary>What the units of the log cost at the price of the invoice.</summary>
    private static Amount Share(Amount invoiced, (Amount Units, string Unit)? bill, (Amount Units, string Unit)? log) =>
        bill is { Units.IsZero: false } of && log is { } used && used.Unit == of.Unit
            ? invoiced.TimesRatio(used.Units, of.Units)
            : Amount.Zero;

    private CostQuery Invoice(IReadOnlyList<string> by) =>
        new()
        {
            Measure = Money,
            By = by,
            From = month.Start,
            To = month.End,
            Where =
            [
                new CostFilter(CostColumns.SharedCost, [pool.Name]),
                new CostFilter("BillingCurrency", [currency.Code.Length == 0 ? null : currency.Code]),
            ],
        };

    /// <summary>What those in the log got.</summary>
    private CostQuery Received(IReadOnlyList<string> by) =>
        Invoice(by) with
        {
            Allocation = CostAllocation.Distributed,
            Where =
            [
                .. Invoice(by).Where,
                new CostFilter(CostColumns.SharedReceiver, [null, Receiver.Residual.Value], Negated: true),
            ],
        };

    private CostQuery Log(IReadOnlyList<string> by, CostMeasure measure) =>
        new()
        {
            Measure = measure,
            By = by,
            From = month.Start,
            To = month.End,
            Where = pool.Weigh?.ToFilters() ?? [],
        };

    private Dictionary<string, Amount> ByClass(IEnumerable<CostRow> rows) =>
        rows.Where(row => row.Currency == currency)
            .GroupBy(row => MeterClasses.Of(pool, row.Keys))
            .ToDictionary(same => same.Key, same => CostGroups.Sum(same.Select(row => row.Total)));

    /// <summary>Units by class, where they are of one kind.</summary>
    private Dictionary<string, (Amount Units, string Unit)?> UnitsByClass(IEnumerable<CostRow> rows) =>
        rows.Select(row =>
                (Class: MeterClasses.Of(pool, row.Keys), row.Total, Unit: MeterClasses.Unit(row.Currency.Code))
            )
            .GroupBy(row => row.Class)
            .ToDictionary(
                same => same.Key,
                same =>
                    same.Select(row => row.Unit.Unit).Distinct().Count() == 1
                        ? ((Amount, string)?)
                            (
                                CostGroups.Sum(same.Select(row => row.Total.Times(row.Unit.Block))),
                                same.First().Unit.Unit
                            )
                        : null
            );

    private static List<DateOnly> Days(IEnumerable<CostRow> rows) =>
        [.. rows.Where(row => !row.Total.IsZero).Select(row => row.Period!.Value).Distinct()];

    /// <summary>Rows of bills alone, or of logs alone; a column that no delivery has is empty everywhere.</summary>
    private sealed class Asked(BooksView of, CancellationToken cancel)
    {
        public IReadOnlyList<CostRow> Of(CostQuery query)
        {
            var star = of.Star(cancel, structure: null, query.Allocation);
            return of.Answers.RowsOf(query, star, Ask);

            IReadOnlyList<CostRow> Ask()
            {
                using var session = of.Engine.Connect();
                return AskCost.RowsOf(query, star, session, cancel);
            }
        }
    }
}
