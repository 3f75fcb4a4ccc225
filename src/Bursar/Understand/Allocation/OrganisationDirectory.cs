using Bursar.Rulebooks;

namespace Bursar.Understand.Allocation;

/// <summary>Fills fields that no rule set from what the organisation says about those that are set.</summary>
/// <remarks>
/// An application, project, product or cost centre (asked in this order) may name its product, cost centre, legal
/// entity and owner; what it does not name, its parent may. So a cost centre's owner owns what is charged to the cost
/// centre, unless the application has its own.
/// </remarks>
internal sealed class OrganisationDirectory
{
    /// <summary>Whom to ask for a field, and what.</summary>
    private static readonly (int Field, int[] Askers, Func<OrganisationUnit, string?> Answer)[] Questions =
    [
        (SharedFields.Product, [SharedFields.Application, SharedFields.Project], unit => unit.Product),
        (
            SharedFields.CostCentre,
            [SharedFields.Application, SharedFields.Project, SharedFields.Product],
            unit => unit.CostCentre
        ),
        (
            SharedFields.LegalEntity,
            [SharedFields.Application, SharedFields.Project, SharedFields.Product, SharedFields.CostCentre],
            unit => unit.LegalEntity
        ),
        (
            SharedFields.Owner,
            [SharedFields.Application, SharedFields.Project, SharedFields.Product, SharedFields.CostCentre],
            unit => unit.Owner
        ),
    ];

    private readonly Dictionary<string, OrganisationUnit[]>[] _units;

    public OrganisationDirectory(IEnumerable<Organisation> organisations)
    {
        var lists = organisations
            .SelectMany(organisation => organisation.Lists)
            .ToLookup(list => list.List, list => list.Units);
        _units =
        [
            .. SharedFields.OrganisationLists.Select(list =>
                lists[list]
                    .SelectMany(units => units)
                    .GroupBy(unit => unit.Id)
                    .ToDictionary(same => same.Key, same => same.ToArray())
            ),
        ];
        IsEmpty = Array.TrueForAll(
            _units,
            units =>
                units.Values.All(same =>
                    Array.TrueForAll(
                        same,
                        unit => (unit.Owner ?? unit.CostCentre ?? unit.Product ?? unit.LegalEntity) is null
                    )
                )
        );
    }

    /// <summary>Nothing can be filled from it.</summary>
    public bool IsEmpty { get; }

    /// <summary>The days on which an answer may change.</summary>
    public IEnumerable<DateOnly> ChangeDays =>
        IsEmpty
            ? []
            : _units
                .SelectMany(units => units.Values)
                .SelectMany(same => same)
                .SelectMany(unit => new[] { unit.From, unit.To })
                .OfType<DateOnly>();

    /// <summary>Fills what is empty and can be answered on that day, and names who answered.</summary>
    public void Fill(string?[] values, string?[] rules, DateOnly day)
    {
        if (IsEmpty)
            return;
        foreach (var (field, askers, answer) in Questions)
        {
            if (values[field] is not null)
                continue;
            foreach (var asker in askers)
            {
                if (values[asker] is not { } id || Ask(asker, id, answer, day) is not { } answered)
                    continue;
                values[field] = answered.Value;
                rules[field] = "organisation/" + answered.Unit;
                break;
            }
        }
    }

    private (string Value, string Unit)? Ask(int list, string id, Func<OrganisationUnit, string?> answer, DateOnly day)
    {
        // a circle of parents is a finding of check; here it only must not hang
        for (var steps = 0; steps < 32; steps++)
        {
            if (
                !_units[list].TryGetValue(id, out var same)
                || Array.Find(same, unit => unit.HoldsOn(day)) is not { } unit
            )
                return null;
            if (answer(unit) is { } value)
                return (value, unit.Id);
            if (unit.Parent is null)
                return null;
            id = unit.Parent;
        }
        return null;
    }
}
