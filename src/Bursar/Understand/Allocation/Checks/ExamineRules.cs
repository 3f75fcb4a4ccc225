using Bursar.Core.Diagnostics;
using Bursar.Rulebooks;

namespace Bursar.Understand.Allocation.Checks;

/// <summary>
/// Looks at the allocation rules as a whole: runs their examples, finds rules that nothing reaches, rules whose order
/// is decided by their names, and names that nothing has.
/// </summary>
internal static class ExamineRules
{
    /// <summary>What is wrong, by file and line. Nothing while a rule has a mistake of its own.</summary>
    /// <param name="rulebook">The rules as they were read.</param>
    /// <param name="problems">What reading them found.</param>
    /// <param name="delivered">Columns that deliveries have; null when nothing is known of any.</param>
    public static IReadOnlyList<Diagnostic> Of(
        Rulebook rulebook,
        IReadOnlyList<Diagnostic> problems,
        IReadOnlySet<string>? delivered = null
    )
    {
        // without the rule that was left out, every example of it would fail as well
        if (problems.Any(problem => problem.Severity == Severity.Error))
            return [];
        var findings = new Findings();
        var rules = ExaminedRule.All(rulebook);
        RunExamples.Of(rulebook, rules, findings);
        var unreachable = FindUnreachable.In(rules, findings);
        FindOverlaps.In([.. rules.Except(unreachable)], findings);
        FindUnknownNames.In(rulebook, delivered, findings);
        return findings.InOrder();
    }
}
