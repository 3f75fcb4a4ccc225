using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Core.Focus;
using Bursar.Core.Time;
using Bursar.Warehouse.Queries;

namespace Bursar.Quantify.Forecasts;

/// <summary>Forecasts as commands and programs read them.</summary>
internal static class ForecastTables
{
    /// <summary>One line for each period; with groups, one for each period of each group, and the whole
    /// below.</summary>
    public static ResultTable Of(CostForecast forecast)
    {
        var by = forecast.Parts.Count == 0 ? [] : forecast.Question.Cost.By;
        var more = forecast.Question.Quantiles.Except(ForecastQuestion.UsualQuantiles).Order().ToList();
        var hasPlanned = forecast.Periods.Any(period => !period.Planned.IsZero);
        IReadOnlyList<ResultColumn> columns =
        [
            .. by.Select(id => new ResultColumn(id, ColumnKind.Text, FocusColumns.DisplayName(id))),
            new(forecast.Question.Over.ToString().ToLowerInvariant(), ColumnKind.Whole),
            new("actual", ColumnKind.Figure, "So far"),
            new("missing", ColumnKind.Figure, "Not arrived", Spare: true),
            new("planned", ColumnKind.Figure, "Planned", Spare: !hasPlanned),
            new("point", ColumnKind.Figure, $"Expected, {forecast.Currency}"),
            new("p10", ColumnKind.Figure, "P10"),
            new("p50", ColumnKind.Figure, "P50", Spare: true),
            new("p90", ColumnKind.Figure, "P90"),
            .. more.Select(quantile => new ResultColumn(Name(quantile), ColumnKind.Figure, Heading(quantile))),
        ];
        var total = forecast.Periods.Select(period =>
            Row([.. by.Select((_, i) => i == 0 ? "All" : null)], period, forecast, more)
        );
        return new ResultTable(
            columns,
            by.Count == 0
                ? [.. total]
                :
                [
                    .. forecast.Parts.SelectMany(part =>
                        part.Periods.Select(period => Row(part.Keys, period, forecast, more))
                    ),
                ]
        )
        {
            Caption = ForecastSentence.Of(forecast),
            Totals = by.Count == 0 ? [] : [.. total],
        };
    }

    /// <summary>Everything about a forecast, for programs.</summary>
    public static ResultRecord Record(CostForecast forecast) =>
        ResultRecord.Of(
            ("sentence", ForecastSentence.Of(forecast)),
            ("question", ForecastAddress.Write(forecast.Question)),
            ("measure", forecast.Question.Series is null ? forecast.Question.Cost.Measure.ToString() : null),
            ("series", forecast.Question.Series),
            ("scope", forecast.Question.Scope),
            ("by", forecast.Question.Cost.By),
            ("over", forecast.Question.Over.ToString().ToLowerInvariant()),
            ("currency", forecast.Currency.Code),
            ("dataThrough", forecast.DataThrough),
            ("completeThrough", forecast.CompleteThrough),
            ("reason", forecast.Reason),
            ("champion", forecast.Models.Count > 0 ? forecast.Models[0].Name : null),
            ("challenger", forecast.Models.Count > 1 ? forecast.Models[1].Name : null),
            ("models", forecast.Models.Select(Model)),
            ("backtest", Backtest(forecast.Backtest)),
            ("periods", forecast.Periods.Select(period => Period(period, forecast))),
            ("parts", forecast.Parts.Select(part => Part(part, forecast))),
            ("events", forecast.Events.Select(Event)),
            (
                "past",
                forecast.Past.Select(period => ResultRecord.Of(("start", period.Start), ("actual", period.Actual)))
            ),
            ("notes", forecast.Notes),
            ("draft", forecast.IsDraft)
        );

    /// <summary>Percent with two decimals; null of what is not known.</summary>
    public static decimal? Percent(decimal? ratio) =>
        ratio is { } known ? decimal.Round(known * 100, 4, MidpointRounding.AwayFromZero) : null;

    /// <summary>The start of a period as its grain is written: a month as 2026-10.</summary>
    public static object Start(DateOnly start, TimeGrain grain) =>
        grain == TimeGrain.Month ? BillingPeriod.Containing(start) : start;

    private static IReadOnlyList<object?> Row(
        IReadOnlyList<string?> keys,
        ForecastPeriod period,
        CostForecast forecast,
        IReadOnlyList<decimal> more
    )
    {
        var currency = forecast.Currency;
        return
        [
            .. keys,
            Start(period.Start, forecast.Question.Over),
            new Money(period.Actual, currency),
            new Money(period.Missing, currency),
            new Money(period.Planned, currency),
            new Money(period.Point, currency),
            new Money(period.P10, currency),
            new Money(period.P50, currency),
            new Money(period.P90, currency),
            .. more.Select(quantile => (object?)new Money(period.Quantiles[quantile], currency)),
        ];
    }

    private static ResultRecord Period(ForecastPeriod period, CostForecast forecast) =>
        ResultRecord.Of([
            ("start", period.Start),
            ("end", period.End.AddDays(-1)),
            ("actual", period.Actual),
            ("missing", period.Missing),
            ("planned", period.Planned),
            ("point", period.Point),
            .. period.Quantiles.OrderBy(pair => pair.Key).Select(pair => (Name(pair.Key), (object?)pair.Value)),
        ]);

    private static ResultRecord Part(ForecastPart part, CostForecast forecast) =>
        ResultRecord.Of(
            ("keys", part.Keys),
            ("reason", part.Reason),
            ("backtest", Backtest(part.Backtest)),
            ("periods", part.Periods.Select(period => Period(period, forecast)))
        );

    private static ResultRecord Model(ForecastModel model) =>
        ResultRecord.Of(("name", model.Name), ("weight", model.Weight), ("meanMiss", model.Miss));

    private static ResultRecord Event(AppliedEvent one) =>
        ResultRecord.Of(
            ("name", one.Name),
            ("what", one.What),
            ("effect", one.Effect),
            (
                "adds",
                one.Adds.OrderBy(pair => pair.Key)
                    .Select(pair => ResultRecord.Of(("start", pair.Key), ("amount", pair.Value)))
            )
        );

    private static ResultRecord Backtest(ForecastBacktest backtest) =>
        ResultRecord.Of(
            ("origins", backtest.Origins),
            ("outcomes", backtest.Outcomes),
            ("wapePercent", Percent(backtest.Wape)),
            ("biasPercent", Percent(backtest.Bias)),
            ("coveragePercent", Percent(backtest.Coverage)),
            ("naiveWapePercent", Percent(backtest.NaiveWape)),
            ("wapePercentByDistance", backtest.ByDistance.Select(Percent)),
            ("coveragePercentByDistance", backtest.CoverageByDistance.Select(Percent)),
            (
                "all",
                backtest.All.Select(one =>
                    ResultRecord.Of(
                        ("known", one.Known),
                        ("start", one.Start),
                        ("forecast", one.Forecast),
                        ("actual", one.Actual)
                    )
                )
            )
        );

    /// <summary>"p95", "p99.5".</summary>
    private static string Name(decimal quantile) => FormattableString.Invariant($"p{quantile * 100:0.###}");

    private static string Heading(decimal quantile) => Name(quantile).ToUpperInvariant();
}
