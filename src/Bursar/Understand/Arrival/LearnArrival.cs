using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Understand.Allocation;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Arrival;

/// <summary>Learns how cost arrives from deliveries that were replaced or added to.</summary>
internal sealed class LearnArrival(BooksView view, DateOnly through)
{
    private const string ProviderColumn = "ServiceProviderName";

    /// <summary>So many of the newest deliveries of the books are looked through.</summary>
    private const int DeliveriesLooked = 600;

    /// <summary>So many of a source's deliveries are compared.</summary>
    private const int DeliveriesOfSource = 40;

    /// <summary>A day's cost is settled when the data reaches so many days beyond it.</summary>
    private const int SettledDays = 7;

    private readonly CostMeasure measure = ReportSubject.Measure(view);

    /// <summary>Every provider with cost in the last weeks, the largest first.</summary>
    public IReadOnlyList<ProviderArrival> Providers(CancellationToken cancel)
    {
        var query = new CostQuery
        {
            Measure = measure,
            By = ["x_Source", ProviderColumn],
            Over = TimeGrain.Day,
            From = through.AddDays(1 - ArrivalCurves.WindowDays),
            To = through.AddDays(1),
        };
        var rows = Ask(query, AskCosts.Touched(view, view.Star(cancel), query), cancel);
        var seen = rows.Select(row => row.Keys[0])
            .OfType<string>()
            .Distinct()
            .SelectMany(source => Observations(source, cancel))
            .ToLookup(one => one.Provider, one => one.Observation);
        var main = ReportSubject.MainCurrency(view, rows);
        return
        [
            .. rows.GroupBy(row => row.Keys[1])
                .Select(same => Of(same.Key, [.. same], [.. seen[same.Key]], main))
                .OrderByDescending(one => one.PerDay)
                .ThenBy(one => one.Provider, StringComparer.Ordinal),
        ];
    }

    private ProviderArrival Of(
        string? provider,
        List<CostRow> rows,
        IReadOnlyList<ArrivalObservation> seen,
        Currency main
    )
    {
        var currency = rows.GroupBy(row => row.Currency)
            .OrderByDescending(same => same.Sum(row => row.Charges))
            .ThenBy(same => same.Key)
            .First()
            .Key;
        var days = rows.Where(row => !row.Total.IsZero || row.Charges > 0).Select(Day).ToHashSet();
        var begun = rows.Where(row => row.Charges > 0).Select(Day).ToHashSet();
        // A ledger begins its charges on the first of a month; a cloud begins some on every day.
        var byDay = begun.Count * 2 >= days.Count;
        var newest = (byDay ? begun : days).DefaultIfEmpty(through).Max();
        var first = days.DefaultIfEmpty(through).Min();
        var sum = rows.Where(row => row.Currency == currency).Aggregate(Amount.Zero, (total, row) => total + row.Total);
        return new ProviderArrival(
            provider,
            newest,
            byDay,
            byDay ? ArrivalMath.Learn(seen) : ArrivalCurve.AtOnce,
            currency == main && sum > Amount.Zero
                ? sum.TimesRatio(Amount.From(1), Amount.From(newest.DayNumber - first.DayNumber + 1))
                : Amount.Zero
        )
        {
            InvoicedMonths = Invoiced([.. rows.Select(row => row.Keys[0]).OfType<string>().Distinct()]),
        };
    }

    /// <summary>Months that are over, and of which every row that counts carries the number of its invoice.</summary>
    private HashSet<DateOnly> Invoiced(IReadOnlyList<string> sources) =>
        [
            .. view
                .Deliveries.Where(booked => sources.Contains(booked.Delivery.Source))
                .GroupBy(booked => booked.Delivery.BillingPeriod)
                .Where(month =>
                    month.Key.End <= through.AddDays(1)
                    && month.All(booked => booked.Delivery.InvoicedRows is { } rows && rows >= booked.Delivery.Rows)
                )
                .Select(month => month.Key.Start),
        ];

    /// <summary>
    /// What each delivery of a source said of a day when it came, beside what is known of the day now.
    /// </summary>
    private List<(string? Provider, ArrivalObservation Observation)> Observations(
        string source,
        CancellationToken cancel
    )
    {
        var all = Newest(source);
        var told = ToldAnew(all);
        if (told.Count == 0)
            return [];
        try
        {
            view.Books.Trust.Require(told, cancel);
        }
        catch (RefusedException)
        {
            // What a replaced file said is no longer known; what counts does not need it.
            return [];
        }
        var query = new CostQuery
        {
            Measure = measure,
            By = ["x_DeliveryId", ProviderColumn],
            Over = TimeGrain.Day,
            From = told.Min(booked => booked.Delivery.BillingPeriod.Start),
            To = told.Max(booked => booked.Delivery.BillingPeriod.End),
        };
        var star = new StarCache(view.Books, view.Allocation, view.Engine).Of(told, cancel);
        var said = Ask(query, star, cancel).ToLookup(row => row.Keys[0]);
        return
        [
            .. told.GroupBy(booked => booked.Delivery.BillingPeriod)
                .SelectMany(month => OfMonth([.. month], all, said)),
        ];
    }

    private List<BookedDelivery> Newest(string source) =>
        [
            .. view
                .State.Deliveries.TakeLast(DeliveriesLooked)
                .Where(booked => booked.IsAdmitted && booked.WithdrawnSeq is null && !booked.IsPruned)
                .Where(booked =>
                    booked.Delivery is { Dataset: "CostAndUsage", Counts: DeliveryCounts.Bill } delivery
                    && delivery.Source == source
                )
                .TakeLast(DeliveriesOfSource),
        ];

    /// <summary>The deliveries of months that were told more than once.</summary>
    private static List<BookedDelivery> ToldAnew(List<BookedDelivery> all) =>
        [
            .. all.GroupBy(booked => booked.Delivery.BillingPeriod)
                .Where(month => month.Select(booked => booked.CommittedSeq).Distinct().Count() > 1)
                .SelectMany(month => month),
        ];

    /// <summary>What the deliveries of a month said of its days, but the last: nobody has corrected that one.</summary>
    private IEnumerable<(string?, ArrivalObservation)> OfMonth(
        List<BookedDelivery> told,
        List<BookedDelivery> all,
        ILookup<string?, CostRow> said
    )
    {
        var now = Sums(told.Where(booked => booked.SupersededBySeq is null), said);
        var settled = through.AddDays(-SettledDays);
        foreach (var moment in told.Select(booked => booked.CommittedSeq).Distinct().SkipLast(1))
        {
            var then = told.Where(booked =>
                    booked.CommittedSeq <= moment && !(booked.SupersededBySeq is { } by && by <= moment)
                )
                .ToList();
            var reaches = all.Where(booked => booked.CommittedSeq <= moment)
                .Max(booked => booked.Delivery.NewestChargeStart);
            if (reaches is not { } last)
                continue;
            var sums = Sums(then, said);
            foreach (var ((provider, currency, day), final) in now)
            {
                var age = last.DayNumber - day.DayNumber;
                if (age is >= 0 and < ArrivalMath.AgeMax && day <= settled)
                    yield return (
                        provider,
                        new ArrivalObservation(age, sums.GetValueOrDefault((provider, currency, day)), final)
                    );
            }
        }
    }

    private static Dictionary<(string? Provider, Currency Currency, DateOnly Day), Amount> Sums(
        IEnumerable<BookedDelivery> deliveries,
        ILookup<string?, CostRow> said
    ) =>
        deliveries
            .SelectMany(booked => said[booked.Id])
            .GroupBy(row => (row.Keys[1], row.Currency, Day(row)))
            .ToDictionary(same => same.Key, same => same.Aggregate(Amount.Zero, (sum, row) => sum + row.Total));

    private IReadOnlyList<CostRow> Ask(CostQuery query, StarFiles star, CancellationToken cancel)
    {
        using var session = view.Engine.Connect();
        return AskCost.RowsOf(query, star, session, cancel);
    }

    private static DateOnly Day(CostRow row) => row.Period!.Value;
}
