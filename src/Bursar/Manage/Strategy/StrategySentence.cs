using Bursar.Core.Amounts;
using Bursar.Web;

namespace Bursar.Manage.Strategy;

/// <summary>Says in a plain sentence how spend maps to priorities.</summary>
internal static class StrategySentence
{
    public static string Of(StrategyView view)
    {
        var largest = view.Priorities.MaxBy(priority => priority.Line.Spend)!;
        return $"{Display.Percent(view.Aligned.ShareOf(view.Total))} of what was spent in {Display.Range(view.Period)} serves a stated priority, "
            + $"{largest.Line.Title} the most of it; {Display.Short(new Money(view.Unclaimed.Spend, view.Currency))} serves none.";
    }

    /// <summary>What a line of the trend shows, for people who do not see it.</summary>
    public static string Trend(PriorityLine priority, Currency currency) => priority.Trend.Count < 2
        ? ""
        : $"From {Display.Short(new Money(priority.Trend[0], currency))} to {Display.Short(new Money(priority.Trend[^1], currency))} in {priority.Trend.Count} months";
}
