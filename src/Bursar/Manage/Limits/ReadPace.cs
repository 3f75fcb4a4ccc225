using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Manage.Limits;

/// <summary>Reads charges by the hour, where they tell it, and by the day otherwise.</summary>
internal sealed class ReadPace(BooksView view)
{
    private const string Provider = "ServiceProviderName";
    private const int DaysOfProvider = 31;

    private readonly AskCosts ask = new(view);
    private readonly ListRows rows = new(view);
    private readonly Dictionary<string, DateTime> ends = [];

    /// <summary>The newest day on which a charge begins.</summary>
    public DateOnly Newest { get; } =
        view.Deliveries.Max(booked => booked.Delivery.NewestChargeStart)
        ?? ReportSubject.DataThrough(view)
        ?? view.Today;

    /// <summary>What some charges come to, from a day on.</summary>
    /// <param name="where">Which charges.</param>
    /// <param name="each">A column by whose values they are told apart; null for none.</param>
    /// <param name="measure">Cost, or a quantity.</param>
    /// <param name="from">The first day.</param>
    /// <param name="cancel">Ends the work.</param>
    public PaceOfCharges Of(
        IReadOnlyList<CostFilter> where,
        string? each,
        CostMeasure measure,
        DateOnly from,
        CancellationToken cancel
    )
    {
        var columns = view.Deliveries.Count == 0 ? new HashSet<string>() : view.Star(cancel).Columns;
        var midnight = LimitTimes.Midnight(Newest.AddDays(1));
        // A column that no delivery has: nothing is known of such charges yet.
        if (
            view.Deliveries.Count == 0
            || where
                .Select(filter => filter.Column)
                .Append(each ?? Provider)
                .Any(column => !CostColumns.IsKnown(column, columns))
        )
            return new PaceOfCharges([], [], midnight);
        var query = new CostQuery
        {
            Measure = measure,
            By = each is null ? [Provider] : [Provider, each],
            Where = where,
            From = from,
            To = Newest.AddDays(1),
        };
        var days = ask.Answer(query with { Over = TimeGrain.Day }, cancel).Rows;
        if (days.Count == 0)
            return new PaceOfCharges([], [], midnight);
        var hours = rows.Hours(query, cancel);
        var providers = days.Select(row => row.Keys[0]).Distinct().ToList();
        return new PaceOfCharges(
            [.. days.Select(row => new PartOfDay(Key(row.Keys), row.Currency, row.Period!.Value, row.Total))],
            [.. hours.Select(sum => new PartOfHour(Key(sum.Keys), sum.Currency, sum.Hour, sum.Amount))],
            providers.Max(provider => EndOf(provider, measure, cancel))
        );

        string? Key(IReadOnlyList<string?> keys) => each is null ? null : keys[1];
    }

    /// <summary>What single values have of some charges, by the hour, from a moment on.</summary>
    public IReadOnlyList<HourSum> By(
        IReadOnlyList<string> columns,
        IReadOnlyList<CostFilter> where,
        CostMeasure measure,
        DateTime from,
        CancellationToken cancel
    ) =>
        [
            .. rows.Hours(
                    new CostQuery
                    {
                        Measure = measure,
                        By = columns,
                        Where = where,
                        From = DateOnly.FromDateTime(from),
                    },
                    cancel
                )
                .Where(sum => sum.Hour >= from),
        ];

    /// <summary>When the newest charge of a provider ends: an hour where it tells hours, else a day.</summary>
    private DateTime EndOf(string? provider, CostMeasure measure, CancellationToken cancel)
    {
        if (ends.TryGetValue(provider ?? "", out var known))
            return known;
        CostQuery query = new()
        {
            Measure = measure,
            Where = [new(Provider, [provider])],
            From = Newest.AddDays(-DaysOfProvider),
        };
        var days = ask.Answer(query with { Over = TimeGrain.Day, To = Newest.AddDays(1) }, cancel).Rows;
        var newest = days.Count == 0 ? Newest : days.Max(row => row.Period!.Value);
        var hours = rows.Hours(query with { From = newest.AddDays(-1), To = newest.AddDays(1) }, cancel);
        return ends[provider ?? ""] =
            hours.Count == 0 ? LimitTimes.Midnight(newest.AddDays(1)) : hours[^1].Hour.AddHours(1);
    }
}
