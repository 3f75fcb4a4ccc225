using Bursar.Core.Amounts;
using Bursar.Web;
using Bursar.Web.Addresses;

namespace Bursar.Understand.Reporting;

/// <summary>Says in plain sentences what the chart and the table of an explored answer show.</summary>
internal static class ExploreSentence
{
    public static string Of(ExploreView view, CostGroups groups)
    {
        var total = Display.Short(new Money(groups.Total, groups.Currency));
        var measure = Display.Measure(view.Answer.Query.Measure);
        var start = view.Answer.Query.Period is { } range
            ? Display.During(range) + " " + measure.ToLowerInvariant()
            : measure;
        return $"{start} was {total}{Comparing(view, groups)}.{Leader(view, groups)}";
    }

    /// <summary>What the picture shows: "Effective cost in USD by Service Provider Name, each month".</summary>
    public static string Caption(ExploreView view, CostGroups groups)
    {
        var by =
            view.Answer.Query.By.Count == 0
                ? ""
                : " by " + string.Join(" and ", view.Answer.Query.By.Select(Display.Column));
        var over = view.Answer.Query.Over is { } grain ? ", each " + grain.ToString().ToLowerInvariant() : "";
        return $"{Display.Measure(view.Answer.Query.Measure)} in {Display.Unit(groups.Currency)}{by}{over}";
    }

    /// <summary>Names the picture for people who do not see it.</summary>
    public static string ChartLabel(ExploreView view, CostGroups groups) =>
        $"Chart: {Caption(view, groups)}. The table below holds the same figures.";

    private static string Comparing(ExploreView view, CostGroups groups)
    {
        if (groups.Before is not { } before)
            return "";
        var than =
            view.Question.Compare == Comparison.Structure ? "before it was restated"
            : view.Question.Compare == Comparison.Year ? "a year earlier"
            : view.ComparedPeriod is { } earlier ? Lower(Display.During(earlier))
            : "";
        if (before.IsZero)
            return $"; there was none {than}";
        var change = groups.Total - before;
        if (change.IsZero)
            return $", the same as {than}";
        var amount = Display.Short(new Money(change.Abs(), groups.Currency));
        var size = $"{Display.Percent(change.Abs().ShareOf(before.Abs()))} ({amount})";
        return $", {size} {(change.IsNegative ? "less" : "more")} than {than}";
    }

    private static string Leader(ExploreView view, CostGroups groups)
    {
        var named = groups.Groups.Where(group => !group.IsOther).ToArray();
        if (view.Answer.Query.By.Count == 0 || named.Length < 2 || groups.Total.IsZero)
            return "";
        var first = named.MaxBy(group => group.Total)!;
        var name = string.Join(", ", first.Keys.Select(key => key ?? "what has no value"));
        return $" The largest part is {name}: {Display.Short(new Money(first.Total, groups.Currency))}, "
            + $"{Display.Percent(first.Total.ShareOf(groups.Total))} of it.";
    }

    private static string Lower(string text) => char.ToLowerInvariant(text[0]) + text[1..];
}
