using System.Globalization;
using Bursar.Understand.Ingestion.Prices;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.DuckDb;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Ingestion.Mappings;

/// <summary>
/// Makes of each record of a log one row for each thing that it measures, with its price: tokens by class,
/// core-hours, GiB-hours.
/// </summary>
/// <param name="mapping">What is measured, and by which words its price is found.</param>
/// <param name="sql">The file's columns.</param>
/// <param name="number">The column with the number of a record.</param>
internal sealed class MeterRows(Mapping mapping, ExpressionSql sql, string number)
{
    private const string Index = "\"raw/i\"";

    private const string Price = "\"raw/price\"";

    private const string OwnCost = "\"raw/own\"";

    private const int GapsMax = 12;

    /// <summary>How a sentence about a missing price begins.</summary>
    public const string GapBegins = "No price for ";

    private static string Mark => $"chr({(int)PriceRows.Mark})";

    /// <summary>The rows of the records as a table.</summary>
    public string Of(string records) =>
        $"""
            (SELECT *, coalesce({OwnCost}, CASE WHEN {Part(1)} <> '' THEN exact_divide(exact_multiply(exact_multiply(
                {Quantity}, {Part(1)}), {Part(2)}), {Part(3)}) END) AS {ExpressionSql.OfMeter["priced_cost"]},
              CASE WHEN {Part(5)} = '' THEN NULL WHEN {Part(2)} = '1' THEN {Part(1)}
                ELSE exact_multiply({Part(1)}, {Part(2)}) END AS {ExpressionSql.OfMeter["rate"]},
              nullif({Part(3)}, '') AS {ExpressionSql.OfMeter["rate_block"]},
              nullif({Part(4)}, '') AS {ExpressionSql.OfMeter["rate_currency"]},
              nullif({Part(5)}, '') AS {ExpressionSql.OfMeter["price_book"]}
            FROM {Priced(records)})
            """;

    /// <summary>A sentence for each thing without a price, with how much of it there is.</summary>
    public IReadOnlyList<string> Gaps(DuckDbSession session, string records, CancellationToken cancel)
    {
        var (gaps, providers) = (new List<string>(), new SortedSet<string>(StringComparer.Ordinal));
        var (meter, unit) = (ExpressionSql.OfMeter["meter"], ExpressionSql.OfMeter["meter_unit"]);
        var reader = session.Query(
            $"""
            SELECT coalesce({Word(mapping.Price?.Provider)}, '?'), coalesce({Word(mapping.Price?.Item)}, '?'),
              coalesce({Word(mapping.Price?.Tier)}, ''), string_agg(DISTINCT {meter}, ', ' ORDER BY {meter}),
              CASE WHEN min({unit}) = max({unit}) THEN min({unit}) ELSE 'Units' END, count(DISTINCT {number}),
              CAST(sum(try_cast({Quantity} AS DECIMAL(38, 3))) AS VARCHAR)
            FROM {Priced(records)} WHERE {Part(6)} = '{PriceRows.Gap}' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
            """,
            cancel: cancel
        );
        while (reader.Read())
        {
            var tier = reader.GetString(2) is { Length: > 0 } named ? $" ({named})" : "";
            var count = reader.GetInt64(5);
            providers.Add(reader.GetString(0));
            var much = reader.IsNull(6) ? "?" : TrimZeros(reader.GetString(6));
            gaps.Add(
                $"{GapBegins}{reader.GetString(1)}{tier} of {reader.GetString(0)}: {much} {reader.GetString(4)} "
                    + $"({reader.GetString(3)}) in {count.ToString(CultureInfo.InvariantCulture)} "
                    + $"{(count == 1 ? "record" : "records")} have no cost. A kind: PriceBook would give them one."
            );
        }
        reader.Dispose();
        if (gaps.Count > 1)
            gaps.Insert(0, Unpriced(providers));
        if (UsageAlone(session, records, cancel) is { } usage)
            gaps.Add(usage);
        return gaps.Count <= GapsMax
            ? gaps
            : [.. gaps.Take(GapsMax), $"{gaps.Count - GapsMax} more models or things have no price."];
    }

    private static string Unpriced(SortedSet<string> providers) =>
        $"{GapBegins}some things of {string.Join(", ", providers)}: their rows are in the books without a cost. "
        + "A kind: PriceBook for each of them, and the same file again, gives them their cost.";

    /// <summary>What to know about the books by which these records are priced.</summary>
    public IReadOnlyList<string> Cautions(
        DuckDbSession session,
        string records,
        IReadOnlyList<PriceBook> books,
        CancellationToken cancel
    )
    {
        if (books.All(book => book.Caution is null))
            return [];
        var used = new HashSet<string>();
        using var reader = session.Query(
            $"SELECT DISTINCT {Part(5)} FROM {Priced(records)} WHERE {Part(5)} <> ''",
            cancel: cancel
        );
        while (reader.Read())
            used.Add(reader.GetString(0));
        return [.. books.Where(book => used.Contains(book.Shown)).Select(book => book.Caution).OfType<string>()];
    }

    /// <summary>What is usage and nothing else, because no rate card has a price for it.</summary>
    private string? UsageAlone(DuckDbSession session, string records, CancellationToken cancel)
    {
        using var reader = session.Query(
            $"SELECT count(*) FROM {Priced(records)} WHERE {Part(1)} = '' AND {Part(6)} = ''",
            cancel: cancel
        );
        reader.Read();
        var count = reader.GetInt64(0);
        return count == 0
            ? null
            : $"{count.ToString(CultureInfo.InvariantCulture)} rows are usage without a cost: no price book has prices for them.";
    }

    /// <summary>
    /// A bill where the provider says what was charged, what the mapping says where there is any cost, usage otherwise.
    /// </summary>
    public DeliveryCounts? Counts(DuckDbSession session, string records, CancellationToken cancel)
    {
        var billed = mapping.Meters.Where(meter => meter.Billed).Select(meter => meter.Meter).ToList();
        var isBilled =
            billed.Count == 0 ? "false" : $"{ExpressionSql.OfMeter["meter"]} IN ({SqlText.List(billed)[1..^1]})";
        var cost = ExpressionSql.OfMeter["priced_cost"];
        using var reader = session.Query(
            $"SELECT coalesce(bool_or({isBilled}), false), coalesce(bool_or({cost} IS NOT NULL AND {cost} <> '0'), false) FROM {Of(records)}",
            cancel: cancel
        );
        reader.Read();
        return reader.GetBoolean(0) ? DeliveryCounts.Bill
            : reader.GetBoolean(1) ? mapping.Counts
            : DeliveryCounts.Usage;
    }

    private static string Quantity => ExpressionSql.OfMeter["quantity"];

    /// <summary>The meters with their quantities, and what the price books say.</summary>
    private string Priced(string records) =>
        $"""
            (SELECT *, CASE WHEN {OwnCost} IS NULL THEN row_text({Word(mapping.Price?.Provider)}, {Word(mapping.Price?.Item)}, {Word(
                mapping.Price?.Tier
            )}, {ExpressionSql.OfMeter["meter"]}, {Column("ChargePeriodStart")}, {Word(mapping.Price?.Context)}, {Column("Tags")},
              {Case(meter => SqlText.Literal(Words(meter.Priced)))}) END AS {Price} FROM {Measured(records)})
            """;

    private string Measured(string records) =>
        $"""
            (SELECT * FROM (SELECT *, {Case(meter => SqlText.Literal(meter.Meter))} AS {ExpressionSql.OfMeter["meter"]},
              {Case(meter => SqlText.Literal(meter.Unit))} AS {ExpressionSql.OfMeter["meter_unit"]},
              {Case(QuantityOf)} AS {Quantity}, {Case(CostOf)} AS {OwnCost}
              FROM (SELECT *, CAST(unnest(range(1, {mapping.Meters.Count + 1})) AS INTEGER) AS {Index} FROM {Firsts(
                records
            )}))
            WHERE coalesce(exact_compare({Quantity}, '0') <> 0, {Quantity} IS NOT NULL)
              OR coalesce(exact_compare({OwnCost}, '0') <> 0, {OwnCost} IS NOT NULL))
            """;

    /// <summary>The records, with a mark at the first of those that say the same thing again.</summary>
    private string Firsts(string records)
    {
        var marks = mapping
            .Meters.Select((meter, i) => (meter, i))
            .Where(pair => pair.meter.Once is not null)
            .Select(pair =>
                $"row_number() OVER (PARTITION BY {Word(pair.meter.Once)} ORDER BY {number}) = 1 AS {First(pair.i)}"
            )
            .ToList();
        return marks.Count == 0 ? records : $"(SELECT *, {string.Join(", ", marks)} FROM {records})";
    }

    private string? QuantityOf(MeteredQuantity meter)
    {
        if (sql.Value(ExpressionReader.Read(meter.Quantity)) is not { } value)
            return null;
        var i = mapping.Meters.ToList().IndexOf(meter);
        return meter.Once is null ? value : $"CASE WHEN {First(i)} THEN {value} END";
    }

    private string? CostOf(MeteredQuantity meter) =>
        meter.Cost is null ? null : sql.Value(ExpressionReader.Read(meter.Cost));

    private string Case(Func<MeteredQuantity, string?> value)
    {
        var cases = mapping
            .Meters.Select((meter, i) => value(meter) is { } text ? $"WHEN {i + 1} THEN {text}" : null)
            .OfType<string>()
            .ToList();
        return cases.Count == 0 ? "NULL::VARCHAR" : $"CASE {Index} {string.Join(" ", cases)} END";
    }

    private string Word(string? expression) =>
        expression is null ? "NULL::VARCHAR" : sql.Value(ExpressionReader.Read(expression)) ?? "NULL::VARCHAR";

    private string Column(string id) => Word(mapping.Columns.GetValueOrDefault(id));

    private static string First(int meter) => $"\"raw/first{meter}\"";

    private static string Part(int part) => $"split_part({Price}, {Mark}, {part})";

    private static string Words(Pricing priced) =>
        priced switch
        {
            Pricing.Always => "always",
            Pricing.IfListed => "if-listed",
            _ => "never",
        };

    private static string TrimZeros(string number) =>
        number.Contains('.', StringComparison.Ordinal) ? number.TrimEnd('0').TrimEnd('.') : number;
}
