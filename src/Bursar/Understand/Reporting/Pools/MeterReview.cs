using Bursar.Core.Amounts;

namespace Bursar.Understand.Reporting.Pools;

/// <summary>Why an invoice and the log of its use differ.</summary>
internal enum ResidualCause
{
    /// <summary>The log has nothing of this line: the use did not pass the gateway, or it is no use at all.</summary>
    NotInLog,

    /// <summary>The log has the use, and no price for it.</summary>
    NoPrice,

    /// <summary>The invoice has more units than the log, or fewer: at the invoice's price.</summary>
    Quantity,

    /// <summary>The invoice has another price for the units of the log.</summary>
    Price,

    /// <summary>Invoice and log count in units that cannot be compared.</summary>
    NotComparable,
}

/// <summary>A part of a residual and its cause; the parts of a line sum to its residual.</summary>
internal sealed record ResidualPart(ResidualCause Cause, Amount Cost);

/// <summary>A class of the invoice against the same class of the log.</summary>
/// <param name="Class">Model, class of token, or both; "" where they meet as a whole.</param>
/// <param name="Invoiced">What the invoice has: the cost that is divided.</param>
/// <param name="Logged">What the log has, at the prices it was given.</param>
/// <param name="InvoicedUnits">Units of the invoice; null where it has none or several kinds.</param>
/// <param name="LoggedUnits">Units of the log; null where it has none or several kinds.</param>
/// <param name="Unit">The unit of both; null where they differ.</param>
/// <param name="Allocated">What reaches those who are in the log by what they used.</param>
/// <param name="Causes">Why invoice and log differ.</param>
internal sealed record MeteredLine(
    string Class,
    Amount Invoiced,
    Amount Logged,
    Amount? InvoicedUnits,
    Amount? LoggedUnits,
    string? Unit,
    Amount Allocated,
    IReadOnlyList<ResidualPart> Causes
)
{
    /// <summary>What is left of the invoice, or, below zero, what the log has beyond it.</summary>
    public Amount Residual => Invoiced - Allocated;
}

/// <summary>A provider's invoice against the log of its use in a month.</summary>
/// <param name="Lines">Every class of the invoice, largest residual first.</param>
/// <param name="Logged">All that the log has, at the prices it was given.</param>
/// <param name="NotInvoiced">What the log has of classes that the invoice has no line for: nobody gets it.</param>
/// <param name="DaysWithoutLog">Days on which the invoice has charges, and the log nothing.</param>
/// <param name="LogThrough">The newest day of the log in the month; null without any.</param>
/// <param name="CountedBeside">What the log adds to totals beside the invoice of the same use.</param>
internal sealed record MeterReview(
    IReadOnlyList<MeteredLine> Lines,
    Amount Logged,
    Amount NotInvoiced,
    IReadOnlyList<DateOnly> DaysWithoutLog,
    DateOnly? LogThrough,
    Amount CountedBeside
)
{
    public Amount Invoiced => CostGroups.Sum(Lines.Select(line => line.Invoiced));

    public Amount Allocated => CostGroups.Sum(Lines.Select(line => line.Allocated));

    public Amount Residual => Invoiced - Allocated;

    /// <summary>The residual by cause.</summary>
    public IReadOnlyList<ResidualPart> Causes =>
        [
            .. Lines
                .SelectMany(line => line.Causes)
                .GroupBy(part => part.Cause)
                .OrderBy(same => same.Key)
                .Select(same => new ResidualPart(same.Key, CostGroups.Sum(same.Select(part => part.Cost))))
                .Where(part => !part.Cost.IsZero),
        ];
}
