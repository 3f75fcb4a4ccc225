using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Warehouse.Queries;

namespace Bursar.Manage.Chargeback;

/// <summary>What a line of a statement is made of, in the order of the page.</summary>
public enum StatementPart
{
    /// <summary>The subject's own charges.</summary>
    Direct,

    /// <summary>Use that a commitment paid for.</summary>
    Commitments,

    /// <summary>Commitments that nothing used.</summary>
    UnusedCommitments,

    /// <summary>What was bought outright.</summary>
    Purchases,

    /// <summary>Corrections of the providers.</summary>
    Adjustments,

    /// <summary>A part of a pool that several use.</summary>
    Shared,

    /// <summary>A pool that the organisation keeps.</summary>
    Central,
    Credits,
    Tax,
}

/// <summary>A line: what it is, in words, how much, and the question that opens it.</summary>
/// <param name="Part">What it is made of.</param>
/// <param name="Pool">The pool of shared cost; null where there is none.</param>
/// <param name="Title">Its name.</param>
/// <param name="Says">What it is, in a plain sentence.</param>
/// <param name="Cost">To the last digit.</param>
/// <param name="Shown">As printed: the lines sum to the printed total.</param>
/// <param name="Before">The same of the period before.</param>
/// <param name="Behind">The question that gives it.</param>
public sealed record StatementLine(
    StatementPart Part,
    string? Pool,
    string Title,
    string Says,
    Amount Cost,
    Amount Shown,
    Amount Before,
    CostQuery Behind
);

/// <summary>Why the total moved: a service, a pool, tax. Drivers sum to the change, to the last digit.</summary>
/// <param name="Title">What moved.</param>
/// <param name="Change">By how much.</param>
/// <param name="ByUse">The part that more or less use made, where quantities say so.</param>
/// <param name="ByPrice">The part that a higher or lower price made, where quantities say so.</param>
/// <param name="Says">The same in a plain sentence.</param>
/// <param name="Behind">The question that shows both periods; null for the rest.</param>
public sealed record StatementDriver(
    string Title,
    Amount Change,
    Amount? ByUse,
    Amount? ByPrice,
    string Says,
    CostQuery? Behind
);

/// <summary>What one unit of the business cost: the total divided by a series.</summary>
/// <param name="Series">The name of the series.</param>
/// <param name="Unit">What is counted.</param>
/// <param name="Quantity">How many.</param>
/// <param name="Cost">The total divided by it.</param>
/// <param name="Before">The same of the period before; null when nothing was counted.</param>
/// <param name="Says">The same in a plain sentence.</param>
public sealed record UnitCost(string Series, string Unit, Amount Quantity, decimal Cost, decimal? Before, string Says);

/// <summary>The part of a statement that is in one currency. Two currencies are never added.</summary>
public sealed record StatementSheet(
    Currency Currency,
    IReadOnlyList<StatementLine> Lines,
    Amount Total,
    Amount Before,
    IReadOnlyList<StatementDriver> Drivers,
    IReadOnlyList<UnitCost> Units
)
{
    /// <summary>The total as printed.</summary>
    public Amount Shown => Total.RoundedTo(Currency.Decimals);

    public Amount Change => Total - Before;

    public Money Money(Amount amount) => new(amount, Currency);
}

/// <summary>What a team, a product or a scope cost in a period. It informs; it books nothing.</summary>
public sealed record Statement
{
    public required StatementSubject Subject { get; init; }

    public string? Organisation { get; init; }

    public required CostMeasure Measure { get; init; }

    /// <summary>The days that it covers: those that the data covers, of a period that is not over.</summary>
    public required DateRange Days { get; init; }

    /// <summary>The days that it is compared with.</summary>
    public required DateRange Against { get; init; }

    /// <summary>The period that was asked for.</summary>
    public required DateRange Period { get; init; }

    /// <summary>The question that gives the total.</summary>
    public required CostQuery Behind { get; init; }

    /// <summary>One for each currency, the main one first.</summary>
    public required IReadOnlyList<StatementSheet> Sheets { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    public required bool IsDraft { get; init; }

    public required bool IsIncomplete { get; init; }

    public required DateOnly? DataAsOf { get; init; }

    /// <summary>The journal entry up to which the books were read.</summary>
    public required long Sequence { get; init; }

    /// <summary>Whether the period is not over in the data.</summary>
    public bool IsPartial => Days != Period;
}
