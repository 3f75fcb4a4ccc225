using Bursar.Core.Diagnostics;
using Bursar.Rulebooks;

namespace Bursar.Understand.Allocation.Checks;

/// <summary>Runs the sample charges of a rulebook, and tells of each that does not come out as it should.</summary>
internal sealed class RunExamples
{
    private readonly CompiledAllocation allocation;
    private readonly Dictionary<string, ExaminedRule> rules;
    private readonly Findings findings;

    private RunExamples(CompiledAllocation allocation, IReadOnlyList<ExaminedRule> rules, Findings findings)
    {
        this.allocation = allocation;
        this.rules = rules.ToDictionary(rule => rule.Written.Name);
        this.findings = findings;
    }

    public static void Of(Rulebook rulebook, IReadOnlyList<ExaminedRule> rules, Findings findings)
    {
        var examples = rulebook
            .All<AllocationRule>()
            .SelectMany(rule => rule.Examples.Select(example => (Rule: (AllocationRule?)rule, Example: example)))
            .Concat(
                rulebook
                    .All<AllocationExamples>()
                    .SelectMany(document => document.Examples)
                    .Select(example => (Rule: (AllocationRule?)null, Example: example))
            )
            .ToList();
        if (examples.Count == 0)
            return;
        var run = new RunExamples(AllocationRules.Compile(rulebook), rules, findings);
        foreach (var (rule, example) in examples)
            run.Run(rule, example);
    }

    private void Run(AllocationRule? rule, AllocationExample example)
    {
        if (example.Origin?.Find("gives") is not YamlMap gives)
            return;
        if (example.By is { } by && !IsKnown(by) && example.At("by") is { } at)
        {
            findings.Error(
                at,
                "unknown-rule",
                $"No allocation rule is called \"{by}\".{DidYouMean.Question(by, rules.Keys)}",
                "Write the name of a rule, or organisation/ and the unit that answers."
            );
            return;
        }
        var day = example.Day ?? DayOf(rule);
        var values = ValuesOf(example);
        var outcome = allocation.Allocate(values, day);
        foreach (var (key, expected) in gives.Entries)
        {
            var field = SharedFields.IndexOf(key.Text);
            var text = expected is YamlScalar { IsNull: false } scalar ? scalar.Text : null;
            var (value, setBy) = (outcome.Values[field], outcome.Rules[field]);
            var isRule = example.By is null || setBy == example.By || setBy?.Split('/')[0] == example.By;
            if (value == text && (isRule || text is null))
                continue;
            var found = value is null ? $"gets no {key.Text}" : $"gets {key.Text} \"{value}\" from {Who(setBy!)}";
            var wanted =
                text is null ? "none"
                : value == text ? $"it from \"{example.By}\""
                : $"\"{text}\"";
            findings.Error(
                expected,
                "example-fails",
                $"On {day:yyyy-MM-dd} this charge {found}; the example wants {wanted}.{Why(rule, example, values, day)}",
                "Mend the rule or its order; or, when the new outcome is right, the example."
            );
        }
    }

    private bool IsKnown(string by) =>
        rules.ContainsKey(by.Split('/')[0]) || by.StartsWith("organisation/", StringComparison.Ordinal);

    /// <summary>Of a rule: its first day, else its last; of the rulebook: the day after the last change.</summary>
    private DateOnly DayOf(AllocationRule? rule) =>
        rule?.From
        ?? rule?.To?.AddDays(-1)
        ?? (allocation.Breakpoints.Count > 0 ? allocation.Breakpoints[^1] : new DateOnly(2026, 1, 1));

    private List<string?> ValuesOf(AllocationExample example)
    {
        var charge = ((YamlMap)example.Origin!.Find("charge")!)
            .Entries.Where(entry => entry.Value is YamlScalar { IsNull: false })
            .ToDictionary(entry => entry.Key.Text, entry => ((YamlScalar)entry.Value).Text);
        var tags = charge
            .Where(one => ColumnNames.TagKey(one.Key) is not null)
            .ToDictionary(one => ColumnNames.TagKey(one.Key)!, one => one.Value);
        return
        [
            .. allocation.Columns.Select(column =>
                column == ColumnNames.Tags
                    ? System.Text.Json.JsonSerializer.Serialize(tags)
                    : charge.GetValueOrDefault(column)
            ),
        ];
    }

    private string Who(string setBy) =>
        rules.TryGetValue(setBy.Split('/')[0], out var rule)
            ? $"\"{setBy}\" ({RulebookCheck.Where(rule.Written)})"
            : $"\"{setBy}\"";

    /// <summary>Why the rule that should have set it did not.</summary>
    private string Why(AllocationRule? rule, AllocationExample example, List<string?> values, DateOnly day)
    {
        if ((example.By ?? rule?.Name) is not { } name || !rules.TryGetValue(name, out var wanted))
            return "";
        if (day < wanted.Compiled.From || day >= wanted.Compiled.To)
            return $" \"{name}\" does not hold on that day, but {wanted.Written.Words()}.";
        return allocation.WhyNot(wanted.Compiled, values, day) is { } missing
            ? $" \"{name}\" asks for another {missing.Condition.Column}: "
                + (missing.Value is null ? "here it has no value." : $"here it is \"{missing.Value}\".")
            : "";
    }
}
