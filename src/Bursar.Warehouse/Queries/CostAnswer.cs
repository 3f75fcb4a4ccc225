using Bursar.Core.Amounts;

namespace Bursar.Warehouse.Queries;

/// <summary>
/// The answer to a <see cref="CostQuery"/>: rows, totals per currency, and what a reader must know to trust it.
/// </summary>
/// <param name="Query">The question as understood: aliases resolved, period filled in.</param>
/// <param name="Rows">Largest first; with a grain of time, groups by their total, then time ascending.</param>
/// <param name="Totals">One total per currency, as billed or as converted, or per unit. Two of them are never
/// added.</param>
/// <param name="Notes">What was assumed or is missing: aliases used, ties, incomplete deliveries. Plain
/// sentences.</param>
/// <param name="Incomplete">True when rows that belong to the answer are in quarantine.</param>
/// <param name="Draft">True when rules that are not published shaped the answer.</param>
/// <param name="DataAsOf">The newest day that any delivery in the answer has charges for.</param>
/// <param name="AsOfSequence">The journal entry up to which the books were read.</param>
public sealed record CostAnswer(
    CostQuery Query,
    IReadOnlyList<CostRow> Rows,
    IReadOnlyList<Money> Totals,
    IReadOnlyList<string> Notes,
    bool Incomplete,
    bool Draft,
    DateOnly? DataAsOf,
    long AsOfSequence
)
{
    /// <summary>The rates that amounts of this answer were converted at, by currency and day; none as billed.</summary>
    public IReadOnlyList<ConversionRate> Rates { get; init; } = [];

    /// <summary>How far what it rests on is settled; null when nobody says.</summary>
    public AnswerStanding? Standing { get; init; }

    /// <summary>How much of it lies in months that their providers have closed; null when none says.</summary>
    public AnswerFinality? Finality { get; init; }

    /// <summary>The parts of the answer that are estimates, or not final.</summary>
    public IReadOnlyList<CostMark> Marks { get; init; } = [];

    /// <summary>True when the answer holds more than one currency; doors then show a column of it.</summary>
    public bool HasSeveralCurrencies => Totals.Count > 1;
}

/// <summary>How far the documents behind an answer are settled.</summary>
/// <param name="Amounts">Its total by state: "tied", "open", "unexplained".</param>
/// <param name="Sentence">The same for people.</param>
public sealed record AnswerStanding(IReadOnlyList<StandingAmount> Amounts, string Sentence);

/// <summary>How much of an answer lies in billing periods that their providers say are closed.</summary>
/// <param name="Amounts">Its total by state: "final", "not-final", "not-stated".</param>
/// <param name="Open">The billing periods in it that are still open.</param>
/// <param name="Sentence">The same for people.</param>
public sealed record AnswerFinality(
    IReadOnlyList<StandingAmount> Amounts,
    IReadOnlyList<OpenPeriod> Open,
    string Sentence
);

/// <summary>A billing period that the issuer of its invoices has not closed yet.</summary>
public sealed record OpenPeriod(string? Issuer, string Period);

/// <summary>The part of an answer that is in one state.</summary>
public sealed record StandingAmount(string State, Money Amount);

/// <summary>One row of an answer.</summary>
/// <param name="Keys">The values of the By columns, in their order; null is "no value".</param>
/// <param name="Period">The start of the day, week, month, quarter or year, or null without a grain.</param>
/// <param name="Currency">The billing currency, or the one it was converted to; of a quantity, its unit.</param>
/// <param name="Cost">The measure, without the parts that are split off.</param>
/// <param name="Tax">The measure of tax rows, when split off.</param>
/// <param name="Credits">The measure of credit rows, when split off.</param>
/// <param name="Charges">How many charges (rows of the provider's files) it sums; a charge of several days counts on
/// its first.</param>
public sealed record CostRow(
    IReadOnlyList<string?> Keys,
    DateOnly? Period,
    Currency Currency,
    Amount Cost,
    Amount Tax,
    Amount Credits,
    long Charges = 0
)
{
    /// <summary>The measure with everything.</summary>
    public Amount Total => Cost + Tax + Credits;

    /// <summary>The other cost that was asked for beside the measure.</summary>
    public Amount Beside { get; init; }
}
