using Bursar.Web;

namespace Bursar.Understand.Ingestion;

/// <summary>Says in plain sentences how far the data reaches and what is missing from it.</summary>
internal static class DataSentence
{
    public static string Of(DataView view)
    {
        var late = view.Sources.Where(source => source.IsLate).Select(source => source.Source).ToArray();
        var freshness = Freshness(late, view.Sources.Count, view.Sources.Count(source => source.Promise is not null));
        var refused = view.Quarantine.Sum(line => line.Count);
        if (refused == 0)
            return freshness + " No row is in quarantine.";
        var amounts = view
            .Quarantine.SelectMany(line => line.RawAmount)
            .GroupBy(money => money.Currency)
            .Select(group => Display.Short(group.Aggregate((sum, money) => sum + money)))
            .ToArray();
        var worth = amounts.Length == 0 ? "" : $" with {string.Join(" and ", amounts)}";
        var verb = refused == 1 ? "is" : "are";
        return $"{freshness} {Display.Count(refused, "row", "rows")}{worth} {verb} in quarantine.";
    }

    private static string Freshness(string[] late, int sources, int promised)
    {
        if (promised == 0)
            return sources == 1
                ? "The rulebook does not say how often the only source delivers."
                : "The rulebook does not say how often the sources deliver.";
        if (late.Length == 0)
            return sources == 1 ? "The only source is as fresh as promised."
                : promised == sources ? $"All {Display.Count(sources)} sources are as fresh as promised."
                : $"Of {Display.Count(sources)} sources, the {Display.Count(promised)} that promise to be fresh are.";
        var names = $"{string.Join(", ", late)} {(late.Length == 1 ? "is" : "are")} later than promised";
        return (sources - late.Length) switch
        {
            0 => names + ".",
            1 => names + "; the other source is on time.",
            var others => $"{names}; the other {Display.Count(others)} sources are on time.",
        };
    }

    public static string Conformance(DataView view)
    {
        var periods = view.Conformance.SelectMany(source => source.Periods).ToArray();
        var open = periods.Count(period => period.Mandatory is null);
        var broken = periods.Count(period => period.Mandatory > 0);
        var judged = periods.Length - open;
        var found =
            judged == 0 ? ""
            : broken == 0
                ? $"None of {Display.Count(judged, "delivery", "deliveries")} breaks a mandatory (MUST) rule. "
            : $"{Display.Count(broken)} of {Display.Count(judged, "delivery", "deliveries")} "
                + $"{(broken == 1 ? "breaks" : "break")} mandatory (MUST) rules; the figure is how many. ";
        return found
            + (
                open == 0
                    ? "A figure leads to the rules."
                    : Display.Count(open, "delivery is", "deliveries are")
                        + " not judged yet: the server does it while nobody asks."
            );
    }

    public static string Deliveries(DataView view)
    {
        var live = view.Deliveries.Where(delivery => delivery.State == DeliveryState.Live).ToArray();
        var rows = Display.Count(live.Sum(delivery => delivery.Rows), "row", "rows");
        return $"{Display.Count(live.Length, "live delivery", "live deliveries")} with {rows}, newest first.";
    }
}
