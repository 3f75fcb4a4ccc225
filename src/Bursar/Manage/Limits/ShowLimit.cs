using System.Runtime.CompilerServices;
using Bursar.Core.Amounts;
using Bursar.Understand.Currencies;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Manage.Limits;

/// <summary>What one key, agent, model or application has of a limit's newest hours.</summary>
/// <param name="Column">Which column.</param>
/// <param name="Value">Which value of it.</param>
/// <param name="LastHour">What it came to in the newest hour.</param>
/// <param name="LastDay">In the newest 24 hours.</param>
/// <param name="Share">Which share of all that is told by the hour in them.</param>
internal sealed record LimitDriver(string Column, string Value, decimal LastHour, decimal LastDay, decimal Share);

/// <summary>A limit with its last hours and who drives it.</summary>
internal sealed record LimitDetail(
    LimitStatus Status,
    IReadOnlyList<HourFigure> Hours,
    IReadOnlyList<LimitDriver> Drivers
);

/// <summary>Opens a limit: its last 72 hours, and which keys, agents and models drive it.</summary>
internal static class ShowLimit
{
    private const int HoursShown = 72;
    private const int DriversShown = 3;

    private static readonly string[] Columns =
    [
        "x_ApiKeyName",
        "ResourceId",
        "Tags/agent",
        "x_Model",
        "x_Application",
        "Tags/team",
    ];

    /// <summary>The same limit of the same books has the same drivers.</summary>
    private static readonly ConditionalWeakTable<LimitStatus, LimitDetail> Known = [];

    public static LimitDetail Of(BooksView view, LimitStatus status, CancellationToken cancel) =>
        Known.GetValue(
            status,
            one => new LimitDetail(
                one,
                [.. one.Money.Hours.TakeLast(HoursShown)],
                [.. DriversOf(one.Limit.Of == LimitSource.Logs ? view.Logs : view, one, cancel)]
            )
        );

    private static IEnumerable<LimitDriver> DriversOf(BooksView view, LimitStatus status, CancellationToken cancel)
    {
        if (view.Deliveries.Count == 0 || status.Money.Hours.Count == 0)
            return [];
        var known = view.Star(cancel).Columns;
        var columns = Columns.Where(column => CostColumns.IsKnown(column, known)).ToList();
        var from = status.Until.AddHours(-MeasureLimits.HoursOfNow);
        var rates = new FindRates(view);
        var sums = new ReadPace(view)
            .By(columns, status.Charges, status.Measure, from, cancel)
            .Where(sum => sum.Hour < status.Until)
            .GroupBy(sum => (sum.Currency, Day: DateOnly.FromDateTime(sum.Hour)))
            .SelectMany(same => same.Select(sum => (sum, rate: RateOn(same.Key.Currency, same.Key.Day))))
            .Where(one => one.rate is not null)
            .Select(one => (one.sum.Hour, one.sum.Keys, Amount: one.sum.Amount.AtRate(one.rate!.Value).ToDecimal()))
            .ToList();
        var all = sums.Sum(sum => sum.Amount);
        return all <= 0
            ? []
            : columns.SelectMany(
                (column, i) =>
                    sums.Where(sum => sum.Keys[i] is not null)
                        .GroupBy(sum => sum.Keys[i]!)
                        .Select(same => new LimitDriver(
                            column,
                            same.Key,
                            same.Where(sum => sum.Hour >= status.Until.AddHours(-1)).Sum(sum => sum.Amount),
                            same.Sum(sum => sum.Amount),
                            same.Sum(sum => sum.Amount) / all
                        ))
                        .OrderByDescending(one => one.LastDay)
                        .ThenBy(one => one.Value, StringComparer.Ordinal)
                        .Take(DriversShown)
            );

        Amount? RateOn(Currency currency, DateOnly day) =>
            currency == status.Money.Unit
                ? Amount.From(1)
                : rates.RateOn(currency, new Conversion(status.Money.Unit), day)?.Rate;
    }
}
