using System.Globalization;
using Bursar.Core.Amounts;
using Bursar.Understand.Anomalies;
using Bursar.Understand.Anomalies.Detection;

namespace Bursar.Benchmarks;

/// <summary>
/// Companies of many seeds with planted causes, judged day by day as their data arrives: what is found, when,
/// under which cause.
/// </summary>
internal static class AnomalySeedsBenchmark
{
    private const int DaysLookedBack = 45;
    private const int DaysNew = 7;
    private const int DaysAllowed = 2;
    private const decimal VisibleDrift = 0.2m;
    private const decimal FloorShare = 0.01m;
    private const decimal MostlyIt = 0.5m;

    /// <summary>A planted cause and the alert that told it.</summary>
    internal sealed record Found(Plant Plant, Anomaly? Alert, int Days, bool IsRightCause);

    /// <summary>What became of one company.</summary>
    internal sealed record Outcome(
        IReadOnlyList<Found> Plants,
        int Alerts,
        int TrueAlerts,
        int MostOfOwner,
        IReadOnlyList<string> Wrong
    )
    {
        public decimal Money => Plants.Sum(one => one.Plant.Money);

        public decimal FoundMoney => Plants.Where(one => one.Alert is not null).Sum(one => one.Plant.Money);
    }

    public static int Run(int first, int count)
    {
        var outcomes = Enumerable.Range(first, count).Select(Judge).ToList();
        Console.WriteLine($"{count} companies, seeds {first} to {first + count - 1}");
        foreach (
            var same in outcomes.SelectMany(one => one.Plants).GroupBy(one => one.Plant.Kind).OrderBy(one => one.Key)
        )
        {
            var found = same.Where(one => one.Alert is not null).ToList();
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{same.Key, -15} planted {same.Count(), 3}, found {found.Count, 3}, "
                        + $"right cause {found.Count(one => one.IsRightCause), 3}, "
                        + $"within 48 h {found.Count(one => one.Days <= DaysAllowed), 3}, mean {Mean(found):F2} days"
                )
            );
        }
        var alerts = outcomes.Sum(one => one.Alerts);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"alerts {alerts}, precision {(double)outcomes.Sum(one => one.TrueAlerts) / alerts:P1}, "
                    + $"money-weighted recall {outcomes.Sum(one => one.FoundMoney) / outcomes.Sum(one => one.Money):P1}, "
                    + $"most alerts to one owner in a week {outcomes.Max(one => one.MostOfOwner)}"
            )
        );
        foreach (var (outcome, seed) in outcomes.Select((one, i) => (one, first + i)))
        {
            foreach (
                var miss in outcome.Plants.Where(one =>
                    one.Plant.Kind != PlantKind.Small
                    && (one.Alert is null || !one.IsRightCause || one.Days > DaysAllowed)
                )
            )
                Console.WriteLine(
                    $"  seed {seed}: {miss.Plant.Kind} {miss.Plant.Place} "
                        + $"{miss.Plant.Start}-{miss.Plant.End} {miss.Plant.Money:F0}: {Words(miss)}"
                );
            foreach (var wrong in outcome.Wrong)
                Console.WriteLine($"  seed {seed}: false: {wrong}");
        }
        return 0;
    }

    private static double Mean(List<Found> found) => found.Count == 0 ? 0 : found.Average(one => one.Days);

    private static string Words(Found one) =>
        one.Alert is { } alert ? $"{alert.Kind} {alert.Title} after {one.Days} days" : "not found";

    public static Outcome Judge(int seed)
    {
        var company = new SeededCompany(seed);
        var cube = company.Cube();
        var judge = new JudgeCube(cube, new AnomalyHistory([]));
        var alerts = new List<(Anomaly Anomaly, int Day)>();
        for (var day = SeededCompany.Days - SeededCompany.Window; day < SeededCompany.Days; day++)
        {
            var through = SeededCompany.First.AddDays(day);
            foreach (var one in judge.Of(through.AddDays(-DaysLookedBack), through, CancellationToken.None))
                if (
                    one.Days.Start >= SeededCompany.First.AddDays(SeededCompany.Days - SeededCompany.Window)
                    && one.ToldOn > through.AddDays(-DaysNew)
                    && !alerts.Any(before => before.Anomaly.IsAlso(one.Id, one.Title, one.Days.Start, "USD", one.Kind))
                )
                    alerts.Add((one, day));
        }
        var floor = FloorShare * company.Total;
        var found = company.Plants.Select(plant => FoundOf(company, plant, alerts, floor)).ToList();
        var wrong = alerts.Where(alert => !company.Plants.Any(plant => IsOf(company, plant, alert.Anomaly))).ToList();
        return new Outcome(
            found,
            alerts.Count,
            alerts.Count - wrong.Count,
            MostOfOwner(company, alerts),
            [
                .. wrong.Select(one =>
                    $"{one.Anomaly.Kind} {one.Anomaly.Title} day {one.Day} {one.Anomaly.Days.Start:MM-dd} "
                    + $"excess {one.Anomaly.Excess} of {one.Anomaly.Expected}, floor {floor:F0}"
                ),
            ]
        );
    }

    private static Found FoundOf(
        SeededCompany company,
        Plant plant,
        List<(Anomaly Anomaly, int Day)> alerts,
        decimal floor
    )
    {
        var mine = alerts.Where(alert => IsOf(company, plant, alert.Anomaly)).ToList();
        if (mine.Count == 0)
            return new Found(plant, null, 0, false);
        var (told, day) = mine.MinBy(alert => alert.Day);
        return new Found(
            plant,
            told,
            day - Onset(company, plant, floor),
            IsKind(plant.Kind, told.Kind) && IsPlace(company, plant, told)
        );
    }

    /// <summary>
    /// The first day on which it was large enough to tell; a drift also has to have risen by a fifth.
    /// </summary>
    private static int Onset(SeededCompany company, Plant plant, decimal floor)
    {
        var sum = 0m;
        foreach (var day in plant.Added.GroupBy(one => one.Key.Day).OrderBy(one => one.Key))
        {
            sum += day.Sum(one => Math.Abs(one.Value));
            var cost = day.Sum(one => company.Parts[one.Key.Part].Cost[day.Key]);
            var isVisible =
                plant.Kind != PlantKind.Drift || day.Sum(one => one.Value) >= VisibleDrift * cost / (1 + VisibleDrift);
            if (sum >= floor && isVisible)
                return day.Key;
        }
        return plant.Start;
    }

    /// <summary>Whether at least half of what an alert tells was planted by this.</summary>
    private static bool IsOf(SeededCompany company, Plant plant, Anomaly alert)
    {
        var (from, to) = (Index(alert.Days.Start), Index(alert.Days.End));
        var added = plant
            .Added.Where(one => one.Key.Day >= from && one.Key.Day < to && IsIn(company.Parts[one.Key.Part], alert))
            .Sum(one => one.Value);
        return alert.Excess != Amount.Zero && added / alert.Excess.ToDecimal() >= MostlyIt;
    }

    /// <summary>
    /// Whether the place that is named is the one of the cause, or holds four fifths of it and little else.
    /// </summary>
    private static bool IsPlace(SeededCompany company, Plant plant, Anomaly alert) =>
        alert.Title == plant.Place
        || plant.Added.Where(one => IsIn(company.Parts[one.Key.Part], alert)).Sum(one => Math.Abs(one.Value))
            >= 0.8m * plant.Money;

    private static bool IsIn(CompanyPart part, Anomaly alert)
    {
        var columns = part.Of == SeriesOf.Cost ? SeriesCube.Columns : SeriesCube.ColumnsOfUnused;
        return part.Of == alert.Series.Of
            && alert.Place.All(filter => part.Keys[columns.ToList().IndexOf(filter.Column)] == filter.Values[0]);
    }

    private static bool IsKind(PlantKind planted, AnomalyKind told) =>
        planted switch
        {
            PlantKind.Drop => told == AnomalyKind.Drop,
            PlantKind.LostDiscount => told == AnomalyKind.LostDiscount,
            PlantKind.IdleCommitment => told == AnomalyKind.IdleCommitment,
            PlantKind.MissingData => told == AnomalyKind.MissingData,
            PlantKind.Doubled => told == AnomalyKind.Doubled,
            PlantKind.Drift => told is AnomalyKind.Drift or AnomalyKind.Shift or AnomalyKind.Spike,
            _ => told is AnomalyKind.Spike or AnomalyKind.Shift,
        };

    private static int MostOfOwner(SeededCompany company, List<(Anomaly Anomaly, int Day)> alerts) =>
        alerts
            .GroupBy(alert => (Owner: OwnerOf(company, alert.Anomaly), Week: alert.Day / 7))
            .Select(same => same.Count())
            .DefaultIfEmpty(0)
            .Max();

    private static string OwnerOf(SeededCompany company, Anomaly alert) =>
        alert.IsDataDefect
            ? "practice"
            : company
                .Parts.Where(part => IsIn(part, alert))
                .GroupBy(part => part.Owner)
                .MaxBy(same => same.Sum(part => part.Cost[Index(alert.Days.Start)]))
                ?.Key
                ?? "practice";

    private static int Index(DateOnly day) => day.DayNumber - SeededCompany.First.DayNumber;
}
