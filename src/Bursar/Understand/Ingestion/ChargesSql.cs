using Bursar.Core.Focus;
using Bursar.Understand.Ingestion.Mappings;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Ingestion;

/// <summary>
/// The SQL that turns a delivered file into charges: every cell read as text, amounts and timestamps parsed exactly by
/// our own functions (focus_amount, focus_timestamp, focus_tags), never by a cast that rounds or guesses.
/// </summary>
/// <param name="file">The prepared file.</param>
/// <param name="layout">Its dialect.</param>
/// <param name="columns">Its columns with the ids they are stored under.</param>
/// <param name="profileColumns">Ids of the columns that make up a profile.</param>
/// <param name="currency">The billing currency of a file that has no such column.</param>
internal sealed class ChargesSql(
    PreparedFile file,
    FileLayout layout,
    IReadOnlyList<FileColumn> columns,
    IReadOnlyList<string> profileColumns,
    string? currency
)
{
    /// <summary>
    /// A CSV record may be this long; the engine's own limit of 2 MB is too short for large JSON cells.
    /// </summary>
    private const int RecordBytesMax = 32 * 1024 * 1024;

    /// <summary>So many rejected records are counted row by row; beyond, by a join.</summary>
    private const int RejectedMax = 1000;

    /// <summary>
    /// What the engine reads at once: by its own rule it would be sixteen of the longest records, and more memory than
    /// it has.
    /// </summary>
    private const int BufferBytes = RecordBytesMax + (1024 * 1024);

    private const string NullTokens = "'', 'NULL', 'null', '(null)'";

    /// <summary>Raw cells have names that no header has, whatever a provider calls its columns.</summary>
    private readonly string rawPrefix = Prefix(columns);

    private string Number => SqlText.Name(rawPrefix + "n");

    /// <summary>The raw cell of a column.</summary>
    public string Raw(FileColumn column) => SqlText.Name($"{rawPrefix}{column.Position}");

    /// <summary>What makes FOCUS cells of the file's own; null for a FOCUS file.</summary>
    public MappedSource? Mapped { get; init; }

    private static string Prefix(IReadOnlyList<FileColumn> columns)
    {
        var prefix = "raw/";
        while (columns.Any(column => column.Id.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            prefix += "/";
        return prefix;
    }

    /// <summary>A parquet file as it is; texts that its writer did not mark as texts are texts all the same.</summary>
    public static string ReadParquet(PreparedFile file) =>
        $"read_parquet({SqlText.Literal(file.ReadablePath)}, binary_as_string=true)";

    /// <summary>The file as a table of raw cells, one per column; unreadable records go to the reject table.</summary>
    public string Source(string rejectTable) =>
        Mapped is not null ? Mapped.Relation(Raw, Number)
        : file.Format == FileFormat.Parquet
            ? $"(SELECT {string.Join(", ", columns.Select(column => $"{ParquetCell(column)} AS {Raw(column)}"))} FROM {ReadParquet(file)})"
        : $"""
                read_csv({SqlText.Literal(file.ReadablePath)}, auto_detect=false, header=true, delim={SqlText.Literal(
                    layout.Delimiter.ToString()
                )},
                  quote='"', escape='"', nullstr=[{NullTokens}], max_line_size={RecordBytesMax}, buffer_size={BufferBytes}, strict_mode=true, encoding='utf-8',
                  store_rejects=true, rejects_table='{rejectTable}', rejects_scan='{rejectTable}_scans', rejects_limit=0,
                  columns={CsvColumns()})
                """;

    /// <summary>All rows, typed, with their profile and billing period.</summary>
    public string Typed(string rejectTable) =>
        WithPeriod(
            $"SELECT {TypedColumns()}, {ProfileId()} AS x_ProfileId{(Mapped is { NumbersRows: true } ? $", {Number} AS x_SourceRow" : "")} "
                + $"FROM {Source(rejectTable)}"
        );

    /// <summary>The billing period of a row, by which a stored file is divided among its deliveries.</summary>
    private string WithPeriod(string rows) =>
        $"SELECT *{(LacksEffectiveCost ? ", BilledCost AS EffectiveCost" : "")}, {RowPlace.Period(StoredIds)} AS x_BillingPeriod FROM ({rows})";

    /// <summary>
    /// A file with BilledCost alone costs what is billed; its charges would be missing from totals else.
    /// </summary>
    private bool LacksEffectiveCost =>
        columns.Any(column => column.Id == "BilledCost") && !columns.Any(column => column.Id == "EffectiveCost");

    /// <summary>
    /// All rows, raw and typed side by side, with their record number in the file: for files with unreadable cells.
    /// </summary>
    /// <param name="rejectTable">Where unreadable records go.</param>
    /// <param name="readBefore">How many records were read before each of those that could not be, ascending.</param>
    public string Examined(string rejectTable, IReadOnlyList<long> readBefore)
    {
        var cells = $"c.*, {TypedColumns()}, {ProfileId()} AS x_ProfileId";
        return WithPeriod(
            Mapped is null
                ? Numbered(rejectTable, readBefore, cells)
                : $"SELECT {cells}, {Number} AS x_SourceRow FROM {Source(rejectTable)} c"
        );
    }

    /// <summary>All rows with their record number in the file.</summary>
    /// <param name="rejectTable">Where unreadable records go.</param>
    /// <param name="readBefore">How many records were read before each of those that could not be, ascending.</param>
    /// <param name="cells">What to read of them.</param>
    public string Numbered(string rejectTable, IReadOnlyList<long> readBefore, string cells = "c.*")
    {
        var numbered = $"(SELECT *, row_number() OVER () AS {Number} FROM {Source(rejectTable)}) c";
        if (readBefore.Count <= RejectedMax)
        {
            var number =
                readBefore.Count == 0
                    ? Number
                    : $"{Number} + len(list_filter([{string.Join(", ", readBefore)}], x -> x < {Number}))";
            return $"SELECT {cells}, {number} AS x_SourceRow FROM {numbered}";
        }
        var steps = readBefore
            .Select((before, i) => (Before: before, Skipped: i + 1))
            .GroupBy(step => step.Before)
            .Select(group => $"({group.Key}, {group.Max(step => step.Skipped)})");
        return $"""
            SELECT {cells}, {Number} + coalesce(Skipped, 0) AS x_SourceRow FROM {numbered}
            ASOF LEFT JOIN (VALUES {string.Join(", ", steps)}) r(Before, Skipped) ON {Number} > Before
            ORDER BY {Number}
            """;
    }

    /// <summary>The stored columns, without the raw cells.</summary>
    public string StoredColumns =>
        string.Join(", ", StoredIds.Select(SqlText.Name)) + ", x_ProfileId, x_BillingPeriod, x_SourceRow";

    /// <summary>Ids of the columns that are stored, in the order of the file, then the derived ones.</summary>
    public IReadOnlyList<string> StoredIds =>
        [
            .. columns.Select(column => column.Id),
            .. Derived().Select(derived => derived.Id),
            .. LacksEffectiveCost ? ["EffectiveCost"] : Array.Empty<string>(),
        ];

    /// <summary>True for a row with a cell that is there and could not be read.</summary>
    public string IsUnreadable
    {
        get
        {
            var tests = ParsedColumns()
                .Select(column => $"({Raw(column)} IS NOT NULL AND {SqlText.Name(column.Id)} IS NULL)")
                .ToList();
            return tests.Count == 0 ? "false" : string.Join(" OR ", tests);
        }
    }

    /// <summary>The columns whose cells are parsed, and so can be unreadable.</summary>
    public IEnumerable<FileColumn> ParsedColumns() =>
        columns.Where(column => column.Type is FocusType.Decimal or FocusType.DateTime || IsTags(column));

    /// <summary>The column as typed output of its raw cell.</summary>
    private string TypedCell(FileColumn column) =>
        column switch
        {
            { Type: FocusType.Decimal } when IsExactDecimal(column.EngineType) =>
                $"CAST({Raw(column)} AS DECIMAL(38,18))",
            { Type: FocusType.Decimal } => $"focus_amount({Raw(column)}, {column.Position})",
            { Type: FocusType.DateTime } => $"focus_timestamp({Raw(column)}, {column.Position})",
            _ when IsTags(column) => $"focus_tags({Raw(column)}, {column.Position})",
            _ => Raw(column),
        };

    /// <summary>The raw cell of a parquet column: exact decimals as they are, everything else as text.</summary>
    public static string ParquetCell(FileColumn column)
    {
        var name = column.IsPath ? column.EngineName : SqlText.Name(column.EngineName);
        if (column.Type == FocusType.Decimal && IsExactDecimal(column.EngineType))
            return name;
        if (column.EngineType.StartsWith("TIMESTAMP", StringComparison.Ordinal) || column.EngineType == "DATE")
            return $"strftime(CAST({name} AS TIMESTAMP), '%Y-%m-%dT%H:%M:%S.%fZ')";
        if (
            column.EngineType.EndsWith(']')
            || column.EngineType.StartsWith("MAP", StringComparison.Ordinal)
            || column.EngineType.StartsWith("STRUCT", StringComparison.Ordinal)
        )
            return $"CAST(to_json({name}) AS VARCHAR)";
        var text = column.EngineType == "VARCHAR" ? name : $"CAST({name} AS VARCHAR)";
        return $"CASE WHEN {text} IN ({NullTokens}) THEN NULL ELSE {text} END";
    }

    private static bool IsExactDecimal(string engineType)
    {
        if (engineType.EndsWith("INT", StringComparison.Ordinal) || engineType is "INTEGER" or "UINTEGER")
            return !engineType.Contains("HUGE");
        if (!engineType.StartsWith("DECIMAL(", StringComparison.Ordinal))
            return false;
        var parts = engineType[8..^1].Split(',');
        var (width, scale) = (int.Parse(parts[0]), int.Parse(parts[1]));
        return scale <= 18 && width - scale <= 20;
    }

    private static bool IsTags(FileColumn column) => column.Id is "Tags" or "AllocatedTags";

    private string CsvColumns() => "{" + string.Join(", ", columns.Select(column => $"{Raw(column)}: 'VARCHAR'")) + "}";

    private string TypedColumns() =>
        string.Join(
            ", ",
            columns
                .Select(column => $"{TypedCell(column)} AS {SqlText.Name(column.Id)}")
                .Concat(Derived().Select(derived => $"{derived.Sql} AS {SqlText.Name(derived.Id)}"))
        );

    /// <summary>Columns of FOCUS 1.4 that every question relies on, derived for older releases.</summary>
    private IEnumerable<(string Id, string Sql)> Derived()
    {
        if (Cell("ServiceProviderName") is null && Cell("ProviderName") is { } provider)
            yield return ("ServiceProviderName", provider);
        if (Cell("BillingCurrency") is null)
            yield return ("BillingCurrency", currency is null ? "CAST(NULL AS VARCHAR)" : SqlText.Literal(currency));
    }

    private string? Cell(string id) =>
        columns.FirstOrDefault(column => column.Id == id) is { } column ? Raw(column) : null;

    /// <summary>
    /// A number for the distinct set of attribute cells; that no two sets share one is checked when profiles are made.
    /// The names of the columns are part of it, and their order in the file is not: two files of a delivery may have
    /// other columns.
    /// </summary>
    private string ProfileId()
    {
        var attributes = profileColumns.Where(id => Cell(id) is not null).Order(StringComparer.Ordinal).ToList();
        var names = SqlText.Literal(string.Join('\n', attributes));
        return $"hash({string.Join(", ", attributes.Select(id => Cell(id)!).Prepend(names))})";
    }
}
