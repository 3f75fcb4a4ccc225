using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Quantify.Forecasts.Models;
using Bursar.Understand.Currencies;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Quantify.Forecasts.Drivers;

/// <summary>Works declared driver forecasts out: expected, low, high, and by seeded draws.</summary>
internal sealed class ForecastDrivers(BooksView view, int seed, int draws)
{
    public const int DrawsUsual = 10_000;
    public const int SeedUsual = 1;

    /// <summary>How the note of an assumption begins.</summary>
    public const string Assumed = "Assumed: ";

    private const int DrawsMax = 1_000_000;
    private const decimal Million = 1_000_000;

    /// <summary>All of the rulebook, or the one of that name.</summary>
    /// <exception cref="RefusedException">There is none of that name, or a term has no answer.</exception>
    public IReadOnlyList<DriverCase> All(string? name, CancellationToken cancel)
    {
        if (draws is < 100 or > DrawsMax)
            throw new RefusedException(
                "forecasts/bad-draws",
                $"{draws} draws say nothing, or take too long.",
                $"Write a number from 100 to {DrawsMax}.",
                exitCode: 2
            );
        var all = view.Rulebook.All<DriverForecast>().ToList();
        if (name is null)
            return [.. all.Select(one => Of(one, cancel))];
        var chosen =
            all.Find(one => one.Name == name)
            ?? throw new RefusedException(
                "forecasts/unknown-drivers",
                $"The rulebook has no driver forecast \"{name}\".{DidYouMean.Question(name, all.Select(one => one.Name))}",
                "`bursar forecast drivers` lists them; a new one is a kind: DriverForecast.",
                exitCode: 2
            );
        return [Of(chosen, cancel)];
    }

    private DriverCase Of(DriverForecast forecast, CancellationToken cancel)
    {
        var notes = new List<string>();
        var lines = forecast.Stages.Count == 0 ? [Line(forecast, notes, cancel)] : Stages(forecast, notes, cancel);
        var currency = new Currency(forecast.Currency);
        var drawn = DriverDraws.Of(lines, forecast.Months, seed, draws);
        var first = BillingPeriod.Containing(forecast.From);
        var months = Enumerable
            .Range(0, forecast.Months)
            .Select(i => Month(first.Plus(i), i, i + 1, lines, drawn.Month(i), currency))
            .ToList();
        foreach (var text in forecast.Assumes)
            notes.Add(Assumed + text);
        return new DriverCase(
            forecast,
            months,
            Month(first, 0, forecast.Months, lines, drawn.Total, currency),
            seed,
            draws,
            notes
        );
    }

    private static DriverMonth Month(
        BillingPeriod month,
        int from,
        int end,
        IReadOnlyList<DriverLine> lines,
        (Amount P10, Amount P50, Amount P90) drawn,
        Currency currency
    )
    {
        var months = Enumerable.Range(from, end - from).ToList();
        var volume = lines.Sum(line =>
            months.Sum(i =>
                i < line.First || i >= line.End
                    ? 0
                    : line.Terms[0].Base[i - line.First] * line.Terms[1].Base[i - line.First]
            )
        );
        var full = Sum(term => term.Base, weighed: false);
        return new DriverMonth(
            month,
            volume,
            volume == 0 ? null : full / volume,
            In(Sum(term => term.Base, weighed: true)),
            In(Sum(term => term.Low, weighed: true)),
            In(Sum(term => term.High, weighed: true)),
            In(full),
            drawn.P10.RoundedTo(currency.Decimals),
            drawn.P50.RoundedTo(currency.Decimals),
            drawn.P90.RoundedTo(currency.Decimals)
        );

        decimal Sum(Func<TermPath, IReadOnlyList<decimal>> of, bool weighed) =>
            lines.Sum(line => months.Sum(i => line.Cost(i, of) * (weighed ? line.Probability : 1)));

        Amount In(decimal value) => Amount.From(value).RoundedTo(currency.Decimals);
    }

    private DriverLine Line(DriverForecast forecast, List<string> notes, CancellationToken cancel)
    {
        var months = forecast.Months;
        var discount = Term(forecast.DiscountPercent, forecast, months, notes, cancel, otherwise: 0);
        var paid = new TermPath(Paid(discount.Base), Paid(discount.Low), Paid(discount.High));
        return new DriverLine(
            forecast.Title,
            null,
            [
                Term(forecast.Demand, forecast, months, notes, cancel),
                Term(forecast.UsagePerUnit, forecast, months, notes, cancel),
                Term(forecast.Price, forecast, months, notes, cancel),
                paid,
                TermPath.Fixed(Rate(forecast, notes), months),
            ],
            0,
            months,
            1
        );

        static IReadOnlyList<decimal> Paid(IReadOnlyList<decimal> percent) =>
            [.. percent.Select(one => 1 - (one / 100))];
    }

    private List<DriverLine> Stages(DriverForecast forecast, List<string> notes, CancellationToken cancel)
    {
        var lines = new List<DriverLine>();
        foreach (var stage in forecast.Stages)
        {
            var first = Math.Max(0, Between(forecast.From, stage.From ?? forecast.From));
            var end = Math.Min(forecast.Months, stage.To is { } to ? Between(forecast.From, to) : forecast.Months);
            if (stage.Gate is { } gate)
                notes.Add(Verdict(stage, gate));
            if (end <= first)
            {
                notes.Add($"{stage.Name} lies outside the months of the forecast.");
                continue;
            }
            var months = end - first;
            var adopters = Term(stage.Adopters, forecast, months, notes, cancel);
            var requests = Term(stage.RequestsPerAdopter, forecast, months, notes, cancel);
            var tokens = Term(stage.TokensPerRequest, forecast, months, notes, cancel);
            var prices = stage
                .Models.Select(model =>
                    (model.SharePercent, Path: Term(model.PricePerMillion, forecast, months, notes, cancel))
                )
                .ToList();
            var perToken = new TermPath(Price(path => path.Base), Price(path => path.Low), Price(path => path.High));
            var perAdopter = new TermPath(
                Each(requests.Base, tokens.Base),
                Each(requests.Low, tokens.Low),
                Each(requests.High, tokens.High)
            );
            lines.Add(
                new DriverLine(
                    stage.Name,
                    stage.Stage,
                    [adopters, perAdopter, perToken, TermPath.Fixed(Rate(forecast, notes), months)],
                    first,
                    end,
                    stage.Probability
                )
            );

            IReadOnlyList<decimal> Price(Func<TermPath, IReadOnlyList<decimal>> of) =>
                [
                    .. Enumerable
                        .Range(0, months)
                        .Select(i =>
                            StageMath.PricePerMillion(
                                prices.Select(model => (model.SharePercent, of(model.Path)[i])),
                                stage.CacheSharePercent,
                                stage.CachedPricePercent
                            ) / Million
                        ),
                ];

            IReadOnlyList<decimal> Each(IReadOnlyList<decimal> requested, IReadOnlyList<decimal> size) =>
                [.. requested.Zip(size, (some, long_) => StageMath.Tokens(1, some, long_, stage.RetryPercent))];
        }
        return lines;
    }

    private static string Verdict(WorkloadStage stage, StageGate gate)
    {
        var failed = StageMath.Failed(gate);
        return failed.Count == 0
            ? $"{stage.Name}: PASS, the next stage may be paid for."
            : $"{stage.Name}: FAIL, {string.Join("; ", failed)}. Extend it once, or retire it.";
    }

    /// <summary>A term month by month; a series is forecast.</summary>
    private TermPath Term(
        DriverTerm? term,
        DriverForecast forecast,
        int months,
        List<string> notes,
        CancellationToken cancel,
        decimal otherwise = 1
    )
    {
        if (term is null)
            return TermPath.Fixed(otherwise, months);
        if (term.Series is { } series)
            return OfSeries(series, term, forecast, months, notes, cancel);
        var start = term.Start!.Value;
        return new TermPath(
            Path(start, term.MonthlyPercent),
            Path(term.Low ?? start, term.MonthlyPercentLow ?? term.MonthlyPercent),
            Path(term.High ?? start, term.MonthlyPercentHigh ?? term.MonthlyPercent)
        );

        IReadOnlyList<decimal> Path(decimal first, decimal percent) =>
            [.. Enumerable.Range(1, months).Select(i => DriverMath.InMonth(first, percent / 100, i))];
    }

    private TermPath OfSeries(
        string series,
        DriverTerm term,
        DriverForecast forecast,
        int months,
        List<string> notes,
        CancellationToken cancel
    )
    {
        var end = forecast.From.AddMonths(months);
        var made = ForecastCosts.Ask(view, new ForecastQuestion { Series = series, Through = end.AddDays(-1) }, cancel);
        notes.Add($"{series}: {ForecastSentence.Accuracy(made.Backtest, TimeGrain.Month)}");
        var rows = Enumerable
            .Range(0, months)
            .Select(i =>
                (Month: forecast.From.AddMonths(i), More: DriverMath.InMonth(1, term.MonthlyPercent / 100, i + 1))
            )
            .Select(one => (Row: Find(one.Month), one.More))
            .ToList();
        return new TermPath(
            [.. rows.Select(one => one.Row.Base * one.More)],
            [.. rows.Select(one => one.Row.Low * one.More)],
            [.. rows.Select(one => one.Row.High * one.More)]
        );

        (decimal Base, decimal Low, decimal High) Find(DateOnly month)
        {
            if (made.Periods.FirstOrDefault(period => period.Start == month) is { } ahead)
                return (ahead.Point.ToDecimal(), ahead.P10.ToDecimal(), ahead.P90.ToDecimal());
            var known =
                made.Past.FirstOrDefault(period => period.Start == month)?.Actual.ToDecimal()
                ?? throw new RefusedException(
                    "forecasts/no-data",
                    $"The series {series} has no figure for {month:yyyy-MM}, and it is not ahead.",
                    "Let the forecast begin later, or load the series."
                );
            return (known, known, known);
        }
    }

    /// <summary>What a unit of the price's currency is worth: at the plan's rate, or the newest.</summary>
    private decimal Rate(DriverForecast forecast, List<string> notes)
    {
        if (forecast.PriceCurrency is not { } code || code == forecast.Currency)
            return 1;
        var rates = new FindRates(view);
        var target = new Currency(forecast.Currency);
        foreach (var (use, day) in new[] { (RateUse.Plan, forecast.From), (RateUse.Actual, view.Today) })
        {
            if (rates.RateOn(new Currency(code), new Conversion(target, use), day) is not { } rate)
                continue;
            var note = $"1 {code} = {rate.Rate} {target} ({use.ToString().ToLowerInvariant()} rate, {rate.Source}).";
            if (!notes.Contains(note))
                notes.Add(note);
            return rate.Rate.ToDecimal();
        }
        throw new RefusedException(
            "forecasts/no-rate",
            $"\"{forecast.Name}\" has its price in {code}, and there is no rate to {target}.",
            "Declare kind: ExchangeRates, or give the price in the currency of the result."
        );
    }

    private static int Between(DateOnly from, DateOnly to) => ((to.Year - from.Year) * 12) + to.Month - from.Month;
}
