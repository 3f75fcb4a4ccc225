using System.ComponentModel;
using Bursar.Core.Diagnostics;
using Bursar.Rulebooks;

namespace Bursar.Understand.Allocation.Checks;

/// <summary>A sample charge, and to whom the whole rulebook must give it.</summary>
internal sealed record AllocationExample : RulebookRecord
{
    [Description("The charge: columns and Tags/key with their values. What is left away has no value.")]
    public required IReadOnlyDictionary<string, string> Charge { get; init; }

    [Description(
        "The day of the charge. Without it, the first day of the rule it stands in, else the newest there is."
    )]
    public DateOnly? Day { get; init; }

    [Description("Shared field: the value it must get; null for none. Fields left away may be anything.")]
    public required IReadOnlyDictionary<string, string> Gives { get; init; }

    [Description("The rule that must set all these fields.")]
    public string? By { get; init; }

    /// <summary>Looks for mistakes in how it is written; whether it comes true is asked when all is read.</summary>
    public void Check(RulebookCheck check)
    {
        if (Origin?.Find("charge") is YamlMap charge)
        {
            foreach (var (key, _) in charge.Entries)
                ColumnNames.Resolve(key.Text, key, check.Findings);
        }
        if (Origin?.Find("gives") is not YamlMap gives)
            return;
        foreach (var (key, _) in gives.Entries)
        {
            if (SharedFields.IndexOf(key.Text) < 0)
                check.Findings.Error(
                    key,
                    "unknown-field",
                    $"No rule sets \"{key.Text}\".{DidYouMean.Question(key.Text, SharedFields.Names)}",
                    "Fields are " + string.Join(", ", SharedFields.Names) + "."
                );
        }
    }
}

/// <summary>Sample charges that test the rulebook as a whole, in a document of their own.</summary>
internal sealed record AllocationExamples : Declaration
{
    [Description("The sample charges.")]
    public required IReadOnlyList<AllocationExample> Examples { get; init; }

    public override void Check(RulebookCheck check)
    {
        foreach (var example in Examples)
            example.Check(check);
    }
}
