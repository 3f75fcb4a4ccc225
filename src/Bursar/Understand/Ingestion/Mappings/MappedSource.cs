using System.Globalization;
using Bursar.Core.Diagnostics;
using Bursar.Understand.Ingestion.Prices;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.DuckDb;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Ingestion.Mappings;

/// <summary>
/// A delivered file as FOCUS columns of raw cells: what the exact reading of amounts and days begins with.
/// </summary>
internal sealed class MappedSource
{
    private static readonly string[] CostColumns = ["EffectiveCost", "BilledCost", "ListCost", "ContractedCost"];

    private static readonly string[] TimeColumns = ["BillingPeriodStart", "ChargePeriodStart"];

    private readonly RawTable raw;
    private readonly Mapping mapping;
    private readonly Dictionary<string, string> cells = [];
    private readonly string? each;
    private readonly string? where;
    private readonly MeterRows? meters;

    private MappedSource(PreparedFile file, RawTable raw, Mapping mapping, IReadOnlySet<string> empty)
    {
        this.raw = raw;
        this.mapping = mapping;
        var headers = new FileHeaders([.. raw.Columns.Select(column => column.Column)]);
        each = mapping.Each is null
            ? null
            : new ExpressionSql(headers, Cell, each: null).Value(ExpressionReader.Read(mapping.Each));
        var sql = new ExpressionSql(headers, Cell, each)
        {
            HasMeters = mapping.Meters.Count > 0,
            FileDay = FileDay.Of(file.File.Name),
        };
        where = mapping.Where is null ? null : sql.Condition(ExpressionReader.ReadCondition(mapping.Where));
        meters = mapping.Meters.Count > 0 ? new MeterRows(mapping, sql, Number) : null;
        Columns =
        [
            .. Mapped(headers, sql).Concat(Kept(headers, empty)).Select((column, i) => column with { Position = i }),
        ];
    }

    /// <summary>The FOCUS columns and those that are kept as they are (x_…); headers are the delivered ones.</summary>
    public IReadOnlyList<FileColumn> Columns { get; }

    /// <summary>True when a charge's place among the charges does not tell which record it came from.</summary>
    public bool NumbersRows => raw.HasGaps || where is not null || each is not null || meters is not null;

    /// <param name="session">The engine.</param>
    /// <param name="file">The delivered file.</param>
    /// <param name="raw">Its records.</param>
    /// <param name="mapping">What to make of them.</param>
    /// <param name="prices">What quantities cost.</param>
    /// <param name="cancel">Stops looking for empty columns.</param>
    public static MappedSource Of(
        DuckDbSession session,
        PreparedFile file,
        RawTable raw,
        Mapping mapping,
        IReadOnlyList<PriceBook> prices,
        CancellationToken cancel
    )
    {
        var source = new MappedSource(file, raw, mapping, EmptyColumns(session, raw, cancel));
        if (source.meters is not null)
            session.RowText = new PriceRows(prices).Of;
        return source;
    }

    /// <summary>The rows as a table: one column per mapped cell, and the number of the record.</summary>
    public string Relation(Func<FileColumn, string> name, string number)
    {
        var mapped = string.Join(", ", Columns.Select(column => $"{cells[column.Id]} AS {name(column)}"));
        return $"(SELECT {mapped}, {Number} AS {number} FROM {Charges})";
    }

    /// <summary>How many records are no charges by the mapping's own words.</summary>
    public string? LeftOut(DuckDbSession session, CancellationToken cancel)
    {
        if (where is null)
            return null;
        using var reader = session.Query($"SELECT count(*) FROM {Rows} WHERE NOT {where}", cancel: cancel);
        reader.Read();
        var count = reader.GetInt64(0);
        return count == 0
            ? null
            : $"{count.ToString(CultureInfo.InvariantCulture)} rows are no charges ({mapping.Where}) and were left out.";
    }

    /// <summary>Which half of a pair the file is; null when its mapping knows no pairs.</summary>
    public DeliveredHalf? Half(DuckDbSession session, IncomingFile file, CancellationToken cancel)
    {
        if (mapping.Pair is not { } pair)
            return null;
        using var reader = session.Query(
            $"SELECT coalesce(bool_or({Condition(pair.Billed)}), false), coalesce(bool_or({Condition(pair.Effective)}), false) FROM {Rows}",
            cancel: cancel
        );
        reader.Read();
        return pair.Half(reader.GetBoolean(0), reader.GetBoolean(1), file.Path);
    }

    /// <summary>What could not be priced, and how much of it there is; empty when everything has a price.</summary>
    public IReadOnlyList<string> Gaps(DuckDbSession session, CancellationToken cancel) =>
        meters is null ? [] : meters.Gaps(session, Records, cancel);

    /// <summary>What to know about the prices that were taken from books.</summary>
    public IReadOnlyList<string> Cautions(
        DuckDbSession session,
        IReadOnlyList<PriceBook> prices,
        CancellationToken cancel
    ) => meters is null ? [] : meters.Cautions(session, Records, prices, cancel);

    /// <summary>What the file is when its source does not say; null for a bill.</summary>
    public DeliveryCounts? Counts(DuckDbSession session, CancellationToken cancel) =>
        meters is null || mapping.Counts is null ? mapping.Counts : meters.Counts(session, Records, cancel);

    /// <summary>The records that are charges, one row for each of their meters.</summary>
    private string Charges => meters is null ? Records : meters.Of(Records);

    private string Records => where is null ? Rows : $"(SELECT * FROM {Rows} WHERE {where})";

    private string Condition(string text)
    {
        var headers = new FileHeaders([.. raw.Columns.Select(column => column.Column)]);
        return new ExpressionSql(headers, Cell, each).Condition(ExpressionReader.ReadCondition(text));
    }

    private const string Number = "\"in/n\"";

    private static string Cell(FileColumn column) => SqlText.Name($"in/{column.Position}");

    private string Rows
    {
        get
        {
            var columns = raw.Columns.Select(column => $"{column.Sql} AS {Cell(column.Column)}");
            var records =
                $"(SELECT {string.Join(", ", columns)}, {raw.Number} AS {Number} FROM "
                + $"read_parquet({SqlText.Literal(raw.Path)}, binary_as_string=true, file_row_number=true))";
            return each is null
                ? records
                : $"(SELECT *, CAST(unnest(range(0, json_items({each}) + 1)) AS INTEGER) AS {ExpressionSql.Item} FROM {records})";
        }
    }

    private IEnumerable<FileColumn> Mapped(FileHeaders headers, ExpressionSql sql)
    {
        foreach (var (id, text) in WithBothCosts(mapping.Columns))
        {
            var expression = ExpressionReader.Read(text);
            if (sql.Value(expression) is not { } value)
                continue;
            cells.Add(id, value);
            var sources = expression.Columns.Select(headers.Find).OfType<FileColumn>().Select(column => column.Header);
            var header = string.Join(", ", sources.Distinct());
            yield return new FileColumn(0, header.Length == 0 ? id : header, id, "", "VARCHAR");
        }
    }

    /// <summary>
    /// A file with one cost is taken to cost what is billed: EffectiveCost stands for BilledCost and back.
    /// </summary>
    private static IEnumerable<KeyValuePair<string, string>> WithBothCosts(IReadOnlyDictionary<string, string> columns)
    {
        foreach (var column in columns)
            yield return column;
        if (!columns.ContainsKey("EffectiveCost") && columns.TryGetValue("BilledCost", out var billed))
            yield return new("EffectiveCost", billed);
        if (!columns.ContainsKey("BilledCost") && columns.TryGetValue("EffectiveCost", out var effective))
            yield return new("BilledCost", effective);
    }

    /// <summary>What the mapping does not carry over whole, so that nothing of the file is lost.</summary>
    private IEnumerable<FileColumn> Kept(FileHeaders headers, IReadOnlySet<string> empty)
    {
        var carried = Carried(headers);
        var taken = cells.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (column, sql) in raw.Columns)
        {
            if (
                carried.Contains(column.Position)
                || empty.Contains(sql)
                || empty.Contains(SqlText.Name(column.EngineName))
            )
                continue;
            var id = HeaderName.OwnId(column.Header);
            if (ReservedColumns.Contains(id) || !taken.Add(id))
                id = ReservedColumns.NameFor(id, taken);
            cells.Add(id, Cell(column));
            yield return column with
            {
                Id = id,
                EngineType = "VARCHAR",
            };
        }
    }

    private HashSet<int> Carried(FileHeaders headers)
    {
        var carried = new HashSet<int>();
        foreach (var expression in mapping.Columns.Values.Select(text => ExpressionReader.Read(text)))
            Carry(expression);
        // Quantities stand in rows of their own; beside each of these rows they would be counted again.
        var measured = mapping.Meters.SelectMany(meter => new[] { meter.Quantity, meter.Cost }).OfType<string>();
        foreach (var column in measured.SelectMany(text => ExpressionReader.Read(text).Columns))
            carried.UnionWith(column.Names.Select(headers.Find).OfType<FileColumn>().Select(found => found.Position));
        return carried;

        void Carry(MapExpression expression)
        {
            switch (expression)
            {
                case ColumnOf column when headers.Find(column) is { } found:
                    carried.Add(found.Position);
                    break;
                case Call { Function.Name: "tags_from", Arguments: [Constant prefix, ..] }:
                    carried.UnionWith(headers.WithPrefix(prefix.Text).Select(tag => tag.Column.Position));
                    break;
                case Call { Function.Name: "tags" } tags:
                    foreach (var argument in tags.Arguments)
                        Carry(argument);
                    break;
            }
        }
    }

    /// <summary>The columns without a single value, as the parquet file's own statistics tell.</summary>
    private static HashSet<string> EmptyColumns(DuckDbSession session, RawTable raw, CancellationToken cancel)
    {
        var empty = new HashSet<string>();
        using var reader = session.Query(
            $"""
            SELECT path_in_schema FROM parquet_metadata({SqlText.Literal(raw.Path)})
            GROUP BY 1 HAVING bool_and(coalesce(stats_null_count = num_values, false))
            """,
            cancel: cancel
        );
        while (reader.Read())
            empty.Add(SqlText.Name(reader.GetString(0)));
        return empty;
    }

    /// <summary>Everything that the file lacks is named at once, with the one command that says it.</summary>
    /// <param name="file">The delivered file, for messages.</param>
    /// <param name="isCurrencySaid">Whether the currency is known from elsewhere.</param>
    /// <exception cref="RefusedException">The mapping finds no cost or no day in the file.</exception>
    public void Require(PreparedFile file, bool isCurrencySaid)
    {
        var hasDay = Has(TimeColumns);
        if (Has(CostColumns) && hasDay)
            return;
        var lacksCurrency = !isCurrencySaid && !Has(["BillingCurrency"]);
        var (code, what, names) = hasDay
            ? ("ingestion/mapping-without-cost", "cost", CostColumns)
            : ("ingestion/mapping-without-day", lacksCurrency ? "day and no currency" : "day", TimeColumns);
        throw new RefusedException(
            code,
            $"{file.File.Name} is read as {mapping.Shown}, but the mapping finds no {what} in it: no {string.Join(", ", names)}"
                + $"{(lacksCurrency ? ", no BillingCurrency" : "")}.",
            hasDay
                ? "Check the column names of the mapping against the first line of the file."
                : $"If the file says none, say it: `bursar source add {file.File.Quoted} --set \"ChargePeriodStart='2026-09-01'\""
                    + $"{(lacksCurrency ? " --currency USD" : "")}`, then `bursar ingest {file.File.Quoted}`. "
                    + "Otherwise check the column names of the mapping against the first line of the file."
        );
    }

    private bool Has(string[] oneOf) => Columns.Any(column => oneOf.Contains(column.Id));
}
