using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Rulebooks;
using Bursar.Understand.Currencies;
using Bursar.Understand.Measures;
using Bursar.Understand.Reporting;
using Bursar.Understand.Reporting.Deployments;
using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Workspaces;

namespace Bursar.Quantify.UnitEconomics;

/// <summary>Lays cost, demand and revenue of a unit metric side by side, month by month.</summary>
internal sealed class MeasureUnits(BooksView view)
{
    /// <summary>So many months are looked at: a year, and the month before it.</summary>
    public const int MonthsShown = 13;

    private readonly AskCosts ask = new(view);

    /// <summary>All unit metrics of the rulebook, or the one of that name; null without charges.</summary>
    /// <exception cref="RefusedException">There is none of that name.</exception>
    public IReadOnlyList<UnitReview>? All(string? name, BillingPeriod? asked, CancellationToken cancel)
    {
        if (view.Deliveries.Count == 0)
            return null;
        var month = asked ?? ReportSubject.NewestWholeMonth(view);
        var metrics = name is null ? view.Rulebook.All<UnitMetric>() : [Declared(name)];
        return [.. metrics.Select(metric => Of(metric, month, cancel))];
    }

    /// <exception cref="RefusedException">There is no such metric.</exception>
    public UnitMetric Declared(string name)
    {
        var all = view.Rulebook.All<UnitMetric>().ToList();
        return all.Find(metric => metric.Name == name)
            ?? throw new RefusedException(
                "units/unknown",
                $"The rulebook has no unit metric \"{name}\".{DidYouMean.Question(name, all.Select(one => one.Name))}",
                "`bursar units` lists them; a new one is a kind: UnitMetric in the rulebook.",
                exitCode: 2
            );
    }

    /// <summary>The months up to one.</summary>
    public UnitReview Of(UnitMetric metric, BillingPeriod month, CancellationToken cancel)
    {
        var review = Alone(metric, month, cancel);
        return review with
        {
            Deployments = new FindDeployments(view).In(
                review.Behind with
                {
                    From = month.Plus(1 - MonthsShown).Start,
                },
                cancel
            ),
        };
    }

    /// <summary>The same without what went live meanwhile: for the figures alone.</summary>
    public UnitReview Alone(UnitMetric metric, BillingPeriod month, CancellationToken cancel)
    {
        var first = month.Plus(1 - MonthsShown);
        var numerator = Question(metric, metric.ChargesIn(view.Rulebook)) with { From = first.Start, To = month.End };
        var answer = ask.Answer(numerator, cancel);
        var currency =
            view.Lens.Conversion?.Target
            ?? (metric.Currency is { } code ? new Currency(code) : ReportSubject.MainCurrency(view, answer.Rows));
        var notes = new List<string>(answer.Notes);
        notes.AddRange(
            answer
                .Totals.Where(total => total.Currency != currency && !total.Amount.IsZero)
                .Select(total => $"{Display.Full(total)} is not in it: --currency CODE converts.")
        );
        var months = Enumerable.Range(0, MonthsShown).Select(first.Plus).ToList();
        var cost = ByMonth(answer.Rows, currency);
        var isFixed = metric.Fixed is null
            ? null
            : ByMonth(ask.Answer(With(numerator, metric.Fixed), cancel).Rows, currency);
        foreach (var other in metric.Other)
            Add(other, numerator, currency, months, cost, isFixed, notes, cancel);
        var demand = Demand(metric, first, month, notes, cancel);
        var revenue = Money(metric.Revenue, metric.RevenueOnly, currency, first, month, notes, cancel);
        var accepted = metric.Fallback is { } fallback
            ? Series(fallback.Accepted, metric.Only, first, month, cancel)
            : [];
        if (metric.Fixed is null)
            notes.Add("Fixed and variable cost are not known: the metric has no fixed: condition.");
        if (!ReportSubject.IsWhole(month, view))
            notes.Add($"{month} is not over in the books: data through {ReportSubject.DataThrough(view):yyyy-MM-dd}.");
        var inputs = months
            .Select(one => new UnitInputs(
                one,
                Find(demand, one),
                Find(cost, one),
                isFixed is null || Find(cost, one) is null ? null : Find(isFixed, one) ?? Amount.Zero,
                Find(revenue, one),
                Find(accepted, one)
            ))
            .ToList();
        // Months before there was anything say nothing; the month that is asked always stands here.
        var begun = inputs.SkipWhile(one => one.Month < month && one.Cost is null && one.Demand is null).ToList();
        return new UnitReview(
            metric,
            currency,
            UnitMath.Of(metric, begun),
            answer.Query with
            {
                Over = null,
                From = month.Start,
                To = month.End,
            },
            [.. notes.Distinct()],
            view.IsDraft
        )
        {
            Beside = [.. metric.Beside.Select(name => Beside(name, first, month, cancel))],
        };
    }

    private SeriesBeside Beside(string name, BillingPeriod first, BillingPeriod last, CancellationToken cancel)
    {
        var series = new AskMeasures(view).Declared(name);
        var none = new Dictionary<string, string>();
        return new SeriesBeside(name, series.DisplayName ?? name, series.Unit, Series(name, none, first, last, cancel));
    }

    /// <summary>The cost of a unit by a column of the charges: each group's cost over all demand (UNT-03).</summary>
    public IReadOnlyList<(BillingPeriod Month, string? Group, Amount Cost, decimal? UnitCost)> By(
        UnitReview review,
        string column,
        CancellationToken cancel
    )
    {
        var first = review.Months[0].Month;
        var answer = ask.Answer(
            review.Behind with
            {
                By = [column],
                Over = TimeGrain.Month,
                From = first.Start,
            },
            cancel
        );
        var demand = review.Months.ToDictionary(one => one.Month, one => one.Known.Demand);
        return
        [
            .. answer
                .Rows.Where(row => row.Currency == review.Currency)
                .Select(row => (Row: row, Month: BillingPeriod.Containing(row.Period!.Value)))
                .Where(one => demand.ContainsKey(one.Month))
                .OrderBy(one => one.Month)
                .ThenByDescending(one => one.Row.Total)
                .Select(one =>
                    (
                        one.Month,
                        one.Row.Keys[0],
                        one.Row.Total,
                        demand[one.Month] is { } units
                            ? PerUnit.Of(one.Row.Total.Times(review.Metric.Per), units)
                            : null
                    )
                ),
        ];
    }

    private CostQuery Question(UnitMetric metric, Conditions charges) =>
        new()
        {
            Measure = metric.Measure,
            Where = charges.ToFilters(),
            Over = TimeGrain.Month,
            Allocation = view.HasSharedCosts ? metric.Allocation : CostAllocation.Direct,
            Conversion =
                metric.Currency is { } code && new FindRates(view).Currencies.Contains(code)
                    ? view.Lens.Conversion ?? new Conversion(new Currency(code))
                    : null,
        };

    private static CostQuery With(CostQuery query, Conditions conditions) =>
        query with
        {
            Where = [.. query.Where, .. conditions.ToFilters()],
        };

    /// <summary>Adds a part of the total cost of ownership; charges of the numerator never count twice.</summary>
    private void Add(
        OtherCost other,
        CostQuery numerator,
        Currency currency,
        IReadOnlyList<BillingPeriod> months,
        Dictionary<BillingPeriod, Amount> cost,
        Dictionary<BillingPeriod, Amount>? isFixed,
        List<string> notes,
        CancellationToken cancel
    )
    {
        var part = Part(other, numerator, currency, months, notes, cancel);
        foreach (var (month, amount) in part)
        {
            cost[month] = cost.GetValueOrDefault(month) + amount;
            if (other.Fixed && isFixed is not null)
                isFixed[month] = isFixed.GetValueOrDefault(month) + amount;
        }
        if (part.Count == 0)
            notes.Add($"\"{other.Name}\" has no figure in these months, so it is in none of them.");
    }

    private Dictionary<BillingPeriod, Amount> Part(
        OtherCost other,
        CostQuery numerator,
        Currency currency,
        IReadOnlyList<BillingPeriod> months,
        List<string> notes,
        CancellationToken cancel
    )
    {
        if (other.PerMonth is { } amount)
            return months.ToDictionary(month => month, _ => amount);
        if (other.Series is { } series)
            return Money(series, new Dictionary<string, string>(), currency, months[0], months[^1], notes, cancel);
        var all = ByMonth(ask.Answer(numerator with { Where = other.Where!.ToFilters() }, cancel).Rows, currency);
        foreach (var (month, twice) in ByMonth(ask.Answer(With(numerator, other.Where), cancel).Rows, currency))
            all[month] = all.GetValueOrDefault(month) - twice;
        return all;
    }

    private Dictionary<BillingPeriod, Amount> Demand(
        UnitMetric metric,
        BillingPeriod first,
        BillingPeriod last,
        List<string> notes,
        CancellationToken cancel
    )
    {
        if (metric.Series is { } series)
            return Series(series, metric.Only, first, last, cancel);
        var answer = ask.Answer(
            new CostQuery
            {
                Measure = CostMeasure.ConsumedQuantity,
                Where = metric.Usage!.ToFilters(),
                Over = TimeGrain.Month,
                From = first.Start,
                To = last.End,
            },
            cancel
        );
        var units = answer.Totals.Select(total => total.Currency).ToList();
        var unit = metric.UsageUnit is { } named ? units.Find(one => one.Code == named) : units.FirstOrDefault();
        if (metric.UsageUnit is null && units.Count > 1)
        {
            notes.Add(
                $"The usage counts {string.Join(", ", units.Select(one => one.Code))}: say which with usageUnit:, "
                    + "they are never added."
            );
            return [];
        }
        return ByMonth(answer.Rows, unit);
    }

    private Dictionary<BillingPeriod, Amount> Money(
        string? name,
        IReadOnlyDictionary<string, string> only,
        Currency currency,
        BillingPeriod first,
        BillingPeriod last,
        List<string> notes,
        CancellationToken cancel
    )
    {
        if (name is null)
            return [];
        var unit = new AskMeasures(view).Declared(name).Unit;
        if (unit == currency.Code)
            return Series(name, only, first, last, cancel);
        notes.Add($"The series {name} is in {unit}, and the cost in {currency}: the two are never mixed.");
        return [];
    }

    private Dictionary<BillingPeriod, Amount> Series(
        string name,
        IReadOnlyDictionary<string, string> only,
        BillingPeriod first,
        BillingPeriod last,
        CancellationToken cancel
    )
    {
        var measures = new AskMeasures(view);
        var columns = measures.Declared(name).Columns;
        return measures
            .Answer(
                new MeasureQuestion(name)
                {
                    Over = TimeGrain.Month,
                    Where =
                    [
                        .. only.Where(key => columns.Contains(key.Key))
                            .Select(key => new CostFilter(key.Key, [key.Value])),
                    ],
                    From = first.Start,
                    To = last.End,
                },
                cancel
            )
            .Rows.ToDictionary(row => BillingPeriod.Containing(row.Period!.Value), row => row.Value);
    }

    private static Dictionary<BillingPeriod, Amount> ByMonth(IEnumerable<CostRow> rows, Currency currency) =>
        rows.Where(row => row.Currency == currency)
            .GroupBy(row => BillingPeriod.Containing(row.Period!.Value))
            .ToDictionary(same => same.Key, same => same.Aggregate(Amount.Zero, (sum, row) => sum + row.Total));

    private static Amount? Find(Dictionary<BillingPeriod, Amount> months, BillingPeriod month) =>
        months.TryGetValue(month, out var amount) ? amount : null;
}
