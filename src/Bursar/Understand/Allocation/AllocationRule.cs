using System.ComponentModel;
using Bursar.Core.Diagnostics;
using Bursar.Rulebooks;

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

    [Description(
        "Column: value, list of values, pattern with *, null, or {not, startsWith, "
            + "endsWith, contains, matches}. All must hold; {} is every charge."
    )]
    public required Conditions When { get; init; }

    [Description(
        "Shared field: a value, or a template such as \"{Tags/owner}\". A template with a missing part sets nothing."
    )]
    public required IReadOnlyDictionary<string, string> Set { get; init; }

    public override void Check(RulebookCheck check)
    {
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
        if (ValueTemplate.Read(text, value, check.Findings) is { Literal: { } literal })
            check.Reference(value, literal, SharedFields.OrganisationLists[field]);
    }
}
