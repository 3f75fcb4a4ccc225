using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Quantify.Forecasts;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Quantify.Kpis;

/// <summary>What frozen forecasts said of a month, and how near those of the last year came.</summary>
/// <remarks>Of all cost or of a scope, the forecast that was made last before the month began is the one that
/// counts.</remarks>
internal sealed class KpiForecastFigures(
    BooksView view,
    BillingPeriod month,
    Currency currency,
    CancellationToken cancel
)
{
    private const string Ai = "AI and Machine Learning";
    private const decimal CloseRatio = 0.10m;
    private const int MonthsScored = 12;

    private readonly ScoreForecasts score = new(view);

    private IReadOnlyList<ForecastScored>? scored;

    /// <summary>A frozen forecast with the question that it answers.</summary>
    private sealed record Asked(ForecastScored Scored, ForecastQuestion Question)
    {
        public FrozenForecast Fact => Scored.Booked.Fact;
    }

    /// <summary>The figure, or why it is not known.</summary>
    public (Amount? Value, string? Why) Of(string word, KpiSubject subject) =>
        word switch
        {
            "forecast-ai-close" or "forecast-ai-scored" => OfAi(word),
            "forecast-usage" or "forecast-usage-actual" => OfUsage(word, subject),
            "forecast-cost" or "forecast-cost-before" => OfMonth(word, subject),
            _ => OfYear(word, subject),
        };

    private (Amount?, string?) OfMonth(string word, KpiSubject subject)
    {
        var made = Before(subject, isQuantity: false);
        if (made.Count == 0)
            return (null, Nothing(subject));
        var newest = made[^1];
        if (word == "forecast-cost")
            return (Point(newest), null);
        return made.SkipLast(1).LastOrDefault(one => one.Fact.Name == newest.Fact.Name) is { } earlier
            ? (Point(earlier), null)
            : (null, $"only one version of the forecast {newest.Fact.Name} speaks of {month}");
    }

    private (Amount?, string?) OfUsage(string word, KpiSubject subject)
    {
        if (Before(subject, isQuantity: true) is not [.., var newest])
            return (null, $"no forecast of usage that speaks of {month} was frozen before it");
        if (word == "forecast-usage")
            return (Point(newest), null);
        var over = newest.Scored.Periods.Where(IsIn).ToList();
        return Tiles(over.Select(period => period.Forecast))
            ? (Sum(over.Select(period => period.Actual)), null)
            : (null, $"{month} is not over, or may still change");
    }

    /// <summary>Periods of the last twelve months, each by the version that was made last before it.</summary>
    private (Amount?, string?) OfYear(string word, KpiSubject subject)
    {
        if (Before(subject, isQuantity: false) is not [.., var newest])
            return (null, Nothing(subject));
        var from = month.Plus(1 - MonthsScored).Start;
        var periods = Candidates(subject, isQuantity: false)
            .Where(one => one.Fact.Name == newest.Fact.Name)
            .SelectMany(one => one.Scored.Periods.Select(period => (one.Fact.CompleteThrough, Period: period)))
            .Where(one => one.Period.Forecast.Start >= from && one.Period.Forecast.End <= month.End)
            .Where(one => one.CompleteThrough < one.Period.Forecast.Start)
            .GroupBy(one => one.Period.Forecast.Start)
            .Select(same => same.MaxBy(one => one.CompleteThrough).Period)
            .ToList();
        if (periods.Count == 0)
            return (null, $"no period of the forecast {newest.Fact.Name} is over by {month}");
        return (
            word switch
            {
                "forecast-absolute-error" => Sum(periods.Select(one => (one.Forecast.Point - one.Actual).Abs())),
                "forecast-error" => Sum(periods.Select(one => one.Forecast.Point - one.Actual)),
                "forecast-actual" => Sum(periods.Select(one => one.Actual)),
                "forecast-inside-band" => Amount.From(
                    periods.Count(one => one.Forecast.P10 <= one.Actual && one.Actual <= one.Forecast.P90)
                ),
                "forecast-points" => Amount.From(periods.Count),
                _ => Amount.From(decimal.Round(periods.Sum(one => one.Pinball), 6, MidpointRounding.ToEven)),
            },
            null
        );
    }

    /// <summary>Forecasts, and parts of forecasts, that are of AI and nothing else.</summary>
    private (Amount?, string?) OfAi(string word)
    {
        var from = month.Plus(1 - MonthsScored).Start;
        var periods = All(isQuantity: false)
            .SelectMany(one =>
                IsOfAi(one.Question.Cost.Where) ? one.Scored.Periods
                : one.Question.Cost.By is ["ServiceCategory"]
                    ? score.Parts(one.Scored, cancel).Where(part => part.Keys[0] == Ai).SelectMany(part => part.Periods)
                : []
            )
            .Where(one => one.Forecast.Start >= from && one.Forecast.End <= month.End)
            .ToList();
        if (periods.Count == 0)
            return (null, $"no forecast of {Ai} was frozen that is over by {month}");
        return (
            Amount.From(
                word == "forecast-ai-scored"
                    ? periods.Count
                    : periods.Count(one => one.Outcome.SignedVariance is { } miss && Math.Abs(miss) <= CloseRatio)
            ),
            null
        );
    }

    private static bool IsOfAi(IReadOnlyList<CostFilter> where) =>
        where is [{ Column: "ServiceCategory", Values: [Ai], Negated: false }];

    private List<Asked> All(bool isQuantity) =>
        [
            .. (scored ??= score.All(null, cancel))
                .Where(one =>
                    one.Booked.Fact.IsQuantity == isQuantity
                    && (isQuantity || one.Booked.Fact.Currency == currency.Code)
                )
                .Select(one => (Scored: one, ForecastAddress.Read(one.Booked.Fact.Question).Question))
                .Where(one => one.Question is { Series: null })
                .Select(one => new Asked(one.Scored, one.Question!)),
        ];

    private IEnumerable<Asked> Candidates(KpiSubject subject, bool isQuantity) =>
        All(isQuantity)
            .Where(one =>
                one.Question.Scope == subject.Scope
                && (subject.Scope is not null || Same(one.Question.Cost.Where, subject.Where))
            );

    private static bool Same(IReadOnlyList<CostFilter> some, IReadOnlyList<CostFilter> others) =>
        some.Select(Web.Addresses.FilterText.Write).SequenceEqual(others.Select(Web.Addresses.FilterText.Write));

    /// <summary>Those that speak of the whole month and were made before it, the newest last.</summary>
    private List<Asked> Before(KpiSubject subject, bool isQuantity) =>
        [
            .. Candidates(subject, isQuantity)
                .Where(one => one.Fact.CompleteThrough < month.Start && Tiles(one.Fact.Periods.Where(IsIn)))
                .OrderBy(one => one.Fact.CompleteThrough)
                .ThenBy(one => one.Scored.Booked.Seq),
        ];

    private Amount Point(Asked one) => Sum(one.Fact.Periods.Where(IsIn).Select(period => period.Point));

    private bool IsIn(FrozenPeriod period) => period.Start >= month.Start && period.End <= month.End;

    private bool IsIn(ScoredPeriod period) => IsIn(period.Forecast);

    private bool Tiles(IEnumerable<FrozenPeriod> periods) =>
        periods.Sum(period => period.End.DayNumber - period.Start.DayNumber) == month.Days;

    private string Nothing(KpiSubject subject) =>
        $"no forecast of {subject.Words} that speaks of {month} was frozen before it (`bursar forecast freeze`)";

    private static Amount Sum(IEnumerable<Amount> amounts) =>
        amounts.Aggregate(Amount.Zero, (sum, amount) => sum + amount);
}
