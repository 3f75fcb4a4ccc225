using System.Globalization;
using System.Text;
using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Rulebooks;
using Bursar.Understand.Allocation;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Unallocated;

/// <summary>Writes the rule that would give a piece of work the owner that somebody named.</summary>
internal sealed class AssignRule(BooksView view, string field)
{
    /// <summary>What the rule has to set, so that it belongs to somebody: a value of the field, or a person.</summary>
    /// <exception cref="RefusedException">The organisation declares no such value or owner.</exception>
    public IReadOnlyList<(string Field, string Value)> ValuesFor(string to)
    {
        var declared = new OwnerNames(view, field).Declared;
        if (declared.Count == 0 || declared.Contains(to))
            return [(field, to)];
        var owners = new OwnerNames(view, "x_Owner").Declared;
        if (!owners.Contains(to))
            throw new RefusedException(
                "unallocated/unknown-owner",
                $"The organisation declares neither an owner nor a value of {field} called \"{to}\".{DidYouMean.Question(to, declared.Concat(owners))}",
                "Declare it with kind: Organisation, or name one that is there.",
                exitCode: 2
            );
        return OnlyUnitOf(to) is { } unit ? [(field, unit), ("x_Owner", to)] : [("x_Owner", to)];
    }

    /// <summary>The rule.</summary>
    public static RuleSuggestion Of(QueueItem item, IReadOnlyList<(string Field, string Value)> set, MadeDecision made)
    {
        var yaml = new StringBuilder();
        // The parts of an account go before its rest.
        var order = item.Scope.Column is null ? 910 : 900;
        yaml.Append(
            CultureInfo.InvariantCulture,
            $"kind: AllocationRule\nname: assigned-{item.Id}\norder: {order}\nwhen:\n"
        );
        foreach (var (column, value) in item.Scope.Place.Select(Condition))
            yaml.Append(
                CultureInfo.InvariantCulture,
                $"  {column}: {(value is null ? "null" : YamlText.Quoted(value))}\n"
            );
        yaml.Append("set:\n");
        foreach (var (name, value) in set)
            yaml.Append(CultureInfo.InvariantCulture, $"  {name}: {YamlText.Quoted(value)}\n");
        var whose = string.Join(", ", set.Select(one => one.Value));
        return new RuleSuggestion(
            "assigned-" + item.Id,
            $"{item.Title} belongs to {whose}",
            $"Journal entry {made.Seq}: {OneLine(made.Fact.Reason)}",
            [new Money(item.Cost, item.Currency)],
            yaml.ToString(),
            item.Behind,
            IsReady: true
        );
    }

    private static string OneLine(string text) => string.Join(' ', text.Split('\n', '\r'));

    private static (string Column, string? Value) Condition(CostFilter filter) =>
        filter.Column == CostColumns.NameBeginning
            ? ("ResourceName", filter.Values[0] + "*")
            : (filter.Column, filter.Values[0]);

    /// <summary>The one unit that a person answers for; null when there are several or none.</summary>
    private string? OnlyUnitOf(string owner)
    {
        var list = SharedFields.OrganisationLists[SharedFields.IndexOf(field)];
        var units = view
            .Rulebook.All<Organisation>()
            .SelectMany(organisation => organisation.Lists)
            .Where(one => one.List == list)
            .SelectMany(one => one.Units)
            .Where(unit => unit.Owner == owner && unit.HoldsOn(view.Today))
            .Select(unit => unit.Id)
            .Distinct()
            .ToList();
        return units is [var only] ? only : null;
    }
}
