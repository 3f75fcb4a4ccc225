using System.Collections.Frozen;
using Bursar.Core.Diagnostics;
using Bursar.Core.Focus;

namespace Bursar.Warehouse.Queries;

/// <summary>The columns a question may group and filter by, and what they are in SQL.</summary>
public static class CostColumns
{
    /// <summary>The seven shared fields that allocation sets on every charge.</summary>
    public static IReadOnlyList<string> SharedFields { get; } =
    ["x_CostCentre", "x_Product", "x_Application", "x_LegalEntity", "x_Environment", "x_Project", "x_Owner"];

    /// <summary>The column of the names of <see cref="CostQuery.Scopes"/>.</summary>
    public const string Scopes = "x_Scopes";

    /// <summary>The column of the shared cost (a pool) that a charge is in, or that a part comes from.</summary>
    public const string SharedCost = "x_SharedCost";

    /// <summary>The column of who receives a part of a shared cost.</summary>
    public const string SharedReceiver = "x_SharedReceiver";

    /// <summary>
    /// The column that says how cost came to whom it is shown under: Direct, Shared, Distributed, Central,
    /// Residual.
    /// </summary>
    public const string AllocationType = "x_AllocationType";

    /// <summary>
    /// The column of the beginning of the name of a resource, up to the first dash, dot, slash or underscore: "web-".
    /// </summary>
    public const string NameBeginning = "x_NameBeginning";

    /// <summary>The column of the tags of whom a provider gave a part that it split off (FOCUS 1.3).</summary>
    public const string AllocatedTags = "AllocatedTags";

    /// <summary>The column of the method by which a provider split a charge (FOCUS 1.3).</summary>
    public const string AllocatedMethod = "AllocatedMethodId";

    /// <summary>The column that holds the rule that set a shared field: x_CostCentre → x_CostCentreRule.</summary>
    public static string RuleOf(string sharedField) => sharedField + "Rule";

    /// <summary>Columns that are derived from the delivery rather than the row.</summary>
    private static readonly FrozenDictionary<string, string> Derived = new Dictionary<string, string>
    {
        ["BillingPeriodStart"] = "strftime(d.x_BillingPeriod, '%Y-%m-%d')",
        ["x_BillingPeriod"] = "strftime(d.x_BillingPeriod, '%Y-%m')",
        ["x_Source"] = "p.x_Source",
        ["x_DeliveryId"] = "CAST(d.x_DeliveryKey AS VARCHAR)",
        ["x_Category"] = "p.x_Category",
        ["x_FilledFields"] =
            "CAST("
            + string.Join(" + ", SharedFields.Select(field => $"(CASE WHEN p.{field} IS NULL THEN 0 ELSE 1 END)"))
            + " AS VARCHAR)",
    }.ToFrozenDictionary();

    /// <summary>Finds today's id for what was asked: the id itself, another case of it, an older id.</summary>
    /// <exception cref="RefusedException">No delivery has such a column.</exception>
    public static string Resolve(string asked, IReadOnlySet<string> available, ICollection<string> notes)
    {
        if (asked == Scopes || (asked.StartsWith("Tags/", StringComparison.Ordinal) && asked.Length > 5))
            return asked;
        if (FocusColumns.Aliases.TryGetValue(asked, out var today))
        {
            AddOnce(notes, $"{asked} was read as {today}, its id in FOCUS 1.4.");
            return today;
        }
        var id =
            Known(available).FirstOrDefault(known => known == asked)
            ?? Known(available).FirstOrDefault(known => known.Equals(asked, StringComparison.OrdinalIgnoreCase));
        if (id is not null)
            return id;
        throw NoSuchColumn(asked, available);
    }

    /// <summary>Whether any delivery has the column, or it is derived for all.</summary>
    public static bool IsKnown(string asked, IReadOnlySet<string> available) =>
        asked.StartsWith("Tags/", StringComparison.Ordinal)
        || FocusColumns.Aliases.ContainsKey(asked)
        || Known(available).Contains(asked, StringComparer.OrdinalIgnoreCase);

    /// <summary>The SQL of a resolved column over a profile row p and a daily row d.</summary>
    internal static string Sql(string id, IReadOnlySet<string> available)
    {
        if (id.StartsWith("Tags/", StringComparison.Ordinal))
            return TagSql(id[5..], available);
        if (id == NameBeginning)
            return available.Contains("ResourceName")
                ? "nullif(regexp_extract(p.ResourceName, '^[^-_./*]{3,}[-_./]'), '')"
                : "NULL::VARCHAR";
        if (Derived.TryGetValue(id, out var sql))
            return sql;
        return available.Contains(id) || IsSet(id) ? "p." + SqlText.Name(id) : "NULL::VARCHAR";
    }

    /// <summary>
    /// A tag of a charge; of a part that the provider split off, the tag of who received it comes first.
    /// </summary>
    private static string TagSql(string key, IReadOnlySet<string> available)
    {
        var path = SqlText.Literal("$." + SqlText.Name(key));
        var found = new[] { AllocatedTags, "Tags" }
            .Where(available.Contains)
            .Select(column => $"json_extract_string(p.{column}, {path})")
            .ToList();
        return found.Count switch
        {
            0 => "NULL::VARCHAR",
            1 => found[0],
            _ => $"coalesce({string.Join(", ", found)})",
        };
    }

    /// <summary>Whether allocation sets the column: a shared field, the rule of one, what is shared.</summary>
    private static bool IsSet(string id) =>
        SharedFields.Contains(id)
        || SharedFields.Any(field => RuleOf(field) == id)
        || id is SharedCost or SharedReceiver or AllocationType;

    /// <summary>Whether the column comes from the daily row, so that it must survive the first sum.</summary>
    internal static bool IsDaily(string id) => id is "BillingPeriodStart" or "x_BillingPeriod";

    private static IEnumerable<string> Known(IReadOnlySet<string> available) =>
        available
            .Concat(SharedFields)
            .Concat(SharedFields.Select(RuleOf))
            .Concat([SharedCost, SharedReceiver, AllocationType, NameBeginning])
            .Concat(Derived.Keys)
            .Concat(FocusColumns.CostAndUsage.Values.Where(IsAttribute).Select(column => column.Id));

    private static bool IsAttribute(FocusColumn column) => column.Type is not (FocusType.Decimal or FocusType.DateTime);

    private static RefusedException NoSuchColumn(string asked, IReadOnlySet<string> available)
    {
        if (FocusColumns.CostAndUsage.TryGetValue(asked, out var column) && !IsAttribute(column))
            return new(
                "costs/not-a-dimension",
                $"{asked} is an amount or a time, not something to group or filter by.",
                column.Type == FocusType.DateTime
                    ? "Use --over, --from and --to for time."
                    : "Use --measure for the cost columns.",
                exitCode: 2
            );
        return new(
            "costs/unknown-column",
            $"No delivery has a column \"{asked}\".{DidYouMean.Question(asked, Known(available).Distinct())}",
            "Columns are FOCUS ids, x_ columns and Tags/key; case does not matter.",
            exitCode: 2
        );
    }

    private static void AddOnce(ICollection<string> notes, string note)
    {
        if (!notes.Contains(note))
            notes.Add(note);
    }
}
