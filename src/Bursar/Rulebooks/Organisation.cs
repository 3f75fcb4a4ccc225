using System.ComponentModel;
using Bursar.Rulebooks.Terms;

namespace Bursar.Rulebooks;

/// <summary>The organisation whose money it is. Large ones may be written as several documents, which are read as
/// one.</summary>
internal sealed record Organisation : Declaration
{
    [Description("The name as it stands on documents.")]
    public string? DisplayName { get; init; }

    [Description("The currency that reports are in, three capital letters: EUR."), CurrencyCode]
    public string? ReportingCurrency { get; init; }

    [Description("The month in which the fiscal year starts, 1 to 12."), Between(1, 12)]
    public int? FiscalYearStart { get; init; }

    [
        Description("In whose words reports speak: FinOps, ITFM, TBM, FOCUS or Company; as in FOCUS unless given."),
        AsInFocus
    ]
    public Vocabulary? Vocabulary { get; init; }

    [Description(
        "Whether somebody other than the author must approve a rulebook that moves money before it is in force: "
            + "required, or none (unless given)."
    )]
    public PublishApproval Approval { get; init; }

    [Description("Companies that can be billed.")]
    public IReadOnlyList<OrganisationUnit> LegalEntities { get; init; } = [];

    [Description("Cost centres of the general ledger.")]
    public IReadOnlyList<OrganisationUnit> CostCentres { get; init; } = [];

    [Description("Products and services that the organisation offers.")]
    public IReadOnlyList<OrganisationUnit> Products { get; init; } = [];

    [Description("Applications that run.")]
    public IReadOnlyList<OrganisationUnit> Applications { get; init; } = [];

    [Description("Projects with a beginning and an end.")]
    public IReadOnlyList<OrganisationUnit> Projects { get; init; } = [];

    [Description("Environments such as production and test.")]
    public IReadOnlyList<OrganisationUnit> Environments { get; init; } = [];

    [Description("Who answers for cost. Prefer roles to names: published rulebooks are kept for ever.")]
    public IReadOnlyList<OrganisationUnit> Owners { get; init; } = [];

    /// <summary>The lists of units by their keys.</summary>
    internal IEnumerable<(string List, IReadOnlyList<OrganisationUnit> Units)> Lists =>
        [
            ("legalEntities", LegalEntities),
            ("costCentres", CostCentres),
            ("products", Products),
            ("applications", Applications),
            ("projects", Projects),
            ("environments", Environments),
            ("owners", Owners),
        ];

    public override void Check(RulebookCheck check)
    {
        foreach (var (list, units) in Lists)
        {
            foreach (var unit in units)
                check.Reference(unit, "parent", unit.Parent, list);
        }
        // one document speaks for all, so that each list is compared once
        if (!ReferenceEquals(check.Rulebook.All<Organisation>().FirstOrDefault(), this))
            return;
        OrganisationCheck.Run(check);
    }
}

/// <summary>Who has to agree before a rulebook is in force.</summary>
internal enum PublishApproval
{
    /// <summary>Nobody.</summary>
    None,

    /// <summary>Somebody other than its author, when it moves money.</summary>
    Required,
}

/// <summary>A unit of the organisation. After a reorganisation the same id stands twice, with periods that do not
/// overlap.</summary>
internal sealed record OrganisationUnit : RulebookRecord, IEffectiveDated
{
    [Description("The id that rules and ledgers use.")]
    public required string Id { get; init; }

    [Description("The name that people read; without it, the id.")]
    public string? Name { get; init; }

    [Description("Who answers for it."), RefersTo("owners")]
    public string? Owner { get; init; }

    [Description("The cost centre that carries it."), RefersTo("costCentres")]
    public string? CostCentre { get; init; }

    [Description("The product it belongs to."), RefersTo("products")]
    public string? Product { get; init; }

    [Description("The company it belongs to."), RefersTo("legalEntities")]
    public string? LegalEntity { get; init; }

    [Description("The unit of the same list that it is part of.")]
    public string? Parent { get; init; }

    [Description("The first day it holds.")]
    public DateOnly? From { get; init; }

    [Description("The day after the last day it holds.")]
    public DateOnly? To { get; init; }
}

/// <summary>Looks over all organisation documents together.</summary>
internal static class OrganisationCheck
{
    public static void Run(RulebookCheck check)
    {
        var organisations = check.Rulebook.All<Organisation>().ToList();
        CheckOneAnswer(check, organisations, "reportingCurrency", organisation => organisation.ReportingCurrency);
        CheckOneAnswer(check, organisations, "vocabulary", organisation => organisation.Vocabulary);
        CheckOneAnswer(check, organisations, "fiscalYearStart", organisation => organisation.FiscalYearStart);
        foreach (var list in organisations.SelectMany(organisation => organisation.Lists).GroupBy(list => list.List))
        {
            var units = list.SelectMany(part => part.Units).ToList();
            foreach (var same in units.GroupBy(unit => unit.Id))
                CheckPeriods(check, [.. same]);
            CheckCycles(check, units);
        }
    }

    private static void CheckOneAnswer(
        RulebookCheck check,
        List<Organisation> organisations,
        string key,
        Func<Organisation, object?> answer
    )
    {
        var given = organisations.Where(organisation => answer(organisation) is not null).ToList();
        foreach (var other in given.Skip(1).Where(other => !answer(other)!.Equals(answer(given[0]))))
        {
            check.Error(
                other,
                key,
                "contradiction",
                $"\"{key}\" is {answer(other)} here and {answer(given[0])} in \"{given[0].Name}\".",
                "Give it once."
            );
        }
    }

    private static void CheckPeriods(RulebookCheck check, List<OrganisationUnit> same)
    {
        for (var i = 1; i < same.Count; i++)
        {
            if (same.Take(i).FirstOrDefault(earlier => earlier.Overlaps(same[i])) is not { } earlier)
                continue;
            check.Error(
                same[i],
                "id",
                "overlapping-periods",
                $"\"{same[i].Id}\" is declared {same[i].Words()} here and {earlier.Words()} "
                    + $"{RulebookCheck.Where(earlier)}.",
                "Give each a from and a to, so that every day has one answer. A range ends before its to."
            );
        }
    }

    private static void CheckCycles(RulebookCheck check, List<OrganisationUnit> units)
    {
        foreach (var unit in units.Where(unit => unit.Parent is not null))
        {
            var seen = new HashSet<string> { unit.Id };
            for (
                var parent = unit.Parent;
                parent is not null;
                parent = units.FirstOrDefault(other => other.Id == parent)?.Parent
            )
            {
                if (seen.Add(parent))
                    continue;
                if (parent == unit.Id)
                    check.Error(
                        unit,
                        "parent",
                        "circular-parent",
                        $"\"{unit.Id}\" is its own ancestor.",
                        "Remove one parent of the circle."
                    );
                break;
            }
        }
    }
}
