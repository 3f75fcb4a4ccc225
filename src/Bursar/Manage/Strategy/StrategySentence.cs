using Bursar.Core.Amounts;
using Bursar.Web;

namespace Bursar.Manage.Strategy;

/// <summary>Says in a plain sentence how spend maps to priorities.</summary>
internal static class StrategySentence
{
    public static string Of(StrategyView view)
    {
        var largest = view.Priorities.MaxBy(priority => priority.Line.Spend)!;
        var share = Display.Percent(view.Aligned.ShareOf(view.Total));
        var unclaimed = Display.Short(new Money(view.Unclaimed.Spend, view.Currency));
        return $"{share} of what was spent in {Display.Range(view.Period)} serves a stated priority, "
            + $"{largest.Line.Title} the most of it; {unclaimed} serves none.";
    }

    /// <summary>What a line of the trend shows, for people who do not see it.</summary>
    public static string Trend(PriorityLine priority, Currency currency)
    {
        if (priority.Trend.Count < 2)
            return "";
        var first = Display.Short(new Money(priority.Trend[0], currency));
        var last = Display.Short(new Money(priority.Trend[^1], currency));
        return $"From {first} to {last} in {priority.Trend.Count} months";
    }
}
