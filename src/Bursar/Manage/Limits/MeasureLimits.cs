using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Bursar.Core.Diagnostics;
using Bursar.Rulebooks;
using Bursar.Understand.Currencies;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Manage.Limits;

/// <summary>Says where every limit stands with the newest charges.</summary>
internal sealed class MeasureLimits(BooksView view)
{
    /// <summary>Hours that passed the tripwire count as now for so long: many sources deliver a day at once.</summary>
    public const int HoursOfNow = 24;

    private const int DaysOfPeak = 90;
    private const int DaysOfGrain = 7;

    /// <summary>The same books and rules have the same limits.</summary>
    private static readonly ConditionalWeakTable<BooksState, ConcurrentDictionary<string, LimitReview>> Known = [];

    private readonly CostMeasure measure = ReportSubject.Measure(view);
    private readonly FindRates rates = new(view);
    private readonly LimitLog log = LimitLog.Of(view.State);
    private readonly Dictionary<LimitSource, ReadPace> sources = [];

    /// <summary>Every limit, the worst first; a limit for each value is there once for each.</summary>
    public LimitReview Review(CancellationToken cancel)
    {
        var known = Known.GetValue(view.State, _ => new());
        var key = $"{view.Rulebook.Hash} {view.IsDraft} {view.Today:yyyy-MM-dd}";
        if (known.TryGetValue(key, out var before))
            return before;
        var items = view.State.LiveDeliveries.Any()
            ? view.Rulebook.All<SpendLimit>().SelectMany(limit => Of(limit, cancel)).ToList()
            : [];
        var review = new LimitReview(
            [
                .. items
                    .OrderByDescending(one => one.State)
                    .ThenByDescending(one => one.Money.UsedShare)
                    .ThenBy(one => one.Name, StringComparer.Ordinal),
            ],
            view.IsDraft
        );
        known[key] = review;
        return review;
    }

    /// <summary>One limit, or one value of a limit for each.</summary>
    /// <exception cref="RefusedException">None has that name.</exception>
    public LimitStatus Named(string name, CancellationToken cancel)
    {
        var items = Review(cancel).Items;
        return items.FirstOrDefault(one => one.Name == name)
            ?? throw new RefusedException(
                "limits/unknown",
                $"No limit is called \"{name}\".{DidYouMean.Question(name, items.Select(one => one.Name))}",
                items.FirstOrDefault(one => one.Limit.Name == name) is { } each
                    ? $"It is one for each {each.Limit.Each}: bursar limits show {each.Name}."
                    : "`bursar limits` lists them; kind: SpendLimit in the rulebook declares one.",
                exitCode: 2
            );
    }

    private IEnumerable<LimitStatus> Of(SpendLimit limit, CancellationToken cancel)
    {
        if (!sources.TryGetValue(limit.Of, out var source))
            sources[limit.Of] = source = new ReadPace(limit.Of == LimitSource.Logs ? view.Logs : view);
        var where = limit.ChargesIn(view.Rulebook).ToFilters();
        var from = source.Newest.AddDays(-DaysOfPeak);
        if (limit.Per == LimitPeriod.Total && limit.From < from)
            from = limit.From.Value;
        var use = source
            .Of(where, limit.Each, measure, from, cancel)
            .In(
                limit.Money,
                other => rates.Of(other, new Conversion(limit.Money), new(from, source.Newest.AddDays(1)))
            );
        var newest = DateOnly.FromDateTime(use.Until.AddHours(-1));
        if (!limit.HoldsOn(newest))
            return [];
        var quantities = limit.Quantity is null
            ? null
            : source.Of(where, limit.Each, CostMeasure.ConsumedQuantity, from, cancel);
        return use
            .Keys.DefaultIfEmpty(null)
            .Where(key => limit.Each is null || key is not null)
            .Select(key => One(limit, key, where, use, quantities));
    }

    private LimitStatus One(
        SpendLimit limit,
        string? key,
        IReadOnlyList<CostFilter> where,
        PaceOfCharges use,
        PaceOfCharges? quantities
    )
    {
        var period = LimitTimes.On(limit, DateOnly.FromDateTime(use.Until.AddHours(-1)));
        var made = log.On(limit, key, view.Today);
        var money = use.Gauge(
            new GaugeOf(limit.Money, key, made?.Fact.Amount ?? limit.Amount, limit.PerHour, limit.Factor),
            period
        );
        var status = new LimitStatus(
            limit,
            key,
            period,
            use.Until,
            use.FinestOf(limit.Money, key, DaysOfGrain),
            money,
            LimitState.Ok
        )
        {
            Quantity = limit.Quantity is { } quantity
                ? quantities!.Gauge(
                    new GaugeOf(
                        CostMeasure.ConsumedQuantity.UnitOf(quantity.Unit),
                        key,
                        quantity.Amount,
                        quantity.PerHour,
                        limit.Factor
                    ),
                    period
                )
                : null,
            Override = made,
            ByDayShare = use.ByDayShare(limit.Money, key, DaysOfGrain),
            Rates = use.Rates(key, period),
            NotCounted = use.InOthers(limit.Money, key, period),
            Charges = key is null ? where : [.. where, new CostFilter(limit.Each!, [key])],
            Measure = measure,
        };
        return status with { State = StateOf(status) };
    }

    private static LimitState StateOf(LimitStatus status)
    {
        var limit = status.Limit;
        var used = Math.Max(status.Money.UsedShare ?? 0, status.Quantity?.UsedShare ?? 0) * 100;
        var isTooLate =
            limit.ResponseHours is { } hours && status.ExhaustedAt < status.Until.AddMinutes((int)(hours * 60));
        return used >= 100 ? LimitState.Exhausted
            : used >= limit.HardPercent || isTooLate ? LimitState.Hard
            : status.FastNow.Any() ? LimitState.Tripwire
            : used >= limit.SoftPercent ? LimitState.Soft
            : LimitState.Ok;
    }
}
