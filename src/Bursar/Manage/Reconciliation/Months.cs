using System.CommandLine;
using System.Globalization;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;

namespace Bursar.Manage.Reconciliation;

/// <summary>Months and days as options and parameters.</summary>
internal static class Months
{
    public static Option<string?> Option(string name, string description) =>
        new(name) { Description = description, HelpName = "MONTH" };

    /// <exception cref="RefusedException">The text is no month.</exception>
    public static BillingPeriod? Read(string? text) =>
        text is null ? null
        : BillingPeriod.TryParse(text, out var month) ? month
        : throw new RefusedException(
            "reconciliation/bad-month",
            $"\"{text}\" is no month.",
            "Write it as 2026-09.",
            exitCode: 2
        );

    /// <exception cref="RefusedException">The text is no day.</exception>
    public static DateOnly? ReadDay(string? text) =>
        text is null ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
        : throw new RefusedException(
            "reconciliation/bad-day",
            $"\"{text}\" is no day.",
            "Write it as 2026-03-31.",
            exitCode: 2
        );
}
