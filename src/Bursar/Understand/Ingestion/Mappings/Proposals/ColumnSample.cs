using System.Globalization;
using System.Text.RegularExpressions;
using Bursar.Core.Amounts;
using Bursar.Core.Time;

namespace Bursar.Understand.Ingestion.Mappings.Proposals;

/// <summary>What the cells of a column look like.</summary>
internal enum CellForm
{
    /// <summary>There are none.</summary>
    Empty,

    /// <summary>Text, or a mixture.</summary>
    Text,

    /// <summary>1234.5</summary>
    Number,

    /// <summary>$1,234.50</summary>
    WrittenNumber,

    /// <summary>1.234,50 €</summary>
    DecimalComma,

    /// <summary>2026-09-01, with or without a time</summary>
    Day,

    /// <summary>9/1/2026, 202609, Sep 1, 2026, September 2026</summary>
    MonthFirst,

    /// <summary>1.9.2026</summary>
    DayFirst,

    /// <summary>{"team": "claims"}</summary>
    Json,
}

/// <summary>A column of a file that nobody knows yet, and the cells of its first rows.</summary>
/// <param name="Column">The column.</param>
/// <param name="Values">The cells that are not empty.</param>
internal sealed partial record ColumnSample(FileColumn Column, IReadOnlyList<string> Values)
{
    /// <summary>So many of a hundred cells may be otherwise: totals, remarks.</summary>
    private const int OthersPercentMax = 10;

    public string Header => Column.Header;

    public string Key { get; } = HeaderName.Key(Column.Header);

    /// <summary>to of "period.to".</summary>
    public string LastKey { get; } = HeaderName.Key(Column.Header.Split('.', '/', '_', ' ')[^1]);

    public CellForm Form { get; } = FormOf(Values);

    public bool IsNumber => Form is CellForm.Number or CellForm.WrittenNumber or CellForm.DecimalComma;

    public bool IsDay => Form is CellForm.Day or CellForm.MonthFirst or CellForm.DayFirst;

    /// <summary>How long the times are that all cells name; null when they are of different lengths.</summary>
    public DayGrain? Grain => Values.Select(GrainOf).Distinct().ToList() is [{ } only] ? only : null;

    public int Distinct { get; } = Values.Distinct().Count();

    private static DayGrain? GrainOf(string value) =>
        CompactMonth.IsMatch(value) && value.Length == 6 ? DayGrain.Month
        : WrittenDay.TryRead(value, out _, out var grain) ? grain
        : DayGrain.Day;

    private static CellForm FormOf(IReadOnlyList<string> values)
    {
        if (values.Count == 0)
            return CellForm.Empty;
        if (Most(values, IsPlain))
            return values.All(value => CompactMonth.IsMatch(value)) ? CellForm.MonthFirst : CellForm.Number;
        if (Most(values, value => IsoDay.IsMatch(value)))
            return CellForm.Day;
        if (Most(values, value => AnyDay.IsMatch(value) || WrittenDay.TryRead(value, out _, out _)))
            return DayForm(values);
        if (Most(values, value => value.StartsWith('{') || value.StartsWith('[')))
            return CellForm.Json;
        if (Most(values, value => value.Length <= 40 && WrittenNumber.TryRead(value, '.', out _) && !HasWords(value)))
            return CellForm.WrittenNumber;
        if (Most(values, value => value.Length <= 40 && WrittenNumber.TryRead(value, ',', out _) && !HasWords(value)))
            return CellForm.DecimalComma;
        return CellForm.Text;
    }

    private static bool Most(IReadOnlyList<string> values, Func<string, bool> fits) =>
        values.Count(value => !fits(value)) * 100 <= OthersPercentMax * values.Count
        || (values.Count <= 9 && values.Count > 2 && values.Count(fits) == values.Count - 1);

    private static bool IsPlain(string value) => PlainForm.IsMatch(value);

    /// <summary>A currency code may stand beside a number; a word makes it a text such as "Room 12".</summary>
    private static bool HasWords(string value) => Word.IsMatch(value);

    /// <summary>
    /// Dots, or a first part above 12, say that the day comes first; a second part above 12 says the month.
    /// </summary>
    private static CellForm DayForm(IReadOnlyList<string> values)
    {
        var days = values.Where(value => AnyDay.IsMatch(value)).ToList();
        if (days.Exists(day => day.Contains('.')))
            return CellForm.DayFirst;
        var parts = days.Select(day => Parts.Matches(day))
            .Where(numbers => numbers.Count >= 2)
            .Select(numbers => (First: Number(numbers[0].Value), Second: Number(numbers[1].Value)))
            .ToList();
        return parts.Exists(day => day.First > 12) && !parts.Exists(day => day.Second > 12)
            ? CellForm.DayFirst
            : CellForm.MonthFirst;
    }

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A-?[0-9]{1,20}(\.[0-9]+)?([eE][+-]?[0-9]{1,2})?\z")]
    private static partial Regex PlainForm { get; }

    [GeneratedRegex(@"\A20[0-9]{2}(0[1-9]|1[0-2])([0-3][0-9])?\z")]
    private static partial Regex CompactMonth { get; }

    [GeneratedRegex(@"\A20[0-9]{2}-[01][0-9](-[0-3][0-9]([T ].*)?)?\z")]
    private static partial Regex IsoDay { get; }

    [GeneratedRegex(
        @"\A([0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{2,4}( .*)?|[A-Z][a-z]{2} [0-9]{1,2}, 20[0-9]{2}|([0-9]{1,2}[ -])?[A-Z][a-z]{2}[ -]20[0-9]{2}|[A-Z][a-z]{2,8} 20[0-9]{2})\z"
    )]
    private static partial Regex AnyDay { get; }

    [GeneratedRegex("[0-9]{1,4}")]
    private static partial Regex Parts { get; }

    [GeneratedRegex(@"[a-z]|[A-Z]{4}|[A-Z].*[0-9].*[A-Z]")]
    private static partial Regex Word { get; }
}
