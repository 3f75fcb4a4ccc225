using System.Text.Json;
using Bursar.Core.Amounts;
using Bursar.Understand.Reporting;
using Bursar.Understand.Reporting.Deployments;
using Bursar.Warehouse.Queries;
using Bursar.Web;

namespace Bursar.Understand.Services;

/// <summary>A service day by day, part upon part, with what went live.</summary>
internal static class ServiceChart
{
    /// <summary>What went live of a service in the month.</summary>
    public static IReadOnlyList<Deployment> Deployments(ReviewedService service, ServicesReview review) =>
        review.Deployments.GetValueOrDefault(service.Service.Name) ?? [];

    /// <summary>The points of its chart; null where no day is known.</summary>
    public static string? Of(ReviewedService service, ServicesReview review)
    {
        var days = Enumerable.Range(0, review.Month.Days).Select(review.Month.Start.AddDays).ToList();
        var series = service
            .Parts.Where(part => part.Cost is not null && review.Days.ContainsKey(part.Part))
            .Select(part => Series(part, review.Days[part.Part], days))
            .ToList();
        return series.Count == 0
            ? null
            : ExploreChart.Json(
                new ChartData(
                    "bars",
                    Display.Symbol(service.Currency),
                    [.. days.Select(day => Display.Period(day, TimeGrain.Day))],
                    series
                )
                {
                    Marks = DeploymentTables.Marks(Deployments(service, review), days, TimeGrain.Day),
                }
            );
    }

    private static ChartSeries Series(ReviewedPart part, IReadOnlyList<CostRow> rows, List<DateOnly> days)
    {
        var byDay = rows.Where(row => row.Currency == part.Currency)
            .GroupBy(row => row.Period!.Value)
            .ToDictionary(same => same.Key, same => ServiceMath.Sum(same.Select(row => row.Total)));
        var amounts = days.Select(day => ServiceMath.OfDay(byDay.GetValueOrDefault(day), part.Cost, part.Charges))
            .ToList();
        return new ChartSeries(
            part.Part.Name,
            [.. amounts.Select(amount => JsonElement.Parse(amount.ToString()))],
            [.. amounts.Select(amount => Display.Short(new Money(amount, part.Currency)))],
            [.. days.Select(_ => (string?)null)],
            IsRest: false
        );
    }
}
