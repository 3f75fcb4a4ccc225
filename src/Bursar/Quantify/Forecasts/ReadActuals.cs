using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Understand.Measures;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Web.Addresses;
using Bursar.Workspaces;

namespace Bursar.Quantify.Forecasts;

/// <summary>What came of a frozen forecast from causes, or of the cost of a unit, month by month.</summary>
internal sealed class ReadActuals(BooksView view)
{
    private const string Month = "month";

    /// <summary>By the first day of the month; a month that cannot be told is not in it.</summary>
    public IReadOnlyDictionary<DateOnly, Amount> Of(FrozenForecast fact, CancellationToken cancel)
    {
        if (fact.Actual is not { } actual || fact.Over != Month || fact.Periods.Count == 0)
            return new Dictionary<DateOnly, Amount>();
        var costs = Costs(fact, actual, cancel);
        var demand = actual.Demand is { } question ? Demand(question, cancel) : null;
        var came = new Dictionary<DateOnly, Amount>();
        foreach (var period in fact.Periods)
        {
            var cost = costs.GetValueOrDefault(period.Start) + actual.Added;
            if (demand is null)
                came[period.Start] = cost;
            else if (demand(period) is { } units && PerUnit.Of(cost.Times(actual.Per), units) is { } each)
                came[period.Start] = Amount.From(each);
        }
        return came;
    }

    private Dictionary<DateOnly, Amount> Costs(FrozenForecast fact, FrozenActual actual, CancellationToken cancel)
    {
        var (asked, diagnostics) = CostQueryUrl.Read(actual.Cost);
        if (diagnostics.Count > 0)
            throw new RefusedException(diagnostics[0]);
        var query = asked.Query with
        {
            By = [],
            Over = TimeGrain.Month,
            From = fact.Periods[0].Start,
            To = fact.Periods[^1].End,
        };
        return new AskCosts(view)
            .Answer(query, cancel)
            .Rows.Where(row => row.Currency.Code == actual.Currency)
            .ToDictionary(row => row.Period!.Value, row => row.Total);
    }

    /// <summary>How much was asked for in a period; null of one that is not known to its end.</summary>
    private Func<FrozenPeriod, Amount?> Demand(string text, CancellationToken cancel)
    {
        var (question, _, diagnostics) = ForecastAddress.Read(text);
        if (question is null)
            throw new RefusedException(diagnostics[0]);
        var history = ForecastCosts.HistoryOf(view, question, cancel);
        return period =>
            period.End.AddDays(-1) > history.CompleteThrough
                ? null
                : history.Groups[0].Booked(new DateRange(period.Start, period.End));
    }
}
