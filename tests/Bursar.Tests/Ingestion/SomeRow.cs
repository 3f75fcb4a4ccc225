namespace Bursar.Tests.Ingestion;

/// <summary>A row of a small FOCUS 1.0 file; say only what the test is about.</summary>
internal sealed record SomeRow
{
    public static readonly string[] Columns =
    [
        "BillingAccountId",
        "BillingPeriodStart",
        "BillingPeriodEnd",
        "ChargePeriodStart",
        "ChargePeriodEnd",
        "BilledCost",
        "EffectiveCost",
        "ListCost",
        "ContractedCost",
        "BillingCurrency",
        "ProviderName",
        "ServiceName",
        "ChargeCategory",
        "ResourceId",
        "Tags",
        "ChargeDescription",
    ];

    public SomeRow() { }

    /// <summary>A row that costs the same in all four measures.</summary>
    public SomeRow(string cost) => Billed = Effective = List = Contracted = cost;

    public string Account { get; init; } = "a1";

    public string Month { get; init; } = "2026-03";

    /// <summary>When the charge starts; the first of the month without.</summary>
    public string? Start { get; init; }

    /// <summary>When it ends; an hour after the first of the month without.</summary>
    public string? End { get; init; }

    public string Billed { get; init; } = "1";

    public string Effective { get; init; } = "1";

    public string List { get; init; } = "1";

    public string Contracted { get; init; } = "1";

    public string Currency { get; init; } = "USD";

    public string Provider { get; init; } = "AWS";

    public string Service { get; init; } = "EC2";

    public string Category { get; init; } = "Usage";

    public string Resource { get; init; } = "i-1";

    public string Tags { get; init; } = "";

    public string Description { get; init; } = "an hour";

    public string BillingStart => Month + "-01T00:00:00Z";

    public string BillingEnd =>
        DateOnly.ParseExact(Month + "-01", "yyyy-MM-dd").AddMonths(1).ToString("yyyy-MM-dd") + "T00:00:00Z";

    public IReadOnlyList<string> Cells =>
        [
            Account,
            BillingStart,
            BillingEnd,
            Start ?? BillingStart,
            End ?? Month + "-01T01:00:00Z",
            Billed,
            Effective,
            List,
            Contracted,
            Currency,
            Provider,
            Service,
            Category,
            Resource,
            Tags,
            Description,
        ];

    /// <summary>A file of these rows, quoted where needed.</summary>
    public static string Csv(params IEnumerable<SomeRow> rows) => Csv(",", "\n", rows);

    public static string Csv(string delimiter, string lineEnd, params IEnumerable<SomeRow> rows) =>
        string.Concat(
            rows.Select(row => row.Cells)
                .Prepend(Columns)
                .Select(cells => string.Join(delimiter, cells.Select(cell => Quoted(cell, delimiter))) + lineEnd)
        );

    /// <summary>The same with more columns, "x_Team" and the like, the same value in each row of them.</summary>
    public static string CsvWith(string header, Func<int, string> cell, params IReadOnlyList<SomeRow> rows) =>
        string.Join(',', Columns.Append(header))
        + "\n"
        + string.Concat(
            rows.Select(
                (row, i) => string.Join(',', row.Cells.Append(cell(i)).Select(text => Quoted(text, ","))) + "\n"
            )
        );

    public static string Quoted(string cell, string delimiter) =>
        cell.Contains('"') || cell.Contains(delimiter) || cell.Contains('\n') || cell.Contains('\r')
            ? $"\"{cell.Replace("\"", "\"\"")}\""
            : cell;
}
