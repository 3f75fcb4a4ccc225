using System.ComponentModel;
using Bursar.Core.Diagnostics;
using Bursar.Rulebooks;
using Bursar.Understand.Allocation.Accounts;
using Bursar.Understand.Allocation.Checks;

namespace Bursar.Understand.Allocation;

/// <summary>Says for charges that fulfil conditions to whom they belong.</summary>
internal sealed record AllocationRule : Declaration, IEffectiveDated
{
    [
        Description(
            "Rules with smaller numbers come first; equal numbers by name. The first rule that sets a field wins."
        ),
        Between(0, 1_000_000)
    ]
    public required int Order { get; init; }

    [Description("The first charge day it holds for.")]
    public DateOnly? From { get; init; }

    [Description("The day after the last charge day it holds for.")]
    public DateOnly? To { get; init; }

    [
        Description(
            "Column: value, list of values, pattern with *, null, or {not, startsWith, "
                + "endsWith, contains, matches}. All must hold; {} is every charge. Columns are those of FOCUS, x_ columns, "
                + "Tags/key, Hierarchy/level (kind: AccountHierarchy) and Item/application (kind: ConfigurationItems)."
        ),
        OfRules
    ]
    public required Conditions When { get; init; }

    [Description(
        "Shared field: a value, or a template such as \"{Tags/owner}\". A template with a missing part sets nothing."
    )]
    public required IReadOnlyDictionary<string, string> Set { get; init; }

    [Description("Sample charges, and what the whole rulebook must make of them. `bursar check` runs them.")]
    public IReadOnlyList<AllocationExample> Examples { get; init; } = [];

    public override void Check(RulebookCheck check)
    {
        foreach (var example in Examples)
            example.Check(check);
        CheckLevels(check);
        if (At("set") is not YamlMap map)
            return;
        if (map.Entries.Count == 0)
            check.Error(
                this,
                "set",
                "sets-nothing",
                "This rule sets no field.",
                "Fields are " + string.Join(", ", SharedFields.Names) + "."
            );
        foreach (var (key, value) in map.Entries)
            CheckField(check, key, value);
    }

    private void CheckLevels(RulebookCheck check)
    {
        if (At("when") is not YamlMap map)
            return;
        foreach (var (key, _) in map.Entries)
        {
            if (ColumnNames.Level(key.Text) is { Length: > 0 } level)
                AccountHierarchy.CheckLevel(check, key, level);
        }
    }

    private void CheckField(RulebookCheck check, YamlScalar key, YamlNode value)
    {
        var field = SharedFields.IndexOf(key.Text);
        if (field < 0)
        {
            check.Findings.Error(
                key,
                "unknown-field",
                $"Rules cannot set \"{key.Text}\".{DidYouMean.Question(key.Text, SharedFields.Names)}",
                "Fields are " + string.Join(", ", SharedFields.Names) + "."
            );
            return;
        }
        if (!Set.TryGetValue(key.Text, out var text))
            return;
        if (ValueTemplate.Read(text, value, check.Findings) is not { } template)
            return;
        if (template.Literal is { } literal)
            check.Reference(value, literal, SharedFields.OrganisationLists[field]);
        foreach (var part in template.Parts)
        {
            if (part.IsColumn && ColumnNames.Level(part.Text) is { } level)
                AccountHierarchy.CheckLevel(check, value, level);
        }
    }
}
