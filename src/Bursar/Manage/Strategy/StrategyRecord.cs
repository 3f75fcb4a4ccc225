using Bursar.Cli.Output;
using Bursar.Core.Amounts;

namespace Bursar.Manage.Strategy;

/// <summary>Spend by priority as doors show it: every currency with its own lines, never added.</summary>
internal static class StrategyRecord
{
    public static ResultRecord Of(IReadOnlyList<StrategyView> views, bool forPeople, DateOnly? dataAsOf = null)
    {
        var first = views[0];
        var fields = new List<(string, object?)>
        {
            ("measure", first.Measure.ToString()),
            ("from", first.Period.Start),
            ("to", first.Period.End.AddDays(-1)),
            ("priorities", views.SelectMany(view => Lines(view, forPeople)).ToList()),
            (
                "largestUnclaimed",
                views
                    .SelectMany(view =>
                        view.LargestUnclaimed.Select(line =>
                            ResultRecord.Of(
                                ("title", line.Title),
                                ("effectiveCost", Cost(line.Spend, view)),
                                ("currency", view.Currency.Code),
                                ("sharePercent", Percent(line.Share))
                            )
                        )
                    )
                    .ToList()
            ),
        };
        if (!forPeople)
        {
            fields.Add(("dataAsOf", dataAsOf));
            fields.Add(
                (
                    "totals",
                    views
                        .Select(view =>
                            ResultRecord.Of(
                                ("currency", view.Currency.Code),
                                ("total", Cost(view.Total, view)),
                                ("aligned", Cost(view.Aligned, view)),
                                ("unclaimed", Cost(view.Unclaimed.Spend, view)),
                                ("alignedPercent", Percent(view.Aligned.ShareOf(view.Total))),
                                ("unclaimedPercent", Percent(view.Unclaimed.Share))
                            )
                        )
                        .ToList()
                )
            );
            fields.Add(("withoutSpend", first.WithoutSpend));
            fields.Add(
                (
                    "caps",
                    views
                        .SelectMany(view =>
                            view.Caps.Select(cap =>
                                ResultRecord.Of(
                                    ("scope", cap.Scope),
                                    ("claimedPercent", Percent(cap.Claimed)),
                                    ("cutFrom", cap.CutFrom),
                                    ("cut", Cost(cap.CutAmount, view)),
                                    ("currency", view.Currency.Code)
                                )
                            )
                        )
                        .ToList()
                )
            );
        }
        return ResultRecord.Of([.. fields]);
    }

    private static IEnumerable<ResultRecord> Lines(StrategyView view, bool forPeople)
    {
        foreach (var priority in view.Priorities)
        {
            yield return Line(
                view,
                priority.Line,
                priority.Class,
                priority.Change,
                forPeople ? null : priority.Initiatives.Select(part => Initiative(view, part)).ToList()
            );
        }
        yield return Line(view, view.Unclaimed, null, null, forPeople ? null : []);
        if (forPeople)
            yield return Line(
                view,
                new SpendLine("Total", view.Total, view.Total.ShareOf(view.Total), null),
                null,
                null,
                null
            );
    }

    private static ResultRecord Line(
        StrategyView view,
        SpendLine line,
        PriorityClass? priorityClass,
        decimal? change,
        IReadOnlyList<ResultRecord>? initiatives
    )
    {
        var fields = new List<(string, object?)>
        {
            ("priority", line.Title),
            ("class", priorityClass?.ToString().ToLowerInvariant()),
            ("effectiveCost", Cost(line.Spend, view)),
            ("currency", view.Currency.Code),
            ("sharePercent", Percent(line.Share)),
            ("changePercent", Percent(change)),
        };
        if (initiatives is not null)
            fields.Add(("initiatives", initiatives));
        return ResultRecord.Of([.. fields]);
    }

    private static ResultRecord Initiative(StrategyView view, InitiativeLine line) =>
        ResultRecord.Of(
            ("initiative", line.Line.Title),
            ("effectiveCost", Cost(line.Line.Spend, view)),
            (
                "scopes",
                line.Scopes.Select(scope =>
                        ResultRecord.Of(
                            ("scope", scope.Line.Title),
                            ("weightPercent", scope.Weight * 100),
                            ("effectiveCost", Cost(scope.Line.Spend, view))
                        )
                    )
                    .ToList()
            )
        );

    private static Money Cost(Amount amount, StrategyView view) => new(amount, view.Currency);

    /// <summary>A share as percent with two decimals: for reading; the amounts have every digit.</summary>
    private static decimal? Percent(decimal? share) =>
        share is { } value ? decimal.Round(value * 100, 2, MidpointRounding.AwayFromZero) : null;
}
