using Bursar.Core.Focus;
using Bursar.Understand.Ingestion;
using Bursar.Understand.Validation.Evaluation;
using Bursar.Understand.Validation.Rules;
using Bursar.Warehouse.DuckDb;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Validation.Across;

/// <summary>A file that is judged together with others.</summary>
/// <param name="Number">Which of the files, from 0.</param>
/// <param name="Subject">The file.</param>
/// <param name="Rules">What it is judged by.</param>
internal sealed record GatheredFile(int Number, Subject Subject, RuleSet Rules)
{
    public string Dataset => Subject.Dataset.ToString();
}

/// <summary>
/// Keeps of each file what rules across datasets ask for: the ids that datasets share, with their rows and billed cost.
/// There are few of them, however many rows a file has.
/// </summary>
/// <param name="session">The engine.</param>
internal sealed class GatherFiles(DuckDbSession session)
{
    /// <summary>One line per file and set of ids: columns of <see cref="Shared"/>, n, first_row, billed.</summary>
    public const string Ids = "across_ids";

    /// <summary>What charges say of contracts: file, dataset, child, parent, issuer, n, first_row.</summary>
    public const string Applied = "across_applied";

    /// <summary>The columns by which datasets are tied to one another.</summary>
    public static readonly string[] Shared =
    [
        "InvoiceIssuerName",
        "InvoiceId",
        "InvoiceDetailId",
        "BillingAccountId",
        "BillingPeriodStart",
        "BillingPeriodEnd",
        "BillingPeriodStatus",
        "BillingPeriodLastUpdated",
        "InvoiceDetailCreated",
        "InvoiceIssueStatus",
        "ChargeCategory",
        "BillingCurrency",
        "ContractId",
        "ContractCommitmentId",
    ];

    private readonly List<GatheredFile> files = [];

    public IReadOnlyList<GatheredFile> Files => files;

    /// <summary>Keeps the ids of a file, while it can be read.</summary>
    public void Add(int number, Subject subject, RuleSet rules, CancellationToken cancel)
    {
        if (files.Count == 0)
            Create();
        var file = new GatheredFile(number, subject, rules);
        files.Add(file);
        KeepIds(file, cancel);
        if (subject.Dataset == FocusDataset.CostAndUsage && subject.Find("ContractApplied") is not null)
            KeepApplied(file, cancel);
    }

    /// <summary>The billing currencies in the files.</summary>
    public IReadOnlyList<string> Currencies
    {
        get
        {
            var found = new List<string>();
            using var reader = session.Query(
                $"SELECT DISTINCT \"BillingCurrency\" FROM {Ids} WHERE \"BillingCurrency\" IS NOT NULL ORDER BY 1"
            );
            while (reader.Read())
                found.Add(reader.GetString(0));
            return found;
        }
    }

    /// <summary>Whether some file of a dataset has a column.</summary>
    public bool Has(string dataset, string column) =>
        files.Exists(file => file.Dataset == dataset && file.Subject.Find(column) is not null);

    private void Create()
    {
        var columns = string.Concat(Shared.Select(id => $", {SqlText.Name(id)} VARCHAR"));
        session.Execute(
            $"CREATE TEMP TABLE {Ids} (file INTEGER, dataset VARCHAR{columns}, n BIGINT, first_row BIGINT, billed DECIMAL(38,18))"
        );
        session.Execute(
            $"CREATE TEMP TABLE {Applied} (file INTEGER, dataset VARCHAR, child VARCHAR, parent VARCHAR, issuer VARCHAR, n BIGINT, first_row BIGINT)"
        );
    }

    private void KeepIds(GatheredFile file, CancellationToken cancel)
    {
        var subject = file.Subject;
        var billed = subject.Find("BilledCost");
        var (source, cells) = CellsSql.Of(
            subject,
            Shared.Append("BilledCost").Select(subject.Find).OfType<FileColumn>().Distinct(),
            $"rejects_across_{file.Number}"
        );
        var ids = string.Join(", ", Shared.Select(id => Id(subject, id)));
        var cost = billed is null ? "NULL::DECIMAL(38,18)" : $"focus_amount(c{billed.Position}, 0)";
        session.Execute(
            $"""
            INSERT INTO {Ids}
            SELECT {file.Number}, {SqlText.Literal(file.Dataset)}, {ids}, count(*), min(n), sum({cost})
            FROM (SELECT {string.Join(", ", cells.Prepend("row_number() OVER () AS n"))} FROM {source})
            GROUP BY {string.Join(", ", Enumerable.Range(3, Shared.Length))}
            """,
            cancel: cancel
        );
    }

    private void KeepApplied(GatheredFile file, CancellationToken cancel)
    {
        var subject = file.Subject;
        var (cell, issuer) = (subject.Find("ContractApplied")!, subject.Find("InvoiceIssuerName"));
        var (source, cells) = CellsSql.Of(
            subject,
            new[] { cell, issuer }.OfType<FileColumn>(),
            $"rejects_applied_{file.Number}"
        );
        var by = issuer is null ? "NULL::VARCHAR" : $"c{issuer.Position}";
        var rows =
            $"SELECT c{cell.Position} AS cell, {by} AS issuer, n FROM (SELECT {string.Join(", ", cells.Prepend("row_number() OVER () AS n"))} FROM {source})";
        session.Execute(
            $"""
            INSERT INTO {Applied}
            SELECT {file.Number}, {SqlText.Literal(file.Dataset)}, child, parent, issuer, count(*), min(n)
            FROM ({JsonList.Pairs(rows, "$.Elements[*].ContractCommitmentId", "$.Elements[*].ContractId")})
            WHERE child IS NOT NULL GROUP BY child, parent, issuer
            """,
            cancel: cancel
        );
    }

    /// <summary>A cell as it is compared: a time as a moment, however it is written; an empty one as nothing.</summary>
    private static string Id(Subject subject, string id)
    {
        if (subject.Find(id) is not { } column)
            return "NULL::VARCHAR";
        var text = $"nullif(c{column.Position}, '')";
        return FocusColumns.All.First(known => known.Id == id).Type == FocusType.DateTime
            ? $"coalesce(strftime(focus_timestamp({text}, 0), '%Y-%m-%dT%H:%M:%SZ'), {text})"
            : text;
    }
}
