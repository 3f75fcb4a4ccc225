using System.Text.Json;
using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Manage.Limits;
using Bursar.Understand.Reporting;
using Bursar.Web;

namespace Bursar.Understand.Anomalies.Runaways;

/// <summary>Runaways as doors show them.</summary>
internal static class RunawayRecord
{
    public static ResultRecord Of(Runaway runaway, Currency currency) =>
        ResultRecord.Of(
            ("from", At(runaway.Start)),
            ("until", At(runaway.End)),
            ("hours", runaway.HourCount),
            ("lastHour", new Money(runaway.LastHour, currency)),
            ("expectedPerHour", new Money(runaway.ExpectedPerHour, currency)),
            ("peak", new Money(runaway.Peak, currency)),
            ("toldBy", runaway.IsOfLogs ? "logs" : "charges"),
            ("limit", runaway.Limit?.Name),
            ("remaining", runaway.Limit is { } limit ? new Money(limit.Money.Remaining, currency) : null),
            ("hoursLeft", HoursLeft(runaway))
        );

    public static ResultTable Hours(Runaway runaway, Currency currency) =>
        new(
            [
                new("hour", ColumnKind.Whole, "Hour"),
                new("actual", ColumnKind.Figure, "Actual"),
                new("expected", ColumnKind.Figure, "Expected"),
            ],
            [
                .. runaway.Hours.Select(
                    IReadOnlyList<object?> (one) =>
                        [At(one.Hour), new Money(one.Actual, currency), new Money(one.Expected, currency)]
                ),
            ]
        );

    /// <summary>"31 hours at up to $2.8k an hour instead of $180, from 19 September 2026, 06:00 UTC on.".</summary>
    public static string Sentence(Runaway runaway, Currency currency, bool isOngoing)
    {
        var left = HoursLeft(runaway) is { } hours
            ? $" At this pace nothing is left of the limit {runaway.Limit!.Name} in {LimitTables.Hours(hours)}."
            : "";
        return $"{Display.Count(runaway.HourCount, "hour", "hours")} at up to {Short(runaway.Peak)} an hour instead of "
            + $"{Short(runaway.ExpectedPerHour)}, since {runaway.Start:d MMMM yyyy, HH:mm} UTC"
            + (isOngoing ? ", and it goes on." : $"; it ended at {runaway.End:d MMMM, HH:mm}.")
            + left;

        string Short(Amount amount) => Display.Short(new Money(amount, currency));
    }

    public static string Chart(Runaway runaway, Currency currency)
    {
        return ExploreChart.Json(
            new ChartData(
                "lines",
                Display.Symbol(currency),
                [.. runaway.Hours.Select(one => $"{one.Hour:d MMM HH:mm}")],
                [Line("Actual", one => one.Actual), Line("Expected", one => one.Expected)]
            )
        );

        ChartSeries Line(string name, Func<RunawayHour, Amount> figure) =>
            new(
                name,
                [.. runaway.Hours.Select(one => JsonElement.Parse(figure(one).ToString()))],
                [.. runaway.Hours.Select(one => Display.Full(new Money(figure(one), currency)))],
                [.. runaway.Hours.Select(_ => (string?)null)],
                false
            );
    }

    private static decimal? HoursLeft(Runaway runaway) =>
        runaway.Limit?.Money.HoursLeft is { } hours ? decimal.Round(hours, 2, MidpointRounding.AwayFromZero) : null;

    private static DateTimeOffset At(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
