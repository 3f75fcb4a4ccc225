using System.Globalization;
using Bursar.Core.Time;
using Bursar.Understand.Ingestion;

namespace Bursar.Understand.Sources.Stores;

/// <summary>Text with <c>{month}</c>, <c>{yyyy}</c> or <c>{MM}</c> in it, where parts of a month belong.</summary>
internal static class MonthTemplate
{
    private static readonly string[] Parts = ["{month}", "{yyyy}", "{MM}"];

    public static bool Is(string text) => Parts.Any(part => text.Contains(part, StringComparison.Ordinal));

    /// <summary>The text for a month.</summary>
    public static string Filled(string text, BillingPeriod month) =>
        text.Replace("{month}", month.ToString(), StringComparison.Ordinal)
            .Replace("{yyyy}", month.Start.ToString("yyyy", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{MM}", month.Start.ToString("MM", CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>
    /// The months that are asked for, oldest first; one that is not used when no text has a month in it.
    /// </summary>
    public static IReadOnlyList<BillingPeriod> Months(SourceLocation from, DateOnly today)
    {
        var current = BillingPeriod.Containing(today);
        var texts = from.Command.Append(from.Url ?? "");
        if (!texts.Any(Is))
            return [current];
        return
        [
            .. Enumerable
                .Range(0, from.Months)
                .Reverse()
                .Select(back => BillingPeriod.Containing(current.Start.AddMonths(-back))),
        ];
    }
}
