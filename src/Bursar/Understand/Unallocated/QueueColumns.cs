using Bursar.Core.Diagnostics;
using Bursar.Understand.Allocation;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Unallocated;

/// <summary>By which columns cost without an owner is looked at, and how a row of an answer is read.</summary>
internal sealed class QueueColumns
{
    private const string Direct = "Direct";

    /// <summary>Where the narrowing columns begin.</summary>
    public const int First = 4;

    private readonly string field;
    private readonly string[] places;

    public QueueColumns(BooksView view, string field)
    {
        this.field = field;
        var known = view.Deliveries.SelectMany(booked => booked.Delivery.ProfileColumns).ToHashSet();
        places =
        [
            .. known
                .Where(column =>
                    column.EndsWith("ResourceGroupName", StringComparison.OrdinalIgnoreCase)
                    || column.EndsWith("ResourceGroup", StringComparison.OrdinalIgnoreCase)
                )
                .Order(StringComparer.Ordinal),
            .. known.Contains("ResourceName") ? [CostColumns.NameBeginning] : Array.Empty<string>(),
            "ServiceName",
        ];
    }

    /// <summary>The columns that narrow an account.</summary>
    public IReadOnlyList<string> Places => places;

    /// <summary>Those of them whose values say nothing beyond the account: everybody uses the same services.</summary>
    public static IReadOnlySet<string> Within { get; } = new HashSet<string> { "ServiceName" };

    /// <summary>What every question groups by first.</summary>
    public IReadOnlyList<string> By =>
        ["ServiceProviderName", "SubAccountId", "BillingAccountId", CostColumns.AllocationType, .. places];

    /// <summary>
    /// Cost that nobody owns. What is in a pool of shared cost is divided among those who use it, or kept by a declared
    /// decision: it is not without an owner.
    /// </summary>
    public IReadOnlyList<CostFilter> IsUnowned => [new(this.field, [null]), new(CostColumns.AllocationType, [Direct])];

    /// <summary>Whether the row is in no pool of shared cost.</summary>
    public static bool IsDirect(CostRow row) => row.Keys[3] == Direct;

    /// <summary>The account of a row.</summary>
    public static WorkScope AccountOf(CostRow row) =>
        row.Keys[1] is { } sub ? new WorkScope(row.Keys[0], "SubAccountId", sub)
        : row.Keys[2] is { } billing ? new WorkScope(row.Keys[0], "BillingAccountId", billing)
        : new WorkScope(row.Keys[0], null, null);

    public IReadOnlyList<string?> PlacesOf(CostRow row) => [.. row.Keys.Skip(First).Take(places.Length)];

    /// <summary>The column that follows those of <see cref="By"/>.</summary>
    public int After => First + places.Length;

    /// <summary>The shared field by the name that people write: x_CostCentre, CostCentre.</summary>
    /// <exception cref="RefusedException">There is none of that name.</exception>
    public static string Field(string? asked)
    {
        if (asked is null)
            return SuggestRules.Field;
        return CostColumns.SharedFields.FirstOrDefault(name =>
                name.Equals(asked, StringComparison.OrdinalIgnoreCase)
                || name[2..].Equals(asked, StringComparison.OrdinalIgnoreCase)
            )
            ?? throw new RefusedException(
                "unallocated/unknown-field",
                $"\"{asked}\" is no field that says whose cost is.{DidYouMean.Question(asked, CostColumns.SharedFields)}",
                $"Write one of {string.Join(", ", CostColumns.SharedFields)}.",
                exitCode: 2
            );
    }
}
