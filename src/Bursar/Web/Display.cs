using System.Globalization;
using Bursar.Core.Amounts;
using Bursar.Core.Focus;
using Bursar.Core.Time;
using Bursar.Rulebooks.Terms;
using Bursar.Warehouse.Queries;

namespace Bursar.Web;

/// <summary>How amounts, shares, days and names are written for people: the only place where a figure is rounded for a
/// screen.</summary>
public static class Display
{
    /// <summary>The minus of figures; a hyphen is too short beside digits.</summary>
    public const string Minus = "\u2212";

    /// <summary>What stands where a row has no value in a column.</summary>
    public const string NoValue = "(no value)";

    private const string Space = "\u00a0";

    private static readonly (string Suffix, int Power)[] Steps = [("", 0), ("k", 3), ("M", 6), ("B", 9), ("T", 12)];

    /// <summary>The symbol before the figure, or the code and a space where no symbol is unmistakable.</summary>
    public static string Symbol(Currency currency) =>
        currency.IsUnit
            ? ""
            : currency.Code switch
            {
                "USD" => "$",
                "EUR" => "€",
                "GBP" => "£",
                "JPY" => "¥",
                "INR" => "₹",
                var code => code + Space,
            };

    /// <summary>The code of a currency, or the unit of a quantity.</summary>
    public static string Unit(Currency currency) =>
        currency is { IsUnit: true, Code.Length: 0 } ? "no unit" : currency.Code;

    /// <summary>Money has its symbol before the figure, a quantity its unit behind it.</summary>
    private static string In(Currency currency, string magnitude) =>
        currency.IsUnit ? (magnitude + Space + currency.Code).TrimEnd() : Symbol(currency) + magnitude;

    /// <summary>Three digits at a glance: "$18.4M", "−$310k", "€12.50".</summary>
    public static string Short(Money money)
    {
        var (amount, currency) = money;
        return Signed(amount, In(currency, ShortMagnitude(amount.Abs(), currency.Decimals)));
    }

    /// <summary>To the minor unit: "$1,234,567.89".</summary>
    public static string Full(Money money)
    {
        var (amount, currency) = money;
        var rounded = amount.RoundedTo(currency.Decimals);
        return Signed(rounded, In(currency, Figure(rounded.Abs(), currency.Decimals)));
    }

    /// <summary>A change to the minor unit, always with its sign: "+$42.50".</summary>
    public static string Change(Money money) => (money.Amount > Amount.Zero ? "+" : "") + Full(money);

    /// <summary>A figure of a column whose heading names the unit: "1,234.50", "−12". Never "−0".</summary>
    public static string Figure(Amount amount, int decimals)
    {
        var rounded = amount.RoundedTo(decimals);
        var (whole, fraction) = Parts(rounded);
        var digits = fraction.PadRight(decimals, '0')[..decimals];
        return Signed(rounded, Grouped(whole) + (decimals == 0 ? "" : "." + digits));
    }

    /// <summary>All the digits there are: "1,234.567890123".</summary>
    public static string Exact(Amount amount)
    {
        var (whole, fraction) = Parts(amount);
        return Signed(amount, Grouped(whole) + (fraction.Length == 0 ? "" : "." + fraction));
    }

    /// <summary>Decimals that a column of such amounts deserves: whole units from 10,000 up, the currency's own
    /// below.</summary>
    public static int ColumnDecimals(IEnumerable<Amount> amounts, Currency currency)
    {
        var largest = amounts.Select(amount => amount.Abs()).DefaultIfEmpty().Max();
        return largest >= Amount.From(10_000m) ? 0 : currency.Decimals;
    }

    /// <summary>A share of one: 0.0625 is "6.3 %". What is not nothing is never shown as nothing.</summary>
    public static string Percent(decimal? share, int decimals = 1) =>
        share is null ? "–" : PercentFigure(share, decimals) + Space + "%";

    /// <summary>A share for a column whose heading says percent: "6.3".</summary>
    public static string PercentFigure(decimal? share, int decimals = 1)
    {
        if (share is not { } value)
            return "–";
        var percent = decimal.Round(value * 100, decimals, MidpointRounding.AwayFromZero);
        if (percent == 0 && value != 0)
            return (value < 0 ? ">" + Minus : "<") + LeastOf(decimals);
        return (percent < 0 ? Minus : "") + Math.Abs(percent).ToString("N" + decimals, CultureInfo.InvariantCulture);
    }

    /// <summary>A change for a column whose heading says percent, always with its sign: "+4.5", "−3.0"; "new" when
    /// there was nothing.</summary>
    public static string ChangeFigure(decimal? change) =>
        change switch
        {
            null => "new",
            > 0 => "+" + PercentFigure(change),
            _ => PercentFigure(change),
        };

    /// <summary>"60,001".</summary>
    public static string Count(long count) =>
        (count < 0 ? Minus : "") + Math.Abs(count).ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>"1 row", "2 rows", "no rows".</summary>
    public static string Count(long count, string one, string many) =>
        count switch
        {
            0 => "no " + many,
            1 => "1 " + one,
            _ => Count(count) + " " + many,
        };

    /// <summary>"11 October 2026".</summary>
    public static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>"11 Oct 2026".</summary>
    public static string ShortDay(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>"September 2026".</summary>
    public static string Month(BillingPeriod month) => month.Start.ToString("MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>"11 Oct 2026, 14:05 UTC".</summary>
    public static string ShortMonth(BillingPeriod month) =>
        month.Start.ToString("MMM yy", CultureInfo.InvariantCulture);

    public static string Time(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>The day, week, month, quarter or year that starts on this day: "Sep 2026", "Q3 2026", "week of 7 Sep
    /// 2026".</summary>
    public static string Period(DateOnly start, TimeGrain grain) =>
        grain switch
        {
            TimeGrain.Day => ShortDay(start),
            TimeGrain.Week => "week of " + ShortDay(start),
            TimeGrain.Month => start.ToString("MMM yyyy", CultureInfo.InvariantCulture),
            TimeGrain.Quarter => $"Q{((start.Month - 1) / 3) + 1} {start.Year}",
            _ => start.ToString("yyyy", CultureInfo.InvariantCulture),
        };

    /// <summary>A range as a reader says it, last day included: "September 2026", "January to September 2026", "1 to 15
    /// October 2026".</summary>
    public static string Range(DateRange range)
    {
        var (first, last) = (range.Start, range.Days == 0 ? range.Start : range.End.AddDays(-1));
        if (first == last)
            return Day(first);
        var whole = first.Day == 1 && range.End.Day == 1;
        if (whole && (first.Year, first.Month) == (last.Year, last.Month))
            return Month(BillingPeriod.Containing(first));
        if (whole && first.Year != last.Year && first.Month == 1 && last.Month == 12)
            return $"{first.Year} to {last.Year}";
        if (whole && first.Month == 1 && last.Month == 12)
            return first.Year.ToString(CultureInfo.InvariantCulture);
        var form = whole
            ? first.Year == last.Year
                ? "MMMM"
                : "MMMM yyyy"
            : first.Year != last.Year
                ? "d MMMM yyyy"
                : first.Month != last.Month
                    ? "d MMMM"
                    : "%d";
        var end = whole ? Month(BillingPeriod.Containing(last)) : Day(last);
        return $"{first.ToString(form, CultureInfo.InvariantCulture)} to {end}";
    }

    /// <summary>A length of time in its largest unit: "3 days", "31 hours", "4 minutes", "2.1 seconds".</summary>
    public static string Duration(TimeSpan time)
    {
        var length = time.Duration();
        if (length >= TimeSpan.FromHours(48))
            return Count((long)length.TotalDays, "day", "days");
        if (length >= TimeSpan.FromMinutes(120))
            return Count((long)length.TotalHours, "hour", "hours");
        if (length >= TimeSpan.FromSeconds(120))
            return Count((long)length.TotalMinutes, "minute", "minutes");
        return length.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture) + " seconds";
    }

    /// <summary>A range at the head of a sentence: "In September 2026", "From January to September 2026", "On 11
    /// October 2026".</summary>
    public static string During(DateRange range)
    {
        var text = Range(range);
        return text.Contains(" to ", StringComparison.Ordinal)
            ? "From " + text
            : (range.Days == 1 ? "On " : "In ") + text;
    }

    /// <summary>A column as a heading: the FOCUS display name; "Cost Centre" for x_CostCentre, "Tag env" for
    /// Tags/env.</summary>
    public static string Column(string id)
    {
        if (id.StartsWith("Tags/", StringComparison.Ordinal))
            return "Tag " + id[5..];
        if (Headings.Of(id) is { } spoken)
            return spoken;
        if (!id.StartsWith("x_", StringComparison.Ordinal))
            return FocusColumns.DisplayName(id);
        var words = id[2..]
            .SelectMany(
                (letter, i) =>
                    i > 0 && char.IsUpper(letter) && !char.IsUpper(id[i + 1]) ? new[] { ' ', letter } : [letter]
            );
        return string.Concat(words);
    }

    /// <summary>The FOCUS display name as running text has it: "Effective cost".</summary>
    public static string Measure(CostMeasure measure) =>
        (Headings.Of(measure.ToString()) ?? FocusColumns.DisplayName(measure.ToString()))
            .Replace(" Cost", " cost", StringComparison.Ordinal)
            .Replace(" Quantity", " quantity", StringComparison.Ordinal);

    /// <summary>The first characters of a hash, enough to recognise it: "3f9a1c07b2de".</summary>
    public static string ShortHash(string hash) => hash.Length <= 12 ? hash : hash[..12];

    private static string ShortMagnitude(Amount magnitude, int currencyDecimals)
    {
        if (magnitude.IsZero)
            return "0";
        if (magnitude < Amount.From(100m))
        {
            var rounded = magnitude.RoundedTo(currencyDecimals);
            return rounded.IsZero ? "<" + LeastOf(currencyDecimals) : Figure(rounded, currencyDecimals);
        }
        foreach (var (suffix, power) in Steps)
        {
            var scaled = magnitude.Times(Power(-power));
            var decimals = power == 0 || scaled >= Amount.From(99.95m) ? 0 : 1;
            if (scaled.RoundedTo(decimals) >= Amount.From(1000m) && power < 12)
                continue;
            return Figure(scaled, decimals) + suffix;
        }
        return Grouped(Parts(magnitude).Whole);
    }

    private static decimal Power(int exponent) =>
        exponent switch
        {
            0 => 1m,
            -3 => 0.001m,
            -6 => 0.000001m,
            -9 => 0.000000001m,
            _ => 0.000000000001m,
        };

    private static string LeastOf(int decimals) => decimals == 0 ? "1" : "0." + new string('0', decimals - 1) + "1";

    private static string Signed(Amount amount, string magnitude) =>
        amount.IsNegative ? Minus + magnitude.TrimStart(Minus[0]) : magnitude;

    private static (string Whole, string Fraction) Parts(Amount amount)
    {
        var text = amount.Abs().ToString();
        var point = text.IndexOf('.');
        return point < 0 ? (text, "") : (text[..point], text[(point + 1)..]);
    }

    private static string Grouped(string digits)
    {
        for (var i = digits.Length - 3; i > 0; i -= 3)
            digits = digits.Insert(i, ",");
        return digits;
    }
}
