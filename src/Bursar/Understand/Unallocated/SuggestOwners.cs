using Bursar.Core.Amounts;
using Bursar.Understand.Allocation;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Unallocated;

/// <summary>
/// Suggests who owns a piece of work, and says why: tags that look alike, the register of items (CMDB), its
/// neighbours, the rest of its account.
/// </summary>
internal sealed class SuggestOwners(BooksView view, AskCosts ask, QueueColumns columns, CostQuery period, string field)
{
    /// <summary>So many spellings of tags are looked at.</summary>
    private const int SpellingsMax = 4;

    /// <summary>What holds for no more than this share of the cost is no suggestion.</summary>
    private const decimal Least = 0.5m;

    private readonly OwnerNames names = new(view, field);
    private readonly Dictionary<WorkScope, string> accountNames = [];
    private IReadOnlyList<(string Key, string Spelling)> tags = [];
    private IReadOnlyList<IReadOnlyDictionary<string, OwnedShare>> places = [];
    private IReadOnlyDictionary<WorkScope, OwnedShare> accounts = new Dictionary<WorkScope, OwnedShare>();
    private IReadOnlyList<PlacedCost> placed = [];
    private ItemOwners? register;

    private int Field => columns.After + 3;

    /// <summary>All cost of the period by place, owner, and what hints at one.</summary>
    public CostAnswer Read(CancellationToken cancel)
    {
        tags = Spellings(cancel);
        var answer = ask.Answer(
            period with
            {
                By =
                [
                    .. columns.By,
                    "x_Category",
                    "SubAccountName",
                    "BillingAccountName",
                    field,
                    .. tags.Select(tag => "Tags/" + tag.Spelling),
                ],
            },
            cancel
        );
        foreach (var row in answer.Rows)
        {
            var account = QueueColumns.AccountOf(row);
            if (account.Account is not null)
                accountNames.TryAdd(
                    account,
                    row.Keys[columns.After + (account.AccountColumn == "SubAccountId" ? 1 : 2)] ?? account.Account
                );
        }
        placed = [.. answer.Rows.Where(QueueColumns.IsDirect).Select(Placed)];
        places =
        [
            .. columns.Places.Select(
                (column, place) =>
                    QueueColumns.Within.Contains(column)
                        ? new Dictionary<string, OwnedShare>()
                        : QueueMath.Owners(
                            placed.Where(row => row.Places[place] is not null),
                            row => row.Places[place]!,
                            Least
                        )
            ),
        ];
        accounts = QueueMath.Owners(placed, row => row.Account, Least);
        register = ItemOwners.Of(view, ask, columns, period, field, cancel);
        return answer;
    }

    public PlacedCost Placed(CostRow row) =>
        new(QueueColumns.AccountOf(row), columns.PlacesOf(row), row.Keys[Field], row.Currency, row.Total);

    public bool IsUnowned(CostRow row) => row.Keys[Field] is null && QueueColumns.IsDirect(row);

    public string? AccountName(WorkScope scope) => accountNames.GetValueOrDefault(scope.Whole);

    /// <summary>The likely owner of some rows, with all that speaks for and against; null when nothing does.</summary>
    public SuggestedOwner? For(
        WorkScope scope,
        Currency currency,
        IReadOnlyList<CostRow> rows,
        ILookup<WorkScope, WorkScope> parts
    )
    {
        var whole = QueueMath.Sum(rows.Select(row => row.Total.Abs()));
        var hints = tags.Select((tag, i) => FromTag(tag, Field + 1 + i, rows, whole))
            .Append(register?.For(scope, currency, parts))
            .Concat(columns.Places.Select((column, place) => FromNeighbours(scope, column, place, rows, whole)))
            .Append(FromAccount(scope, currency, whole))
            .OfType<(string Owner, string Sentence)>()
            .ToList();
        if (hints.Count == 0)
            return null;
        var owner = hints[0].Owner;
        var against = hints.Where(hint => hint.Owner != owner).Select(hint => "But: " + hint.Sentence);
        return new SuggestedOwner(
            owner,
            names.Of(owner),
            string.Join(" ", hints.Where(hint => hint.Owner == owner).Select(hint => hint.Sentence).Concat(against))
        );
    }

    private (string Owner, string Sentence)? FromTag(
        (string Key, string Spelling) tag,
        int column,
        IReadOnlyList<CostRow> rows,
        Amount whole
    )
    {
        var tagged = rows.Where(row => row.Keys[column] is not null).ToList();
        if (Share(tagged, whole) is not { } covered || covered < Least)
            return null;
        return
            QueueMath.Largest(tagged.Select(row => (row.Keys[column]!, row.Total.Abs()))) is { } largest
            && largest.Share > Least
            ? (
                largest.Owner,
                $"{Percent(covered)} of it carries the tag {tag.Spelling}, which looks like {tag.Key}; "
                    + $"{(largest.Share == 1 ? "all of that" : $"{Percent(largest.Share)} of that")} says {names.Words(largest.Owner)}."
            )
            : null;
    }

    private (string Owner, string Sentence)? FromNeighbours(
        WorkScope scope,
        string column,
        int place,
        IReadOnlyList<CostRow> rows,
        Amount whole
    )
    {
        var owners = QueueColumns.Within.Contains(column)
            ? scope.Column == column
                ? QueueMath.Owners(
                    placed.Where(row => row.Account == scope.Whole && row.Places[place] is not null),
                    row => row.Places[place]!,
                    Least
                )
                : new Dictionary<string, OwnedShare>()
            : places[place];
        var known = rows.Select(row =>
                (
                    Row: row,
                    Owner: row.Keys[QueueColumns.First + place] is { } value ? owners.GetValueOrDefault(value) : null
                )
            )
            .Where(pair => pair.Owner?.TellsAbout(pair.Row.Total.Abs()) == true)
            .ToList();
        if (
            Share([.. known.Select(pair => pair.Row)], whole) is not { } covered
            || covered < Least
            || QueueMath.Largest(known.Select(pair => (pair.Owner!.Owner, pair.Row.Total.Abs()))) is not { } largest
            || largest.Share <= Least
        )
            return null;
        var owner = names.Words(largest.Owner);
        if (scope.Column == column)
            return (
                largest.Owner,
                $"{Of(owners[scope.Value!].Share)} the allocated cost of {ScopeWords.Part(scope)} belongs to {owner}."
            );
        var values = known
            .Where(pair => pair.Owner!.Owner == largest.Owner)
            .Select(pair => pair.Row.Keys[QueueColumns.First + place]!)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        var others =
            column == CostColumns.NameBeginning ? "resources whose names begin alike" : "the same resource groups";
        return (
            largest.Owner,
            $"{Percent(covered * largest.Share)} of it lies beside {others} ({Named(values)}) that belong to {owner}."
        );
    }

    private (string Owner, string Sentence)? FromAccount(WorkScope scope, Currency currency, Amount whole)
    {
        if (scope.Account is null || !accounts.TryGetValue(scope.Whole, out var share) || !share.TellsAbout(whole))
            return null;
        var owned = Web.Display.Short(new Money(share.Owned, currency));
        return (
            share.Owner,
            $"{Of(share.Share)} the allocated cost of account {AccountName(scope)} ({owned}) belongs to {names.Words(share.Owner)}."
        );
    }

    private IReadOnlyList<(string Key, string Spelling)> Spellings(CancellationToken cancel)
    {
        if (!view.Deliveries.Any(booked => booked.Delivery.ProfileColumns.Contains("Tags")))
            return [];
        var present = ask.Answer(period with { By = ["Tags"], Where = columns.IsUnowned }, cancel)
            .Rows.SelectMany(row => TagLookalikes.Read(row.Keys[0]).Keys)
            .ToHashSet();
        return
        [
            .. TagLookalikes
                .Of(view.Rulebook, field, present)
                .SelectMany(found => found.Spellings.Select(spelling => (found.Key, spelling)))
                .DistinctBy(found => found.spelling)
                .Take(SpellingsMax),
        ];
    }

    private static decimal? Share(List<CostRow> rows, Amount whole) =>
        rows.Count == 0 ? null : QueueMath.Sum(rows.Select(row => row.Total.Abs())).ShareOf(whole);

    private static string Named(List<string> values) =>
        string.Join(", ", values.Take(3)) + (values.Count > 3 ? $" and {values.Count - 3} more" : "");

    private static string Of(decimal share) => share == 1 ? "All of" : Percent(share) + " of";

    private static string Percent(decimal share) => Web.Display.Percent(share, 0);
}
