using Bursar.Core.Amounts;
using Bursar.Understand.Validation.Rules;

namespace Bursar.Understand.Validation.Evaluation;

/// <summary>How a rule came out.</summary>
public enum RuleStatus
{
    Pass,
    Fail,
    Skip,
}

/// <summary>What the rows that break a rule cost.</summary>
/// <param name="Currency">The billing currency; empty without one.</param>
/// <param name="BilledCost">Their billed cost.</param>
/// <param name="EffectiveCost">Their effective cost.</param>
public sealed record AffectedCost(string Currency, Amount? BilledCost, Amount? EffectiveCost);

/// <summary>What became of one rule.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Status">How it came out.</param>
/// <param name="Violations">Rows (or values, or columns) that break it.</param>
/// <param name="Reason">Why it was skipped; empty otherwise.</param>
/// <param name="Affected">What the rows that break it cost, by currency.</param>
/// <param name="FirstRows">The first of them.</param>
public sealed record RuleResult(
    Rule Rule,
    RuleStatus Status,
    long Violations,
    string Reason,
    IReadOnlyList<AffectedCost> Affected,
    IReadOnlyList<FoundRow> FirstRows
)
{
    public static RuleResult Skipped(Rule rule, string reason) => new(rule, RuleStatus.Skip, 0, reason, [], []);

    public static RuleResult Passed(Rule rule) => new(rule, RuleStatus.Pass, 0, "", [], []);

    /// <summary>True for a finding of its own; a rule that gathers others only repeats theirs.</summary>
    public bool IsFinding => Status == RuleStatus.Fail && Rule.Kind != RuleKind.Composite;
}
