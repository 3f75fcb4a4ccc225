using Bursar.Web;

namespace Bursar.Quantify.Budgets;

/// <summary>What is said of days, misses and chances beside the figures of budgets.</summary>
internal static class PaceWords
{
    /// <summary>"Spent up to 10 October 2026 (claims-ai) and 30 September 2026 (technology)".</summary>
    public static string SpentUpTo(IReadOnlyList<BudgetPace> paces)
    {
        var days = paces.GroupBy(pace => pace.Through).OrderByDescending(same => same.Key).ToList();
        return days.Count == 1
            ? $"Spent up to {Display.Day(days[0].Key)}"
            : "Spent as far as the providers of each have delivered, up to "
                + string.Join(
                    ", ",
                    days.Select(same =>
                        $"{Display.Day(same.Key)} ({string.Join(", ", same.Select(pace => pace.Budget.Name))})"
                    )
                );
    }

    /// <summary>"missed by 3.2 % on average": how good a forecast would have been stands beside its sums.</summary>
    public static string Missed(decimal? wape) =>
        wape is null
            ? "how far such forecasts miss is not known yet"
            : $"such forecasts missed by {Display.Percent(wape)} on average";

    /// <summary>A chance in words; no forecast is quite sure.</summary>
    public static string Chance(decimal? chance) =>
        chance switch
        {
            > 0.99m and < 1 => $"more than {Display.Percent(0.99m, 0)}",
            > 0 and < 0.01m => $"less than {Display.Percent(0.01m, 0)}",
            _ => Display.Percent(chance, 0),
        };
}
