using Bursar.Core.Amounts;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Allocation;

/// <summary>One rule that would say to whom cost belongs that nobody is known to own.</summary>
/// <param name="Name">The name of what would be declared, unique in its kind.</param>
/// <param name="Sentence">What the rule says, as a clause: "charges of account X belong to cost centre 4320".</param>
/// <param name="Evidence">Why it is likely, in a sentence.</param>
/// <param name="Explains">The cost it would explain, by currency.</param>
/// <param name="Yaml">The documents to add to a rulebook.</param>
/// <param name="Behind">The question that shows the cost.</param>
/// <param name="IsReady">False when a person has to fill in a name first, so that the documents are comments.</param>
internal sealed record RuleSuggestion(
    string Name,
    string Sentence,
    string Evidence,
    IReadOnlyList<Money> Explains,
    string Yaml,
    CostQuery Behind,
    bool IsReady
)
{
    /// <summary>
    /// True for a rule that is only better than none, so that one with evidence goes before it from half its amount on.
    /// </summary>
    public bool IsLastResort { get; init; }

    public Amount In(Currency currency) =>
        Explains.Where(money => money.Currency == currency).Aggregate(Amount.Zero, (sum, money) => sum + money.Amount);
}
