using Bursar.Core.Amounts;
using Bursar.Quantify.Forecasts;
using Bursar.Web.Addresses;
using Bursar.Workspaces;

namespace Bursar.Quantify.UnitEconomics;

/// <summary>Keeps the forecast of what a unit will cost in the journal; it is scored by the same division of what
/// came (FCT-08).</summary>
internal sealed class FreezeUnits(Workspace workspace, BooksView view)
{
    /// <exception cref="Core.Diagnostics.RefusedException">It says too little, or its name is that of another
    /// question.</exception>
    public FrozenForecast Freeze(UnitsAhead ahead, FreezeWords words, CancellationToken cancel)
    {
        var metric = ahead.Review.Metric;
        var known = ForecastCosts.HistoryOf(view, new ForecastQuestion(), cancel);
        var currency = ahead.Review.Currency.Code;
        var fact = new FrozenForecast(
            words.Name,
            words.Reason,
            $"{FrozenForecast.UnitWord}{Uri.EscapeDataString(metric.Name)}&currency={currency}&per={metric.Per}",
            "month",
            $"{currency} per {metric.Unit}",
            true,
            known.Through,
            known.CompleteThrough,
            Cli.Shell.Version,
            $"{metric.Title}: expected cost over expected demand.",
            [],
            null,
            [.. words.Assumptions, $"The metric is {UnitTables.Says(metric)}", .. ahead.Notes],
            [.. ahead.Months.Where(month => month.UnitCost is not null).Select(Period)],
            []
        )
        {
            Actual = new FrozenActual(
                CostQueryUrl.Write(new CostQuestion { Query = ahead.Cost.Cost }),
                currency,
                ForecastAddress.Write(ahead.Demand with { Through = null }),
                metric.Per,
                ahead.Added
            ),
        };
        return new FreezeForecast(workspace, view).Keep(fact, words.Author, cancel);
    }

    /// <summary>Low and high stand for P10 and P90: they are never too narrow.</summary>
    private static FrozenPeriod Period(UnitMonthAhead month)
    {
        var point = Amount.From(month.UnitCost!.Value);
        return new FrozenPeriod(
            month.Month.Start,
            month.Month.End,
            Amount.Zero,
            point,
            Amount.From(month.Low ?? month.UnitCost.Value),
            point,
            Amount.From(month.High ?? month.UnitCost.Value)
        );
    }
}
