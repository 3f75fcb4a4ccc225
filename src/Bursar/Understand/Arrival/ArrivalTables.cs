using Bursar.Cli.Output;
using Bursar.Web;

namespace Bursar.Understand.Arrival;

/// <summary>How cost arrives, as the doors show it.</summary>
internal static class ArrivalTables
{
    /// <summary>Ages that people see; programs get a column for each.</summary>
    private const int AgesShown = 4;

    public static ResultTable Of(ArrivalCurves curves) =>
        new(
            [
                new("provider"),
                new("newestDay", ColumnKind.Whole, "newest day"),
                new("completeThrough", ColumnKind.Whole, "complete to"),
                .. Enumerable
                    .Range(0, AgesShown)
                    .Select(age => new ResultColumn($"percentAfter{age}Days", ColumnKind.Figure, $"{age} d")),
                new("observations", ColumnKind.Figure, "seen"),
                new("basis"),
            ],
            [.. curves.Providers.Select(one => Row(curves, one))]
        )
        {
            Caption =
                "Share of a day's cost that has usually arrived, in percent, when the data reaches so many days beyond it",
            WhenEmpty = "The books hold no cost.",
        };

    /// <summary>"Days after 9 October 2026 are provisional: ..."</summary>
    public static string Sentence(ArrivalCurves curves)
    {
        if (curves.Through is not { } through)
            return "The books hold no cost, so nothing is provisional.";
        var complete = curves.CompleteThrough(null);
        var late = curves
            .Providers.Where(one => one.Share(complete.AddDays(1)) < ArrivalCurves.CompleteShare)
            .Select(one => one.Provider ?? "(no provider)")
            .ToList();
        if (complete >= through)
            return $"All days up to {Display.Day(through)} are complete.";
        var of =
            late.Count <= 3 ? string.Join(", ", late) : $"{string.Join(", ", late.Take(2))} and {late.Count - 2} more";
        return $"Days after {Display.Day(complete)} are provisional: more cost of {of} is to come. They raise no alert and score no forecast.";
    }

    public static string Basis(ProviderArrival one) =>
        one.Curve.IsLearned ? "learned"
        : one.ByDay ? "assumed"
        : "whole periods";

    public static decimal Percent(ProviderArrival one, int age) =>
        decimal.Round(one.Curve.Share(age) * 100, 2, MidpointRounding.ToEven);

    private static IReadOnlyList<object?> Row(ArrivalCurves curves, ProviderArrival one) =>
        [
            one.Provider,
            one.NewestDay,
            curves.CompleteThroughOf(one),
            .. Enumerable.Range(0, AgesShown).Select(age => (object?)Percent(one, age)),
            one.Curve.Observations,
            Basis(one),
        ];
}
