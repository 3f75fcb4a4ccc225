using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Quantify.Forecasts.Models;
using Bursar.Quantify.Planning;
using Bursar.Understand.Currencies;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Workspaces;

namespace Bursar.Quantify.Forecasts;

/// <summary>An event that is laid over a forecast.</summary>
/// <param name="Event">What it is, and what it adds in all.</param>
/// <param name="Adds">By its odds, to each group (the outer list) in each period.</param>
/// <param name="Probability">How likely it is.</param>
internal sealed record EventOverlay(AppliedEvent Event, Amount[][] Adds, decimal Probability);

/// <summary>What planned events add to a forecast, group by group and period by period (FCT-03).</summary>
/// <remarks>
/// What an event has done before the last known day is in the history already, so only what changes after it is
/// added: the rest of a ramp, an effect
/// that ends. An event moves a question by the part of its charges that the question holds, as they were in the last
/// 90 days.
/// </remarks>
internal sealed class OverlayEvents(BooksView view, ForecastHistory history, IReadOnlyList<GroupForecast> groups)
{
    private const int SharedDays = 90;

    private readonly DateOnly known = history.CompleteThrough;
    private readonly AskCosts ask = new(view);

    /// <summary>Effects that are left out, and why.</summary>
    public List<string> Notes { get; } = [];

    /// <returns>Each event with what it adds to each group (the outer list) in each period.</returns>
    public IReadOnlyList<EventOverlay> Of(IReadOnlyList<DateRange> periods, CancellationToken cancel)
    {
        var applied = new List<EventOverlay>();
        foreach (var planned in view.Rulebook.All<PlannedEvent>().Where(Matters(periods[^1].End)))
        {
            if (Size(planned) is not { } size)
                continue;
            var shares = Shares(planned, cancel);
            var adds = groups
                .Select((group, g) => periods.Select(period => Adds(planned, size, group, shares[g], period)).ToArray())
                .ToArray();
            if (adds.All(row => Array.TrueForAll(row, amount => amount.IsZero)))
                continue;
            var byPeriod = periods
                .Select((period, k) => (period.Start, Sum: Sum(adds.Select(row => row[k]))))
                .Where(one => !one.Sum.IsZero)
                .ToDictionary(one => one.Start, one => one.Sum);
            applied.Add(
                new EventOverlay(
                    new AppliedEvent(planned.Name, planned.What, Words(planned), byPeriod),
                    adds,
                    planned.Effect!.Probability
                )
            );
        }
        var uncertain = applied.Where(one => one.Probability is > 0 and < 1).ToList();
        if (uncertain.Count > 0)
            Notes.Add(
                $"{Display.Count(uncertain.Count, "planned event", "planned events")} may come or not: the point counts by the odds, the band holds both."
            );
        return applied;
    }

    private Func<PlannedEvent, bool> Matters(DateOnly end) =>
        planned =>
            planned.Effect is { } effect
            && planned.From < end
            && (Level(planned, known) < 1 || effect.To is not null || planned.From > known)
            && !(effect.To <= known);

    /// <summary>"−20 % over 3 months from 2026-11-01, 80 % likely".</summary>
    internal static string Words(PlannedEvent planned)
    {
        var effect = planned.Effect!;
        var size =
            effect.Percent is { } percent ? FormattableString.Invariant($"{percent:+0.##;-0.##} %")
            : effect.PerMonth is { } monthly ? $"{Signed(monthly)} {effect.Currency} a month"
            : $"{Signed(effect.Once!.Value)} {effect.Currency} once";
        var ramp = effect.RampMonths > 1 ? $", growing over {effect.RampMonths} months" : "";
        var until = effect.To is { } to ? $" to {to.AddDays(-1):yyyy-MM-dd}" : "";
        var odds =
            effect.Probability == 1 ? "" : FormattableString.Invariant($", {effect.Probability * 100:0.##} % likely");
        return $"{size} from {planned.From:yyyy-MM-dd}{until}{ramp}{odds}";
    }

    /// <summary>The amount in the currency of the forecast, or the percent as a ratio; null where there is no
    /// rate.</summary>
    private decimal? Size(PlannedEvent planned)
    {
        var effect = planned.Effect!;
        if (effect.Percent is { } percent)
            return percent / 100 * effect.Probability;
        var amount = (effect.PerMonth ?? effect.Once)!.Value.ToDecimal() * effect.Probability;
        var own = new Currency(effect.Currency!);
        if (own == history.Currency)
            return amount;
        var rate = new FindRates(view).RateOn(own, history.Asked.Conversion ?? new Conversion(history.Currency), known);
        if (rate is null)
            Notes.Add(
                $"The event {planned.Name} is left out: it is in {own}, and there is no rate to {history.Currency}."
            );
        return rate is null ? null : amount * rate.Rate.ToDecimal();
    }

    private Amount Adds(PlannedEvent planned, decimal size, GroupForecast group, decimal share, DateRange period)
    {
        if (share == 0)
            return Amount.Zero;
        var part = size * share;
        var sum =
            planned.Effect!.Once is not null ? (planned.From > known && period.Contains(planned.From) ? part : 0)
            : planned.Effect.Percent is not null
                ? group.Weighed(
                    period,
                    day => ((1 + (part * Level(planned, day))) / (1 + (part * Level(planned, known)))) - 1
                )
            : Days(period)
                .Sum(day =>
                    part * (Level(planned, day) - Level(planned, known)) / DateTime.DaysInMonth(day.Year, day.Month)
                );
        return Amount.From(sum).RoundedTo(history.Currency.Decimals);
    }

    private IEnumerable<DateOnly> Days(DateRange period) =>
        Enumerable.Range(0, period.Days).Select(period.Start.AddDays).Where(day => day > known);

    /// <summary>How much of its full size an effect has on a day.</summary>
    internal static decimal Level(PlannedEvent planned, DateOnly day)
    {
        var effect = planned.Effect!;
        if (day < planned.From || day >= effect.To)
            return 0;
        if (effect.RampMonths <= 1)
            return 1;
        var months = ((day.Year - planned.From.Year) * 12) + day.Month - planned.From.Month;
        if (day.Day < planned.From.Day && day.AddDays(1).Day != 1)
            months--;
        return Math.Min(1, (months + 1m) / effect.RampMonths);
    }

    /// <summary>Per group: of a percentage, which part of the group the event moves; of an amount, which part of the
    /// event it holds.</summary>
    private decimal[] Shares(PlannedEvent planned, CancellationToken cancel)
    {
        var moved = planned.ChargesIn(view.Rulebook).ToFilters();
        var window = new DateRange(known.AddDays(1 - SharedDays), known.AddDays(1));
        var isPercent = planned.Effect!.Percent is not null;
        var isAll = moved.Count == 0;
        var query = history.Asked with { Over = null, From = window.Start, To = window.End, Top = null };
        var own = history.Groups.Select(group => Own(query, group, cancel)).ToArray();
        if (isAll && isPercent)
            return [.. own.Select(_ => 1m)];
        var both = isAll ? own : history.Groups.Select(group => Own(With(query, moved), group, cancel)).ToArray();
        if (isPercent)
            return [.. both.Select((amount, g) => amount.ShareOf(own[g]) ?? 0)];
        var whole = Total(query with { By = [], Where = moved }, cancel);
        if (!whole.IsZero)
            return [.. both.Select(amount => amount.ShareOf(whole) ?? 0)];
        return New(planned, moved, query);
    }

    /// <summary>What the event moves costs nothing yet: it belongs where its conditions say.</summary>
    private decimal[] New(PlannedEvent planned, IReadOnlyList<CostFilter> moved, CostQuery query)
    {
        var shares = new decimal[groups.Count];
        if (!query.Where.All(filter => moved.Any(one => IsSame(one, filter))))
        {
            Notes.Add($"The event {planned.Name} is left out: nothing says which part of it this question holds.");
            return shares;
        }
        var at = history
            .Groups.ToList()
            .FindIndex(group =>
                query.By.Count > 0
                && query
                    .By.Select((column, i) => (column, Key: group.Keys[i]))
                    .All(pair => moved.Any(one => IsSame(one, new CostFilter(pair.column, [pair.Key]))))
            );
        if (at < 0 && query.By.Count > 0)
            Notes.Add($"The event {planned.Name} is counted with the last part: its own costs nothing yet.");
        shares[at < 0 ? groups.Count - 1 : at] = 1;
        return shares;
    }

    private static bool IsSame(CostFilter one, CostFilter other) =>
        one.Column == other.Column && one.Negated == other.Negated && one.Values.SequenceEqual(other.Values);

    private Amount Own(CostQuery query, HistoryGroup group, CancellationToken cancel)
    {
        if (query.By.Count == 0)
            return Total(query, cancel);
        var named = history.Groups.Where(one => one.Keys[0] != "(other)").Select(one => one.Keys).ToList();
        var isRest = group.Keys[0] == "(other)";
        return Sum(
            ask.Answer(query, cancel)
                .Rows.Where(row => row.Currency == history.Currency)
                .Where(row =>
                    isRest ? !named.Exists(keys => keys.SequenceEqual(row.Keys)) : group.Keys.SequenceEqual(row.Keys)
                )
                .Select(row => row.Total)
        );
    }

    private Amount Total(CostQuery query, CancellationToken cancel) =>
        Sum(
            ask.Answer(query with { By = [] }, cancel)
                .Totals.Where(total => total.Currency == history.Currency)
                .Select(total => total.Amount)
        );

    private static CostQuery With(CostQuery query, IReadOnlyList<CostFilter> where) =>
        query with
        {
            Where = [.. query.Where, .. where],
        };

    private static Amount Sum(IEnumerable<Amount> amounts) =>
        amounts.Aggregate(Amount.Zero, (sum, amount) => sum + amount);

    private static string Signed(Amount amount) => (amount > Amount.Zero ? "+" : "") + amount;
}
