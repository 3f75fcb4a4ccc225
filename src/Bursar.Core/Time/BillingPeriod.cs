using System.Globalization;
using System.Text.Json.Serialization;

namespace Bursar.Core.Time;

/// <summary>A calendar month for which a provider bills, written "2026-03". FOCUS billing periods are UTC.</summary>
[JsonConverter(typeof(BillingPeriodJsonConverter))]
public readonly record struct BillingPeriod(int Year, int Month) : IComparable<BillingPeriod>
{
    /// <summary>The first day, inclusive.</summary>
    public DateOnly Start => new(Year, Month, 1);

    /// <summary>The first day of the next month, exclusive end.</summary>
    public DateOnly End => Start.AddMonths(1);

    public int Days => DateTime.DaysInMonth(Year, Month);

    public BillingPeriod Next => Plus(1);

    public BillingPeriod Previous => Plus(-1);

    public BillingPeriod Plus(int months) => Containing(Start.AddMonths(months));

    public static BillingPeriod Containing(DateOnly day) => new(day.Year, day.Month);

    /// <summary>Reads "2026-03"; false when the text is anything else.</summary>
    public static bool TryParse(string text, out BillingPeriod period)
    {
        var read = DateOnly.TryParseExact(
            text,
            "yyyy-MM",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        );
        period = read ? Containing(day) : default;
        return read;
    }

    public int CompareTo(BillingPeriod other) => Start.CompareTo(other.Start);

    public static bool operator <(BillingPeriod left, BillingPeriod right) => left.CompareTo(right) < 0;

    public static bool operator >(BillingPeriod left, BillingPeriod right) => left.CompareTo(right) > 0;

    public static bool operator <=(BillingPeriod left, BillingPeriod right) => left.CompareTo(right) <= 0;

    public static bool operator >=(BillingPeriod left, BillingPeriod right) => left.CompareTo(right) >= 0;

    public override string ToString() => Start.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
