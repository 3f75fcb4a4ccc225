using Bursar.Core.Amounts;
using Bursar.Rulebooks;
using Bursar.Understand.Allocation;
using Bursar.Understand.Allocation.Items;
using Bursar.Understand.Inventory;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Unallocated;

/// <summary>What the register of items (CMDB, service registry) says about cost that no rule gives an owner.</summary>
internal sealed class ItemOwners
{
    private const decimal Least = 0.5m;

    private readonly OwnerNames names;
    private readonly QueueColumns columns;
    private readonly IReadOnlyList<(CostRow Row, string? Owner)> rows;
    private ILookup<(WorkScope, Currency), (CostRow Row, string? Owner)>? byScope;

    private ItemOwners(OwnerNames names, QueueColumns columns, IReadOnlyList<(CostRow, string?)> rows) =>
        (this.names, this.columns, this.rows) = (names, columns, rows);

    /// <summary>Reads the register; null when the rulebook has none.</summary>
    public static ItemOwners? Of(
        BooksView view,
        AskCosts ask,
        QueueColumns columns,
        CostQuery period,
        string field,
        CancellationToken cancel
    )
    {
        var day = period.To!.Value.AddDays(-1);
        var items = view
            .Rulebook.All<ConfigurationItems>()
            .SelectMany(document => document.AllIn(view.Rulebook))
            .Where(item => item.HoldsOn(day))
            .ToList();
        if (items.Count == 0)
            return null;
        var lookup = new ItemLookup(items);
        var organisation = new OrganisationDirectory(view.Rulebook.All<Organisation>());
        var place = SharedFields.IndexOf(field);
        var answer = ask.Answer(
            period with
            {
                By = [.. columns.By, "ResourceId", "ResourceName", "SubAccountName", "x_Application"],
                Where = columns.IsUnowned,
            },
            cancel
        );
        return new ItemOwners(
            new OwnerNames(view, field),
            columns,
            [.. answer.Rows.Select(row => (row, OwnerOf(row)))]
        );

        string? OwnerOf(CostRow row)
        {
            var after = columns.After;
            var item = lookup.Find([
                row.Keys[after],
                row.Keys[after + 1],
                row.Keys[1],
                row.Keys[after + 2],
                null,
                row.Keys[after + 3],
            ]);
            if (item is null)
                return null;
            var values = new string?[SharedFields.Count];
            values[SharedFields.Application] = item.Application;
            values[SharedFields.Owner] = item.Owner;
            organisation.Fill(values, new string?[SharedFields.Count], day);
            return values[place];
        }
    }

    /// <summary>Whom the items of a piece of work belong to, when that is most of its cost.</summary>
    public (string Owner, string Sentence)? For(WorkScope scope, Currency currency, ILookup<WorkScope, WorkScope> parts)
    {
        byScope ??= rows.ToLookup(pair =>
            (
                QueueMath.ScopeOf(QueueColumns.AccountOf(pair.Row), columns.PlacesOf(pair.Row), columns.Places, parts),
                pair.Row.Currency
            )
        );
        var here = byScope[(scope, currency)].ToList();
        var known = here.Where(pair => pair.Owner is not null).ToList();
        var covered = QueueMath
            .Sum(known.Select(pair => pair.Row.Total.Abs()))
            .ShareOf(QueueMath.Sum(here.Select(pair => pair.Row.Total.Abs())));
        if (
            covered is not { } share
            || share < Least
            || QueueMath.Largest(known.Select(pair => (pair.Owner!, pair.Row.Total.Abs()))) is not { } largest
            || largest.Share <= Least
        )
            return null;
        return (
            largest.Owner,
            $"The register of items (CMDB) knows {Web.Display.Percent(share, 0)} of it, and says {names.Words(largest.Owner)}."
        );
    }
}
