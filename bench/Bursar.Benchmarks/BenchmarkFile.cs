using Bursar.Warehouse.DuckDb;

namespace Bursar.Benchmarks;

/// <summary>
/// Makes FOCUS files whose resources keep their attributes, as those of providers do: same rows, same bytes.
/// </summary>
internal static class BenchmarkFile
{
    /// <summary>Raised when the files change, so that older ones are not taken for them.</summary>
    private const string Version = "v3";

    /// <summary>In a month.</summary>
    private const int RowsPerResource = 25;

    public static string Folder { get; } =
        Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "bursar-bench")).FullName;

    /// <summary>
    /// The path of a file with so many rows over so many billing periods; made when it is not there yet.
    /// </summary>
    public static string Of(long rows, int months, string ending = "csv")
    {
        var path = Path.Combine(Folder, $"focus-{Version}-{rows}-{months}.{ending}");
        if (File.Exists(path))
            return path;
        Console.Error.WriteLine($"Making {path}");
        using var engine = DuckDbEngine.Open(
            new DuckDbOptions { MemoryLimitBytes = 4_000_000_000, TempDirectory = Folder }
        );
        using var session = engine.Connect();
        var format = ending switch
        {
            "parquet" => "(FORMAT parquet)",
            "csv.gz" => "(FORMAT csv, HEADER, COMPRESSION gzip)",
            _ => "(FORMAT csv, HEADER)",
        };
        session.Execute($"COPY ({Rows(rows, months)}) TO '{path}.new' {format}");
        File.Move(path + ".new", path);
        return path;
    }

    /// <summary>The files of one month, each a step in which it grows; parquet, as large exports are.</summary>
    public static IReadOnlyList<string> PartsOfMonth(long rows, int parts)
    {
        var paths = new List<string>();
        for (var part = 0; part < parts; part++)
        {
            var path = Path.Combine(Folder, $"focus-{Version}-{rows}-part-{part + 1}-of-{parts}.parquet");
            paths.Add(path);
            if (File.Exists(path))
                continue;
            using var engine = DuckDbEngine.Open(
                new DuckDbOptions { MemoryLimitBytes = 4_000_000_000, TempDirectory = Folder }
            );
            using var session = engine.Connect();
            var span = $"range({rows * part / parts}, {rows * (part + 1) / parts})";
            session.Execute($"COPY ({Rows(rows, months: 1, span)}) TO '{path}.new' (FORMAT parquet, COMPRESSION zstd)");
            File.Move(path + ".new", path);
        }
        return paths;
    }

    private static string Rows(long rows, int months, string? span = null)
    {
        var resources = Math.Max(rows / (RowsPerResource * months), 100);
        // Each month in turn; a resource is charged on 25 of its days.
        var month = $"i // {resources * RowsPerResource} % {months}";
        var first = months == 1 ? "DATE '2026-09-01'" : "DATE '2025-10-01'";
        var day =
            $"CAST({first} + to_months(CAST({month} AS INTEGER)) AS DATE) + CAST((i // {resources} + r) % 28 AS INTEGER)";
        var cost =
            "(hash(r, 3) % 90000 + hash(i, 5) % 10000)::DECIMAL(38,12) / 1000000 + (hash(i) % 1000000)::DECIMAL(38,12) * 0.000000000001";
        return $$"""
            SELECT
              'us-east-1' || chr(97 + (r % 3)::INTEGER) AS AvailabilityZone,
              CAST(CASE WHEN i % 50 = 0 THEN 0 ELSE cost END AS VARCHAR) AS BilledCost,
              'payer-' || (r % 3) AS BillingAccountId, 'Payer ' || (r % 3) AS BillingAccountName, 'USD' AS BillingCurrency,
              strftime(date_trunc('month', day) + INTERVAL 1 MONTH, '%Y-%m-%dT00:00:00Z') AS BillingPeriodEnd,
              strftime(date_trunc('month', day), '%Y-%m-%dT00:00:00Z') AS BillingPeriodStart,
              CASE WHEN r % 97 = 0 THEN 'Tax' ELSE 'Usage' END AS ChargeCategory, NULL AS ChargeClass,
              '$' || (hash(r, 7) % 1000) / 1000.0 || ' per hour of service ' || (r % 150) || ' usage type ' || (r % 900) AS ChargeDescription,
              'Usage-Based' AS ChargeFrequency,
              strftime(day + INTERVAL 1 DAY, '%Y-%m-%dT00:00:00Z') AS ChargePeriodEnd, strftime(day, '%Y-%m-%dT00:00:00Z') AS ChargePeriodStart,
              CASE WHEN r % 9 = 0 THEN 'Spend' END AS CommitmentDiscountCategory,
              CASE WHEN r % 9 = 0 THEN 'arn:aws:savingsplans::' || (r % 20) END AS CommitmentDiscountId,
              CASE WHEN r % 9 = 0 THEN 'Savings Plan' END AS CommitmentDiscountType,
              CAST(hash(i, 9) % 100000 / 1000.0 AS VARCHAR) AS ConsumedQuantity, 'Hours' AS ConsumedUnit,
              CAST(cost * 0.9 AS DECIMAL(38,12))::VARCHAR AS ContractedCost, CAST((hash(r, 7) % 1000) / 1000.0 AS VARCHAR) AS ContractedUnitPrice,
              CAST(cost * 0.8 AS DECIMAL(38,12))::VARCHAR AS EffectiveCost, 'Amazon Web Services, Inc.' AS InvoiceIssuerName,
              CAST(cost * 1.2 AS DECIMAL(38,12))::VARCHAR AS ListCost, CAST((hash(r, 7) % 1000) / 900.0 AS DECIMAL(12,8))::VARCHAR AS ListUnitPrice,
              CASE WHEN r % 9 = 0 THEN 'Committed' ELSE 'Standard' END AS PricingCategory,
              CAST(hash(i, 9) % 100000 / 1000.0 AS VARCHAR) AS PricingQuantity, 'Hours' AS PricingUnit,
              ['AWS', 'Microsoft', 'Google Cloud'][1 + (r % 3)::INTEGER] AS ProviderName,
              ['AWS', 'Microsoft', 'Google Cloud'][1 + (r % 3)::INTEGER] AS PublisherName,
              'us-east-' || (r % 5) AS RegionId, 'US East ' || (r % 5) AS RegionName,
              'arn:aws:ec2:us-east-' || (r % 5) || ':' || (100000000000 + hash(r, 2) % 400) || ':instance/i-' || printf('%016x', hash(r)) AS ResourceId,
              'name-' || r AS ResourceName, 'Type ' || (r % 40) AS ResourceType,
              ['Compute', 'Storage', 'Databases', 'Networking', 'AI and Machine Learning'][1 + (r % 5)::INTEGER] AS ServiceCategory,
              'Service ' || (r % 150) AS ServiceName,
              'sku-' || (r % 2000) AS SkuId, 'sku-' || (r % 2000) || '.price-' || (r % 3) AS SkuPriceId,
              CAST(100000000000 + hash(r, 2) % 400 AS VARCHAR) AS SubAccountId, 'account-' || (hash(r, 2) % 400) AS SubAccountName,
              '{"cost-centre": "' || (4000 + hash(r, 12) % 300 % 60) || '", "app": "app-' || (hash(r, 12) % 300)
                || '", "env": "' || ['prod', 'test', 'dev', 'staging'][1 + (hash(r, 13) % 4)::INTEGER] || '", "name": "host-' || r || '"}' AS Tags,
              'operation-' || (r % 60) AS x_Operation, 'usage-' || (r % 900) AS x_UsageType
            FROM (SELECT i, r, {{day}} AS day, CAST({{cost}} AS DECIMAL(24,12)) AS cost
              FROM (SELECT range AS i, range % {{resources}} AS r FROM {{span ?? $"range({rows})"}}))
            """;
    }
}
