using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Quantify.Forecasts.Models;
using Bursar.Quantify.Planning;
using Bursar.Understand.Arrival;
using Bursar.Understand.Measures;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Workspaces;

namespace Bursar.Quantify.Forecasts;

/// <summary>Reads what a forecast is learned from out of the books: day by day, by provider, up to its last whole
/// day.</summary>
internal sealed class ReadHistory(BooksView view)
{
    private const string Provider = "ServiceProviderName";
    private const string Unnamed = "(no provider)";
    public const int GroupsMax = 400;

    /// <summary>Who delivered nothing for longer than this has ended, and is not late.</summary>
    private const int LateDaysMax = 62;

    /// <summary>Who delivers nearly every day has missing days; who does not, has days without cost.</summary>
    private const decimal Usually = 0.9m;

    private readonly AskCosts ask = new(view);
    private readonly IReadOnlySet<DateOnly> holidays = HolidayCalendar.AllOf(view.Rulebook);

    /// <exception cref="RefusedException">There is nothing to learn from.</exception>
    public ForecastHistory Of(ForecastQuestion question, CancellationToken cancel) =>
        question.Series is { } series ? OfSeries(series, question, cancel)
        : question.Cost.Time == TimeBasis.Billing || question.Cost.Measure == CostMeasure.BilledCost
            ? OfBilling(question, cancel)
        : OfDays(question, cancel);

    private ForecastHistory OfDays(ForecastQuestion question, CancellationToken cancel)
    {
        var through = Through(question);
        var by = question.Cost.By.ToList();
        var asked = question.Cost with { Over = TimeGrain.Day, Top = null, Split = CostSplit.None };
        List<string> columns = by.Contains(Provider) ? by : [.. by, Provider];
        var answer = ask.Answer(asked with { By = columns }, cancel);
        var (currency, notes) = Chosen(answer);
        var presence = Presence(question, through, cancel);
        var rows = answer.Rows.Where(row => row.Currency == currency && IsKnown(row.Period!.Value, question)).ToList();
        var providerAt = columns.IndexOf(Provider);
        var groups = Grouped(
            rows.Select(row => new Figure(
                [.. row.Keys.Take(by.Count)],
                row.Keys[providerAt] ?? Unnamed,
                row.Period!.Value,
                row.Total
            )),
            question,
            through,
            (provider, figures) =>
            {
                var here = presence.GetValueOrDefault(provider, Presented.Always(through));
                return Strand.Of(provider, figures, here.Known, here.Missing) with { Holidays = holidays };
            }
        );
        notes.AddRange(
            presence
                .Where(pair =>
                    pair.Value.Known < through.AddDays(-1)
                    && rows.Exists(row => (row.Keys[providerAt] ?? Unnamed) == pair.Key)
                )
                .OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair =>
                    $"{pair.Key} has delivered whole days up to {pair.Value.Known:yyyy-MM-dd}; what is missing since is estimated."
                )
        );
        return new ForecastHistory(
            answer.Query with
            {
                By = by,
            },
            currency,
            through,
            false,
            Required(groups, question, 14),
            notes
        );
    }

    /// <summary>Billed cost lies in billing periods, so months are all there is.</summary>
    private ForecastHistory OfBilling(ForecastQuestion question, CancellationToken cancel)
    {
        RequireMonths(question, "Billed cost lies in billing periods");
        var through = Through(question);
        var asked = question.Cost with { Over = TimeGrain.Month, Top = null, Split = CostSplit.None };
        var answer = ask.Answer(asked, cancel);
        var (currency, notes) = Chosen(answer);
        var known = LastWholeMonth(through);
        var groups = Grouped(
            answer
                .Rows.Where(row => row.Currency == currency && row.Period <= through)
                .Select(row => new Figure(row.Keys, "billing periods", row.Period!.Value, row.Total)),
            question,
            through,
            (provider, figures) => Strand.OfMonths(provider, figures, known)
        );
        return new ForecastHistory(answer.Query, currency, known, true, Required(groups, question, 59), notes);
    }

    private ForecastHistory OfSeries(string name, ForecastQuestion question, CancellationToken cancel)
    {
        var measures = new AskMeasures(view);
        var series = measures.Declared(name);
        var isSum = series.Combine == SeriesCombine.Sum;
        if (!isSum && question.Cost.By.Count > 0 && series.Combine != SeriesCombine.Last)
            throw new RefusedException(
                "forecasts/not-additive",
                $"The parts of {name} do not add up to it: its days are combined by {series.Combine.ToString().ToLowerInvariant()}.",
                "Leave --by away, or ask for one key with --where.",
                exitCode: 2
            );
        var asked = new MeasureQuestion(series.Name)
        {
            By = question.Cost.By,
            Where = question.Cost.Where,
            From = question.Cost.From,
            Over = TimeGrain.Day,
        };
        var days = measures.Answer(asked, cancel);
        var rows = days.Rows.Where(row => IsKnown(row.Period!.Value, question)).ToList();
        if (rows.Count == 0)
            throw NothingKnown($"The series {name} has no figure yet.", $"Load its files: bursar series load FILE.");
        var last = rows.Max(row => row.Period!.Value);
        var isMonthly = rows.TrueForAll(row => row.Period!.Value.Day == 1);
        var byMonth = isMonthly || !isSum;
        if (byMonth)
        {
            RequireMonths(
                question,
                isMonthly ? $"{name} is told by the month" : $"{name} is a stock or a degree, no flow"
            );
            if (!isSum && question.Over != TimeGrain.Month)
                throw NotByMonth($"{name} is a stock or a degree, no flow");
            rows =
            [
                .. measures.Answer(asked with { Over = TimeGrain.Month }, cancel).Rows.Where(row => row.Period <= last),
            ];
        }
        var known =
            isMonthly ? last.AddMonths(1).AddDays(-1)
            : byMonth ? LastWholeMonth(last)
            : last;
        var groups = Grouped(
            rows.Select(row => new Figure(row.Keys, name, row.Period!.Value, row.Value)),
            question,
            known,
            (_, figures) =>
                byMonth
                    ? Strand.OfMonths(name, figures, known)
                    : Strand.Of(name, figures, known, Gaps(figures, known)) with
                    {
                        Holidays = holidays,
                    }
        );
        return new ForecastHistory(
            question.Cost with
            {
                Over = byMonth ? TimeGrain.Month : TimeGrain.Day,
            },
            new Currency(series.Unit) { IsUnit = true },
            known,
            byMonth,
            Required(groups, question, byMonth ? 59 : 14),
            []
        );
    }

    private static HashSet<DateOnly> Gaps(IReadOnlyDictionary<DateOnly, Amount> figures, DateOnly known)
    {
        var first = figures.Keys.Min();
        return Enumerable
            .Range(0, known.DayNumber - first.DayNumber + 1)
            .Select(first.AddDays)
            .Where(day => !figures.ContainsKey(day))
            .ToHashSet();
    }

    /// <summary>The newest day of all data, or the one that is asked for.</summary>
    private DateOnly Through(ForecastQuestion question)
    {
        var through =
            view.For(question.Cost.Measure).DataThrough
            ?? throw NothingKnown(
                "Nothing has been delivered yet, so there is nothing to forecast from.",
                "Take in a provider's export: bursar ingest FILE."
            );
        return question.KnownThrough < through ? question.KnownThrough.Value : through;
    }

    private static bool IsKnown(DateOnly day, ForecastQuestion question) =>
        question.KnownThrough is not { } known || day <= known;

    /// <summary>The currency or unit that most charges have; the others are named.</summary>
    private (Currency Currency, List<string> Notes) Chosen(CostAnswer answer)
    {
        var currency = ReportSubject.MainCurrency(view, answer.Rows);
        var notes = answer.Notes.ToList();
        notes.AddRange(
            answer
                .Totals.Where(total => total.Currency != currency && !total.Amount.IsZero)
                .Select(total =>
                    answer.Query.Measure.IsQuantity
                        ? $"{total.Currency} is another unit and is not in it: narrow with --where ConsumedUnit={total.Currency}."
                        : $"{Display.Full(total)} is not in it: --currency CODE converts."
                )
        );
        return (currency, notes);
    }

    /// <summary>Which providers delivered which days, whatever the question: late is not the same as unused.</summary>
    private Dictionary<string, Presented> Presence(
        ForecastQuestion question,
        DateOnly through,
        CancellationToken cancel
    )
    {
        var arrival = ArrivalCurves.Of(view, cancel);
        var answer = ask.Answer(
            new CostQuery
            {
                Measure = question.Cost.Measure,
                By = [Provider],
                Over = TimeGrain.Day,
                // All there is, as forecasts of all cost ask for it themselves.
                To = question.KnownThrough is null ? null : through.AddDays(1),
            },
            cancel
        );
        return answer
            .Rows.GroupBy(row => row.Keys[0] ?? Unnamed)
            .ToDictionary(
                same => same.Key,
                same =>
                    Presented.Of(
                        same.Select(row => row.Period!.Value).ToHashSet(),
                        through,
                        through < arrival.Through ? through : arrival.CompleteThrough(same.Key)
                    )
            );
    }

    /// <summary>Figures by group and provider; groups beyond the largest are one.</summary>
    private static List<HistoryGroup> Grouped(
        IEnumerable<Figure> figures,
        ForecastQuestion question,
        DateOnly through,
        Func<string, IReadOnlyDictionary<DateOnly, Amount>, Strand> strand
    )
    {
        var all = figures.GroupBy(figure => string.Join('\u001f', figure.Keys)).Select(same => same.ToList()).ToList();
        if (all.Count > GroupsMax)
            throw new RefusedException(
                "forecasts/too-many-parts",
                $"By {string.Join(", ", question.Cost.By)} there are {all.Count} parts, and at most {GroupsMax} are forecast.",
                "Narrow the question with --where, or group by something coarser.",
                exitCode: 2
            );
        var recent = through.AddDays(-90);
        var ranked = all.OrderByDescending(group =>
                group.Where(one => one.Day > recent).Aggregate(Amount.Zero, (sum, one) => sum + one.Amount.Abs())
            )
            .ThenBy(group => string.Join('\u001f', group[0].Keys), StringComparer.Ordinal)
            .ToList();
        var kept = question.Cost.Top ?? ForecastQuestion.PartsUsual;
        if (ranked.Count > kept + 1)
            ranked =
            [
                .. ranked.Take(kept),
                [
                    .. ranked
                        .Skip(kept)
                        .SelectMany(group => group)
                        .Select(one => one with { Keys = [.. one.Keys.Select((_, i) => i == 0 ? "(other)" : null)] }),
                ],
            ];
        return
        [
            .. ranked.Select(group => new HistoryGroup(
                group[0].Keys,
                Sums(group),
                [.. group.GroupBy(one => one.Provider).Select(same => strand(same.Key, Sums(same)))]
            )),
        ];
    }

    private static Dictionary<DateOnly, Amount> Sums(IEnumerable<Figure> figures) =>
        figures
            .GroupBy(figure => figure.Day)
            .ToDictionary(same => same.Key, same => same.Aggregate(Amount.Zero, (sum, one) => sum + one.Amount));

    private static List<HistoryGroup> Required(List<HistoryGroup> groups, ForecastQuestion question, int daysMin)
    {
        if (groups.Count == 0)
            throw NothingKnown(
                "Nothing in the books fits this question.",
                "See what there is: bursar costs --over month."
            );
        var (first, known) = (
            groups.SelectMany(group => group.Strands).Min(strand => strand.First),
            groups.SelectMany(group => group.Strands).Max(strand => strand.Known)
        );
        var days = known.DayNumber - first.DayNumber + 1;
        if (days >= daysMin)
            return groups;
        var needed = daysMin > 31 ? "two whole months" : $"{daysMin} whole days";
        throw new RefusedException(
            "forecasts/too-short",
            $"Only {Math.Max(0, days)} {(days == 1 ? "day is" : "days are")} known, from {first:yyyy-MM-dd} to {known:yyyy-MM-dd}.",
            question.KnownThrough is null
                ? $"A forecast needs {needed}: ask again when they are delivered."
                : $"A forecast needs {needed}: choose a later --known-through."
        );
    }

    private static void RequireMonths(ForecastQuestion question, string why)
    {
        if (question.Over is TimeGrain.Day or TimeGrain.Week)
            throw NotByMonth(why);
    }

    private static RefusedException NotByMonth(string why) =>
        new("forecasts/by-month", $"{why}: it is forecast by month.", "Write --over month.", exitCode: 2);

    private static RefusedException NothingKnown(string message, string remedy) =>
        new("forecasts/no-data", message, remedy);

    /// <summary>The last day of the last month that is over on a day.</summary>
    private static DateOnly LastWholeMonth(DateOnly day) => day.AddDays(1).AddDays(-day.AddDays(1).Day);

    /// <summary>A figure of a day or month.</summary>
    private sealed record Figure(IReadOnlyList<string?> Keys, string Provider, DateOnly Day, Amount Amount);

    /// <summary>Which days a provider delivered.</summary>
    private sealed record Presented(DateOnly Known, IReadOnlySet<DateOnly> Missing)
    {
        private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;

        public static Presented Always(DateOnly through) => new(through.AddDays(-1), new HashSet<DateOnly>());

        /// <param name="days">The days with charges.</param>
        /// <param name="through">The newest day of all data.</param>
        /// <param name="arrived">The newest day of which nearly all has usually arrived by now.</param>
        public static Presented Of(HashSet<DateOnly> days, DateOnly through, DateOnly arrived)
        {
            var (first, last) = (days.Min(), days.Max());
            // Who has ended is known to the last day: nothing. Of who is on time, the newest day may still grow.
            var known =
                through.DayNumber - last.DayNumber > LateDaysMax ? through.AddDays(-1)
                : last >= through.AddDays(-1) ? Earlier(through.AddDays(-1), arrived)
                : last;
            var span = last.DayNumber - first.DayNumber + 1;
            var missing =
                days.Count >= Usually * span
                    ? Enumerable.Range(0, span).Select(first.AddDays).Where(day => !days.Contains(day)).ToHashSet()
                    : [];
            return new Presented(known, missing);
        }
    }
}
