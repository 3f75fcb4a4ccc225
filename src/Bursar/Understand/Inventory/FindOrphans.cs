using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Rulebooks;
using Bursar.Understand.Allocation;
using Bursar.Understand.Allocation.Items;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Inventory;

/// <summary>How far cost can be followed: to a configuration item, its application and its owner.</summary>
internal enum CostLink
{
    /// <summary>Item, application and owner are known.</summary>
    Linked,

    /// <summary>No configuration item has this cost.</summary>
    NoItem,

    /// <summary>There is an item, and nothing says to which application it belongs.</summary>
    NoApplication,

    /// <summary>Item and application are known, and nobody answers for them.</summary>
    NoOwner,

    /// <summary>Tax and credits of an invoice belong to no item.</summary>
    TaxAndCredits,
}

/// <summary>The cost of a month by how far it can be followed. The parts sum to the total, to the last digit.</summary>
/// <param name="Total">All cost.</param>
/// <param name="Parts">Every link, also those without cost.</param>
/// <param name="WithoutApplication">What no application is known of, with or without an item.</param>
/// <param name="WithoutOwner">What no owner is known of, with or without an item.</param>
/// <param name="Largest">Orphan cost by where it arises, largest first, the rest as one.</param>
internal sealed record OrphanCost(
    Money Total,
    IReadOnlyList<(CostLink Link, Amount Cost)> Parts,
    Amount WithoutApplication,
    Amount WithoutOwner,
    IReadOnlyList<OrphanPart> Largest
);

/// <summary>Orphan cost of one place: what is missing, and where it arises.</summary>
internal sealed record OrphanPart(CostLink? Link, string? Account, string? Service, string? Resource, Amount Cost);

/// <summary>Orphan cost and orphan items of a period.</summary>
/// <param name="Query">The question behind it.</param>
/// <param name="Costs">One for each currency.</param>
/// <param name="Items">Items that hold in the period and have no cost in it.</param>
/// <param name="ItemCount">Items that hold in the period.</param>
/// <param name="Notes">What a reader must know.</param>
internal sealed record Orphans(
    CostQuery Query,
    IReadOnlyList<OrphanCost> Costs,
    IReadOnlyList<ConfigurationItem> Items,
    int ItemCount,
    IReadOnlyList<string> Notes
);

/// <summary>
/// Finds cost that no configuration item, application or owner explains, and items that cost nothing.
/// </summary>
internal sealed class FindOrphans(BooksView view)
{
    private static readonly string[] By =
    [
        "ResourceId",
        "ResourceName",
        "SubAccountId",
        "SubAccountName",
        "ServiceName",
        "x_Application",
        "x_Owner",
    ];

    private readonly AskCosts ask = new(view);
    private readonly OrganisationDirectory organisation = new(view.Rulebook.All<Organisation>());
    private readonly IReadOnlyList<ConfigurationItem> items =
    [
        .. view.Rulebook.All<ConfigurationItems>().SelectMany(document => document.AllIn(view.Rulebook)),
    ];

    /// <param name="period">The days.</param>
    /// <param name="top">So many places of orphan cost are shown one by one.</param>
    /// <param name="cancel">Ends the asking.</param>
    public Orphans Of(DateRange period, int top, CancellationToken cancel)
    {
        var query = view.Lens.Over(
            new CostQuery
            {
                Measure = ReportSubject.Measure(view),
                From = period.Start,
                To = period.End,
            }
        );
        var whole = ask.Answer(query, cancel);
        var used = new HashSet<ConfigurationItem>(ReferenceEqualityComparer.Instance);
        var rows = Intervals(period).SelectMany(days => Rows(query, days, used, cancel)).ToList();
        var held = items.Where(item => item.Overlaps(new Days(period))).ToList();
        return new Orphans(
            query,
            [.. whole.Totals.Select(total => Cost(total, [.. rows.Where(row => row.Currency == total.Currency)], top))],
            [.. held.Where(item => !used.Contains(item)).OrderBy(item => item.Id, StringComparer.Ordinal)],
            held.Count,
            whole.Notes
        );
    }

    private sealed record Days(DateRange Range) : IEffectiveDated
    {
        public DateOnly? From => Range.Start;

        public DateOnly? To => Range.End;
    }

    /// <summary>A group of charges, and how far it can be followed.</summary>
    private sealed record LinkedRow(
        CostLink Link,
        bool HasApplication,
        bool HasOwner,
        IReadOnlyList<string?> Keys,
        Currency Currency,
        Amount Cost,
        Amount TaxAndCredits
    );

    private IEnumerable<LinkedRow> Rows(
        CostQuery query,
        DateRange days,
        HashSet<ConfigurationItem> used,
        CancellationToken cancel
    )
    {
        var lookup = new ItemLookup(items.Where(item => item.HoldsOn(days.Start)));
        var asked = query with { By = By, From = days.Start, To = days.End, Split = CostSplit.Tax | CostSplit.Credits };
        foreach (var row in ask.Answer(asked, cancel).Rows)
        {
            var item = lookup.Find(row.Keys);
            if (item is not null && (!row.Cost.IsZero || row.Charges > 0))
                used.Add(item);
            var application = item?.Application ?? row.Keys[5];
            var owner = item?.Owner ?? OwnerOf(application, row.Keys[6], days.Start);
            var link =
                item is null ? CostLink.NoItem
                : application is null ? CostLink.NoApplication
                : owner is null ? CostLink.NoOwner
                : CostLink.Linked;
            yield return new LinkedRow(
                link,
                application is not null,
                owner is not null,
                row.Keys,
                row.Currency,
                row.Cost,
                row.Tax + row.Credits
            );
        }
    }

    private string? OwnerOf(string? application, string? owner, DateOnly day)
    {
        if (owner is not null || application is null)
            return owner;
        var values = new string?[SharedFields.Count];
        values[SharedFields.Application] = application;
        organisation.Fill(values, new string?[SharedFields.Count], day);
        return values[SharedFields.Owner];
    }

    private static OrphanCost Cost(Money total, List<LinkedRow> rows, int top)
    {
        var parts = Enum.GetValues<CostLink>()
            .Select(link =>
                (
                    link,
                    link == CostLink.TaxAndCredits
                        ? Sum(rows.Select(row => row.TaxAndCredits))
                        : Sum(rows.Where(row => row.Link == link).Select(row => row.Cost))
                )
            )
            .ToList();
        var places = rows.Where(row => row.Link != CostLink.Linked)
            .GroupBy(row =>
                (
                    row.Link,
                    Account: row.Keys[3] ?? row.Keys[2],
                    Service: row.Keys[4],
                    Resource: row.Keys[1] ?? row.Keys[0]
                )
            )
            .Select(same => new OrphanPart(
                same.Key.Link,
                same.Key.Account,
                same.Key.Service,
                same.Key.Resource,
                Sum(same.Select(row => row.Cost))
            ))
            .Where(part => !part.Cost.IsZero)
            .OrderByDescending(part => part.Cost)
            .ThenBy(part => $"{part.Account}\u0001{part.Service}\u0001{part.Resource}", StringComparer.Ordinal)
            .ToList();
        var rest = places.Skip(top).ToList();
        return new OrphanCost(
            total,
            parts,
            Sum(rows.Where(row => !row.HasApplication).Select(row => row.Cost)),
            Sum(rows.Where(row => !row.HasOwner).Select(row => row.Cost)),
            rest.Count == 0
                ? places
                :
                [
                    .. places.Take(top),
                    new OrphanPart(
                        null,
                        $"({rest.Count} other places)",
                        null,
                        null,
                        Sum(rest.Select(part => part.Cost))
                    ),
                ]
        );
    }

    private static Amount Sum(IEnumerable<Amount> amounts) =>
        amounts.Aggregate(Amount.Zero, (sum, amount) => sum + amount);

    /// <summary>Cuts the period on the days on which an item or the organisation changes.</summary>
    private IEnumerable<DateRange> Intervals(DateRange period)
    {
        var cuts = items
            .SelectMany(item => new[] { item.From, item.To })
            .OfType<DateOnly>()
            .Concat(organisation.ChangeDays)
            .Where(day => day > period.Start && day < period.End)
            .Distinct()
            .Order()
            .ToList();
        return cuts.Prepend(period.Start).Zip(cuts.Append(period.End), (start, end) => new DateRange(start, end));
    }
}
