using System.Globalization;
using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Understand.Ingestion;

namespace Bursar.Understand.Sources;

/// <summary>Sources as a table for every door.</summary>
internal static class SourcesTable
{
    public static ResultTable Of(IReadOnlyList<SourceLine> lines) =>
        new(
            [
                new("source", ColumnKind.Whole),
                new("from"),
                new("every", ColumnKind.Whole, Spare: true),
                new("looked", ColumnKind.Whole, "last look", Spare: true),
                new("fetched", ColumnKind.Whole, "last fetch", Spare: true),
                new("delivered", ColumnKind.Whole, "last delivery"),
                new("expected", ColumnKind.Whole, "next expected", Spare: true),
                new("state", ColumnKind.Whole),
                new("failure", Spare: true),
            ],
            [
                .. lines.Select(line =>
                    (IReadOnlyList<object?>)
                        [
                            line.Name,
                            line.From ?? "by hand",
                            line.Every is { } every ? Words(every) : null,
                            Time(line.LookedAt),
                            Time(line.FetchedAt),
                            Time(line.DeliveredAt),
                            Time(line.ExpectedBy),
                            Choice.KebabCase(line.State.ToString()),
                            line.Failure,
                        ]
                ),
            ]
        )
        {
            WhenEmpty = "The rulebook has no kind: Source. `bursar source add FILE` proposes one.",
        };

    /// <summary>A moment to the minute, in UTC.</summary>
    public static string? Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Words(TimeSpan every) =>
        every.Ticks % TimeSpan.TicksPerDay == 0 ? $"{every.Days}d"
        : every.Ticks % TimeSpan.TicksPerHour == 0 ? $"{every.Ticks / TimeSpan.TicksPerHour}h"
        : $"{every.Ticks / TimeSpan.TicksPerMinute}m";
}
