using System.CommandLine;
using System.Globalization;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;

namespace Bursar.Cli;

/// <summary>Reads a month or a day as options and addresses have it.</summary>
internal static class TimeText
{
    /// <summary><c>--month 2026-09</c>, where the newest whole month is usual.</summary>
    public static Option<string?> MonthOption(string what = "The month, 2026-09") =>
        new("--month") { Description = what + " (default: the newest whole one)", HelpName = "MONTH" };

    /// <summary>"2026-09"; null of null.</summary>
    /// <exception cref="RefusedException">The text is no month.</exception>
    public static BillingPeriod? Month(string? text) =>
        text is null ? null
        : BillingPeriod.TryParse(text, out var month) ? month
        : throw Wrong("usage/bad-month", $"\"{text}\" is no month.", "Write it as 2026-09.");

    /// <summary>"2026-03-31"; null of null.</summary>
    /// <exception cref="RefusedException">The text is no day.</exception>
    public static DateOnly? Day(string? text) =>
        text is null ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
        : throw Wrong("usage/bad-day", $"\"{text}\" is no day.", "Write it as 2026-03-31.");

    private static RefusedException Wrong(string code, string message, string remedy) =>
        new(code, message, remedy, ExitCode.WrongUsage);
}
