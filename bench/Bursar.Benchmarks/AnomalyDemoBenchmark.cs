using System.Globalization;
using Bursar.Cli;
using Bursar.Core.Amounts;
using Bursar.Demo;
using Bursar.Demo.Commands;
using Bursar.Understand.Anomalies;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Benchmarks;

/// <summary>
/// The demo company of several seeds: what `bursar anomalies` tells of its books, against what its generator says is
/// true.
/// </summary>
internal static class AnomalyDemoBenchmark
{
    private const int DaysApart = 3;
    private const int DaysOfFloor = 7;
    private const decimal MostlyIt = 0.5m;

    /// <summary>The planted stories that are anomalies of use: their kind, and a word of their place.</summary>
    private static readonly (string Name, AnomalyKind[] Kinds, string Place)[] Stories =
    [
        ("lapsed-savings-plan", [AnomalyKind.LostDiscount], "claims-core"),
        ("agent-in-a-loop", [AnomalyKind.Runaway, AnomalyKind.Spike], "Lumen"),
        ("late-usage", [AnomalyKind.Spike], "Data Transfer"),
    ];

    public static int Run(int first, int count)
    {
        var (told, right, stories, foundStories) = (0, 0, 0, 0);
        var (money, foundMoney) = (0m, 0m);
        for (var seed = first; seed < first + count; seed++)
        {
            var options = new DemoOptions { Seed = (ulong)seed };
            var folder = Directory.CreateTempSubdirectory("bursar-anomalies-").FullName;
            try
            {
                var (review, floor) = Review(options, folder);
                var truth = new AldermoorGenerator(options).Write(Path.Combine(folder, "truth")).Truth;
                var planted = truth.Stories.Where(story => Stories.Any(known => known.Name == story.Name)).ToList();
                var came = truth
                    .Steps.Where(one => one.Start >= review.Since && one.Start < review.Through)
                    .Where(one => one.PerDay.ToDecimal() * DaysOfFloor >= floor)
                    .ToList();
                var ofStories = planted.Where(story => review.Items.Any(one => IsStory(one, story))).ToList();
                var ofSteps = came.Where(one => review.Items.Any(anomaly => IsOf(anomaly, [one]))).ToList();
                var wrong = review
                    .Items.Where(one => !planted.Any(story => IsStory(one, story)) && !IsOf(one, truth.Steps))
                    .ToList();
                told += review.Items.Count;
                right += review.Items.Count - wrong.Count;
                stories += planted.Count;
                foundStories += ofStories.Count;
                money += planted.Sum(Money) + came.Sum(one => Money(one, review.Through));
                foundMoney += ofStories.Sum(Money) + ofSteps.Sum(one => Money(one, review.Through));
                Console.WriteLine(
                    $"seed {seed}: told {review.Items.Count}, of them {ofStories.Count} of {planted.Count} stories, "
                        + $"resources that came {ofSteps.Count} of {came.Count}, neither {wrong.Count}"
                );
                foreach (var one in wrong)
                    Console.WriteLine($"  neither: {one.Kind} {one.Title} {one.Days.Start:yyyy-MM-dd} {one.Excess}");
                foreach (var one in came.Except(ofSteps))
                    Console.WriteLine($"  not told: {one}");
                foreach (var one in planted.Except(ofStories))
                    Console.WriteLine($"  not told: {one.Name}");
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"told {told}, precision {(decimal)right / Math.Max(1, told):P1}, stories {foundStories} of {stories}, "
                    + $"money-weighted recall {(money == 0 ? 0 : foundMoney / money):P1}"
            )
        );
        return 0;
    }

    private static (AnomalyReview Review, decimal Floor) Review(DemoOptions options, string folder)
    {
        var books = Path.Combine(folder, "books");
        using var workspace = Workspace.Create(books, books + "-rulebook", TimeProvider.System);
        new MakeDemo(workspace, Progress.Silent).Make(options, CancellationToken.None);
        var review =
            new FindAnomalies(workspace.View()).Of(null, CancellationToken.None)
            ?? throw new InvalidOperationException("The demo has no charges.");
        return (review, review.Floors.Single(floor => floor.Currency.Code == "USD").Amount.ToDecimal());
    }

    private static decimal Money(DemoStory story) => Math.Abs(story.Amount.ToDecimal());

    private static decimal Money(DemoStep step, DateOnly through) =>
        step.PerDay.ToDecimal() * (through.DayNumber - step.Start.DayNumber + 1);

    private static bool IsStory(Anomaly anomaly, DemoStory story) =>
        Stories.Single(known => known.Name == story.Name) is var wanted
        && wanted.Kinds.Contains(anomaly.Kind)
        && anomaly.Title.Contains(wanted.Place, StringComparison.Ordinal)
        && anomaly.Days.Start < story.End
        && anomaly.Days.End > story.Start;

    /// <summary>Whether resources that came and went in its place, within days, make at least half of it.</summary>
    private static bool IsOf(Anomaly anomaly, IReadOnlyList<DemoStep> steps)
    {
        var perDay = anomaly.Excess.ToDecimal() / anomaly.DayCount;
        var known = steps
            .Where(step => Math.Abs(anomaly.Days.Start.DayNumber - step.Start.DayNumber) <= DaysApart)
            .Where(step => anomaly.Series.Place.All(filter => IsIn(step, filter)))
            .Sum(step => step.PerDay.ToDecimal());
        return known / perDay >= MostlyIt;
    }

    /// <summary>The name of a resource begins with its application's; a charge without a value may be any.</summary>
    private static bool IsIn(DemoStep step, CostFilter filter) =>
        filter is not { Values: [{ } value] }
        || filter.Column switch
        {
            "ServiceName" => step.ServiceName == value,
            "SubAccountName" => step.SubAccountName == value,
            "x_Application" => step.ResourceName.StartsWith(value + "-", StringComparison.OrdinalIgnoreCase),
            _ => true,
        };
}
