using System.ComponentModel;
using Bursar.Rulebooks;
using Bursar.Understand.Sources.Outlets;

namespace Bursar.Manage.Chargeback.Digests;

/// <summary>A short message to a team about its cost, once a week or a month: written, posted or mailed.</summary>
internal sealed record Digest : SentDeclaration
{
    [Description("Whose cost it tells."), RefersTo("owners")]
    public string? Owner { get; init; }

    [Description("The scope whose cost it tells, instead of an owner."), RefersTo("Scope")]
    public string? Scope { get; init; }

    [Description("weekly: of Monday to Sunday. monthly: of a month. It is due once the data covers all of it.")]
    public required DigestCadence Cadence { get; init; }

    [Description("true: also which of its budgets are exceeded or will be, and which step is due.")]
    public bool Budgets { get; init; }

    public override void Check(RulebookCheck check)
    {
        if (Owner is null == Scope is null)
            check.Error(
                this,
                "name",
                "digest-of-whom",
                Owner is null ? $"{Name} says of nobody whose cost it tells." : $"{Name} names an owner and a scope.",
                "Give one of owner: and scope:."
            );
        base.Check(check);
    }
}

/// <summary>How often a digest is sent.</summary>
internal enum DigestCadence
{
    Weekly,
    Monthly,
}
