using Bursar.Core.Amounts;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Reporting.WhatIf;

/// <summary>What one place has before and after.</summary>
/// <param name="Keys">The values of the fields; null is "no value".</param>
/// <param name="Before">By the one rulebook.</param>
/// <param name="After">By the other.</param>
internal sealed record GroupChange(IReadOnlyList<string?> Keys, Amount Before, Amount After)
{
    public Amount Difference => After - Before;
}

/// <summary>What one rule places before and after, once shared costs are divided.</summary>
/// <param name="Rule">The rules of the fields; null where nothing set one.</param>
/// <param name="Before">By the one rulebook.</param>
/// <param name="After">By the other.</param>
internal sealed record RuleChange(IReadOnlyList<string?> Rule, Amount Before, Amount After)
{
    public Amount Difference => After - Before;
}

/// <summary>The change of one currency. Nothing is added or lost: the differences sum to zero.</summary>
/// <param name="Currency">The currency.</param>
/// <param name="Total">All cost of the period, before.</param>
/// <param name="TotalAfter">The same after.</param>
/// <param name="Moved">
/// How much belongs to somebody else: of direct cost every move at its size, of distributed cost what the gainers gain.
/// </param>
/// <param name="Charges">How many charges move; null where shared costs are divided.</param>
/// <param name="UnallocatedBefore">Cost that lacks a value of one of the fields.</param>
/// <param name="UnallocatedAfter">The same after.</param>
/// <param name="Groups">Who gains or loses, what moves most first.</param>
/// <param name="Moves">By which rules, largest first; empty where shared costs are divided.</param>
/// <param name="Rules">By which rules where shared costs are divided.</param>
internal sealed record CurrencyChange(
    Currency Currency,
    Amount Total,
    Amount TotalAfter,
    Amount Moved,
    long? Charges,
    Amount UnallocatedBefore,
    Amount UnallocatedAfter,
    IReadOnlyList<GroupChange> Groups,
    IReadOnlyList<MovedCost> Moves,
    IReadOnlyList<RuleChange> Rules
)
{
    public Amount Difference => TotalAfter - Total;

    public bool IsAny => Groups.Count > 0 || Moves.Count > 0;
}

/// <summary>A change of rules in money, over the same deliveries.</summary>
/// <param name="Old">The one rulebook.</param>
/// <param name="New">The other.</param>
/// <param name="Question">Which cost.</param>
/// <param name="Currencies">That of the reports first.</param>
/// <param name="Notes">What a reader must know. Plain sentences.</param>
/// <param name="DataAsOf">The newest day that the data covers.</param>
internal sealed record RulebookChange(
    NamedRules Old,
    NamedRules New,
    ChangeQuestion Question,
    IReadOnlyList<CurrencyChange> Currencies,
    IReadOnlyList<string> Notes,
    DateOnly? DataAsOf
)
{
    public bool IsAny => Currencies.Any(one => one.IsAny);

    /// <summary>What people read: currencies in which something moves; all of them when nothing does.</summary>
    public IReadOnlyList<CurrencyChange> Shown => IsAny ? [.. Currencies.Where(one => one.IsAny)] : Currencies;
}
