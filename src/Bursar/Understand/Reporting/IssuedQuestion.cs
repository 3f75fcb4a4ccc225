using System.Globalization;
using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.Queries;
using Bursar.Web.Addresses;

namespace Bursar.Understand.Reporting;

/// <summary>Notes which question a figure answers when it leaves the books, and reads the question again.</summary>
internal static class IssuedQuestion
{
    /// <param name="asked">The question, with both ends of its days.</param>
    /// <param name="period">The period that people read beside it.</param>
    /// <param name="amount">The figure.</param>
    /// <param name="sequence">The journal entry up to which the books were read.</param>
    /// <param name="isDraft">Whether the rules were not published.</param>
    public static IssuedFigure Figure(CostQuery asked, DateRange period, Money amount, long sequence, bool isDraft) =>
        new(
            asked.Measure.ToString(),
            [.. asked.Where.Select(FilterText.Write).Order(StringComparer.Ordinal)],
            period.Start,
            period.End,
            asked.To!.Value,
            amount.Currency.Code,
            amount.Amount,
            amount.Amount.RoundedTo(amount.Currency.Decimals),
            sequence
        )
        {
            Allocation = asked.Allocation == CostAllocation.Direct ? null : asked.Allocation.ToString(),
            Time = asked.Time == TimeBasis.Charge ? null : asked.Time.ToString(),
            Structure = asked.Structure?.ToString(),
            Rates = asked.Conversion?.Use.ToString(),
            Draft = isDraft ? true : null,
        };

    /// <summary>The question that gave a figure.</summary>
    public static CostQuery Of(IssuedFigure figure) =>
        new()
        {
            Measure = Enum.Parse<CostMeasure>(figure.Measure),
            Where = [.. figure.Where.Select(text => FilterText.Read(text)!)],
            From = figure.From,
            To = figure.Through,
            Allocation = figure.Allocation is { } allocation ? Enum.Parse<CostAllocation>(allocation) : default,
            Time = figure.Time is { } time ? Enum.Parse<TimeBasis>(time) : default,
            Structure = figure.Structure is { } day && Structure.TryRead(day, out var structure) ? structure : null,
            Conversion = figure.Rates is { } use
                ? new Conversion(new Currency(figure.Currency), Enum.Parse<RateUse>(use))
                : null,
        };

    /// <summary>"x_Owner=anna"; "everything" without a condition.</summary>
    public static string Scope(IEnumerable<string> where) =>
        string.Join(", ", where) is { Length: > 0 } text ? text : "everything";

    /// <summary>"2026-09-01 to 2026-09-30".</summary>
    public static string Period(IssuedFigure figure) =>
        string.Create(CultureInfo.InvariantCulture, $"{figure.From:yyyy-MM-dd} to {figure.To.AddDays(-1):yyyy-MM-dd}");
}
