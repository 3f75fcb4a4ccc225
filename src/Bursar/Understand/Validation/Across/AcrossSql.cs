using Bursar.Core.Amounts;
using Bursar.Understand.Validation.Evaluation;
using Bursar.Understand.Validation.Rules;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Validation.Across;

/// <summary>
/// What a rule across two datasets asks the engine: one line per broken set of ids with n, first_row, billed, currency
/// and the cells to show; and whether any line was in its scope at all.
/// </summary>
/// <param name="gathered">The files.</param>
/// <param name="file">The file that is judged.</param>
internal sealed class AcrossSql(GatherFiles gathered, GatheredFile file)
{
    private const string Ids = GatherFiles.Ids;

    /// <summary>The lines that the rule speaks of: broken or not, n, first_row, billed, currency, cells.</summary>
    public string Of(Rule rule)
    {
        var check = rule.Check!;
        return check.Kind switch
        {
            CheckKind.FoundIn => FoundIn(check),
            CheckKind.JsonFoundIn => JsonFoundIn(check),
            CheckKind.AgreesWith => AgreesWith(check),
            CheckKind.NotAfterClosing => NotAfterClosing(check),
            _ => Sums(check, rule.Condition),
        };
    }

    /// <summary>The columns of the cells that are shown.</summary>
    public static IReadOnlyList<string> Shown(Check check)
    {
        var other = FocusNames.Of(check.OtherDataset);
        return check.Kind switch
        {
            CheckKind.FoundIn => [.. check.Columns],
            CheckKind.JsonFoundIn => [.. Paths(check).Select(JsonList.KeyOf)],
            CheckKind.NotAfterClosing => [.. check.Columns, $"BillingPeriodLastUpdated of {other}"],
            _ => [.. check.Columns.Skip(1), check.Column, $"{check.Column} of {other}"],
        };
    }

    private string Own => $"{Ids} AS t WHERE t.file = {file.Number}";

    private static string Line => "t.n, t.first_row, t.billed, coalesce(t.\"BillingCurrency\", '') AS currency";

    private static IEnumerable<string> Paths(Check check) => check.Arguments.Skip(1).Take(2);

    private string FoundIn(Check check)
    {
        var keys = check.Columns.ToList();
        return $"""
            SELECT NOT EXISTS ({Other(check, keys)}) AS broken, {Line}, {Cells(keys.Select(T))}
            FROM {Own} AND {Given(keys)}{Scope(check)}
            """;
    }

    /// <summary>An issuer or month of which the other has nothing at all is not delivered yet, and not wrong.</summary>
    private string Scope(Check check)
    {
        string[] by =
            check.OtherDataset == "InvoiceDetail" ? ["InvoiceIssuerName", "BillingPeriodStart"] : ["InvoiceIssuerName"];
        var known = by.Where(id => file.Subject.Find(id) is not null && gathered.Has(check.OtherDataset, id)).ToList();
        return known.Count == 0 ? "" : $" AND EXISTS ({Other(check, known)})";
    }

    private string JsonFoundIn(Check check)
    {
        var issuer =
            gathered.Has(check.OtherDataset, "InvoiceIssuerName") && file.Subject.Find("InvoiceIssuerName") is not null
                ? $" AND EXISTS (SELECT 1 FROM {Ids} AS o WHERE o.dataset = {Name(check)} AND o.\"InvoiceIssuerName\" = t.issuer)"
                : "";
        var (child, parent) = (Paths(check).First(), Paths(check).Last());
        return $"""
            SELECT NOT EXISTS (
                SELECT 1 FROM {Ids} AS o WHERE o.dataset = {Name(check)}
                AND o.{SqlText.Name(JsonList.KeyOf(child).Replace("ID", "Id", StringComparison.Ordinal))} = t.child
                AND (t.parent IS NULL OR o.{SqlText.Name(JsonList.KeyOf(parent))} = t.parent)
              ) AS broken, t.n, t.first_row, NULL::DECIMAL(38,18) AS billed, '' AS currency, {Cells([
                "t.child",
                "t.parent",
            ])}
            FROM {GatherFiles.Applied} AS t WHERE t.file = {file.Number}{issuer}
            """;
    }

    private string AgreesWith(Check check)
    {
        var keys = check.Columns.Skip(1).ToList();
        var value = SqlText.Name(check.Column);
        var list = string.Join(", ", keys.Select(SqlText.Name));
        return $"""
            SELECT NOT list_contains(o.known, t.{value}) AS broken, {Line},
              {Cells(keys.Select(T).Append("t." + value).Append("array_to_string(list_sort(o.known), '; ')"))}
            FROM {Ids} AS t JOIN (
                SELECT {list}, list(DISTINCT {value}) AS known FROM {Ids}
                WHERE dataset = {Name(check)} AND {value} IS NOT NULL GROUP BY {list}
              ) AS o ON {string.Join(" AND ", keys.Select(id => $"o.{SqlText.Name(id)} = t.{SqlText.Name(id)}"))}
            WHERE t.file = {file.Number} AND t.{value} IS NOT NULL
            """;
    }

    private string NotAfterClosing(Check check)
    {
        var keys = check.Columns.Skip(1).ToList();
        var value = SqlText.Name(check.Column);
        return $"""
            SELECT t.{value} > o.closed AS broken, {Line}, {Cells(check.Columns.Select(T).Append("o.closed"))}
            FROM {Ids} AS t JOIN (
                SELECT {string.Join(
                ", ",
                keys.Select(SqlText.Name)
            )}, max("BillingPeriodLastUpdated") AS closed FROM {Ids}
                WHERE dataset = {Name(check)} AND "BillingPeriodStatus" = 'Closed' GROUP BY ALL
              ) AS o ON {string.Join(" AND ", keys.Select(id => $"o.{SqlText.Name(id)} = t.{SqlText.Name(id)}"))}
            WHERE t.file = {file.Number} AND t.{value} IS NOT NULL AND o.closed IS NOT NULL
            """;
    }

    /// <summary>
    /// All files of a dataset count, since an invoice may lie in several; FOCUS 1.4 lets rounding differ by the larger
    /// of 100 subunits of the currency and half the root of the number of rows in subunits.
    /// </summary>
    private string Sums(Check check, Check? condition)
    {
        var keys = check.Columns.Skip(1).ToList();
        var by = string.Join(", ", keys.Append("BillingCurrency").Select(SqlText.Name));
        string Side(string dataset) =>
            $"""
                SELECT {by}, sum(billed) AS billed, sum(n) AS n,
                  min(first_row) FILTER (file = {file.Number}) AS first_row
                FROM {Ids} WHERE dataset = {SqlText.Literal(dataset)} AND {Given(keys, "")}{Condition(
                    condition,
                    dataset
                )} GROUP BY {by}
                """;
        var joined = string.Join(
            " AND ",
            keys.Append("BillingCurrency")
                .Select(id => $"o.{SqlText.Name(id)} IS NOT DISTINCT FROM t.{SqlText.Name(id)}")
        );
        return $"""
            SELECT abs(t.billed - o.billed) > greatest(100, sqrt(greatest(t.n, o.n)) * 0.5) * {Subunit()} AS broken,
              1 AS n, t.first_row, t.billed - o.billed AS billed, coalesce(t."BillingCurrency", '') AS currency,
              {Cells(keys.Select(T).Append(Plain("t.billed")).Append(Plain("o.billed")))}
            FROM ({Side(file.Dataset)}) AS t JOIN ({Side(check.OtherDataset)}) AS o ON {joined}
            WHERE t.first_row IS NOT NULL AND t.billed IS NOT NULL AND o.billed IS NOT NULL
            """;
    }

    private static string Subunit(string code) => $"WHEN {SqlText.Literal(code)} THEN 1e-{new Currency(code).Decimals}";

    private string Subunit() =>
        gathered.Currencies.Count == 0
            ? "0.01"
            : $"CASE t.\"BillingCurrency\" {string.Join(' ', gathered.Currencies.Select(Subunit))} ELSE 0.01 END";

    /// <summary>The parts of a condition whose column the dataset has.</summary>
    private string Condition(Check? condition, string dataset)
    {
        var parts =
            condition is null ? []
            : condition.Kind == CheckKind.And ? condition.Items
            : [condition];
        return string.Concat(
            parts
                .Where(part => gathered.Has(dataset, part.Column))
                .Select(part =>
                    $" AND {SqlText.Name(part.Column)} IS {(part.Kind == CheckKind.Is ? "NOT " : "")}DISTINCT FROM {SqlText.Literal(part.Arguments[1])}"
                )
        );
    }

    private static string Other(Check check, IEnumerable<string> keys) =>
        $"SELECT 1 FROM {Ids} AS o WHERE o.dataset = {Name(check)}"
        + string.Concat(keys.Select(id => $" AND o.{SqlText.Name(id)} = t.{SqlText.Name(id)}"));

    private static string Given(IEnumerable<string> keys, string table = "t.") =>
        string.Join(" AND ", keys.Select(id => $"{table}{SqlText.Name(id)} IS NOT NULL"));

    private static string Name(Check check) => SqlText.Literal(check.OtherDataset);

    private static string T(string id) => "t." + SqlText.Name(id);

    /// <summary>An amount without the zeros that its storage adds.</summary>
    private static string Plain(string amount) => $"regexp_replace(CAST({amount} AS VARCHAR), '\\.?0+$', '')";

    private static string Cells(IEnumerable<string> cells) =>
        string.Join(", ", cells.Select((cell, i) => $"coalesce(left({cell}, 200), '') AS v{i}"));
}
