using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Ingestion.Mappings;

/// <summary>
/// Writes an expression of a mapping as SQL over the raw cells of one file. Numbers are calculated digit by digit
/// by our
/// own functions (exact_sum, exact_multiply, …); a cell that is no number stays what it is and is refused later.
/// </summary>
/// <param name="headers">The file's columns.</param>
/// <param name="cell">The SQL of a column's raw cell.</param>
/// <param name="each">The raw cell with the items of a row, or null.</param>
internal sealed class ExpressionSql(FileHeaders headers, Func<FileColumn, string> cell, string? each)
{
    /// <summary>The number of the item that a row stands for; 0 for the row itself.</summary>
    public const string Item = "\"raw/item\"";

    /// <summary>The columns of a row that stands for one meter of a record.</summary>
    public static readonly IReadOnlyDictionary<string, string> OfMeter = new Dictionary<string, string>
    {
        ["meter"] = "\"raw/meter\"",
        ["meter_unit"] = "\"raw/unit\"",
        ["quantity"] = "\"raw/quantity\"",
        ["priced_cost"] = "\"raw/cost\"",
        ["rate"] = "\"raw/rate\"",
        ["rate_block"] = "\"raw/block\"",
        ["rate_currency"] = "\"raw/currency\"",
        ["price_book"] = "\"raw/book\"",
    };

    /// <summary>The day in the file's name; null when there is none.</summary>
    public string? FileDay { get; init; }

    /// <summary>True where rows stand for meters of a record.</summary>
    public bool HasMeters { get; init; }

    private const string Countable =
        "Second|Minute|Hour|Day|Month|Year|Unit|User|Node|Device|Connection|Resource|Subscription|Request";

    private const string IsoForm = "'%Y-%m-%dT%H:%M:%SZ'";

    private static readonly string[] MonthFirst =
    [
        "%m/%d/%y",
        "%m/%d/%Y",
        "%m/%d/%Y %H:%M",
        "%m/%d/%Y %H:%M:%S",
        "%m/%d/%Y %I:%M:%S %p",
        "%Y%m%d",
        "%Y%m",
        "%Y-%m",
        "%Y-%m-%d %H:%M:%S +0000 UTC",
        "%Y-%m-%d %H:%M:%S UTC",
    ];

    private static readonly string[] DayFirst =
    [
        "%d/%m/%y",
        "%d/%m/%Y",
        "%d.%m.%y",
        "%d.%m.%Y",
        "%d-%m-%Y",
        "%d/%m/%Y %H:%M:%S",
        "%d.%m.%Y %H:%M:%S",
    ];

    /// <summary>The SQL of a cell; null when it is empty in every row of this file.</summary>
    public string? Value(MapExpression expression) =>
        expression switch
        {
            ColumnOf column => headers.Find(column) is { } found ? cell(found) : null,
            Constant constant => SqlText.Literal(constant.Text),
            Choice choice => Chosen(choice),
            Joined joined => Join(joined),
            Call call => Function(call),
            _ => throw new InvalidOperationException($"{expression.GetType().Name} is no value."),
        };

    /// <summary>The SQL of a condition: true or false, never null.</summary>
    public string Condition(MapExpression condition) =>
        condition switch
        {
            Test { Operator: "and" or "or" } test =>
                $"({Condition(test.Left)} {test.Operator} {Condition(test.Right)})",
            Test test => Compared(test),
            Not not => $"(NOT {Condition(not.Condition)})",
            IsEmpty empty => Value(empty.Value) is { } value ? $"({value} IS NULL)" : "true",
            OneOfTexts one => Value(one.Value) is { } value
                ? $"coalesce({value} IN ({string.Join(", ", one.Among.Select(Needed))}), false)"
                : "false",
            Contains contains => Value(contains.Value) is { } value
                ? $"coalesce(contains(lower({value}), lower({Needed(contains.Text)})), false)"
                : "false",
            Call { Function.Name: "is_item" } => each is null ? "false" : $"({Item} > 0)",
            _ => throw new InvalidOperationException($"{condition.GetType().Name} is no condition."),
        };

    private string Needed(MapExpression expression) => Value(expression) ?? "NULL::VARCHAR";

    private string Compared(Test test)
    {
        var isNumeric = test.Left is Constant { IsNumber: true } || test.Right is Constant { IsNumber: true };
        var (left, right) = (Needed(test.Left), Needed(test.Right));
        return (test.Operator, isNumeric) switch
        {
            ("=", false) => $"({left} IS NOT DISTINCT FROM {right})",
            ("<>", false) => $"({left} IS DISTINCT FROM {right})",
            var (comparison, _) => $"coalesce(exact_compare({left}, {right}) {comparison} 0, false)",
        };
    }

    private string? Chosen(Choice choice)
    {
        var (then, otherwise) = (Value(choice.Then), choice.Else is null ? null : Value(choice.Else));
        return then is null && otherwise is null
            ? null
            : $"CASE WHEN {Condition(choice.Condition)} THEN {then ?? "NULL"} ELSE {otherwise ?? "NULL"} END";
    }

    private string? Join(Joined joined)
    {
        var (left, right) = (Value(joined.Left), Value(joined.Right));
        return joined.Operator switch
        {
            '+' or '-' when left is null && right is null => null,
            '+' => $"exact_sum({left ?? "NULL::VARCHAR"}, {right ?? "NULL::VARCHAR"})",
            '-' => $"exact_sum({left ?? "NULL::VARCHAR"}, {(right is null ? "NULL::VARCHAR" : Negated(right))})",
            '*' => left is null || right is null ? null : $"exact_multiply({left}, {right})",
            '/' => left is null || right is null ? null : $"exact_divide({left}, {right})",
            _ when left is null && right is null => null,
            _ => $"nullif(concat({left ?? "NULL"}, {right ?? "NULL"}), '')",
        };
    }

    private static string Negated(string number) => $"exact_multiply({number}, '-1')";

    private string? Function(Call call)
    {
        var name = call.Function.Name;
        switch (name)
        {
            case "first":
                var values = call.Arguments.Select(Value).OfType<string>().ToList();
                return values.Count == 0 ? null : $"coalesce({string.Join(", ", values)})";
            case "item":
                return each is null
                    ? null
                    : $"CASE WHEN {Item} > 0 THEN json_field({each}, {Item}, {Value(call.Arguments[0])}) END";
            case "file_day":
                return FileDay is null ? null : SqlText.Literal(FileDay);
            case "tags_from":
                return TagsFrom(call);
            case "tags":
                return Tags(call.Arguments);
            case "object":
                return Object(call.Arguments);
        }
        if (OfMeter.TryGetValue(name, out var column))
            return HasMeters ? column : null;
        if (Value(call.Arguments[0]) is not { } value)
            return null;
        var second = call.Arguments.Count > 1 ? Needed(call.Arguments[1]) : "";
        return name switch
        {
            "date" => $"coalesce(strftime({Parsed(value, MonthFirst)}, {IsoForm}), written_day({value}))",
            "day_first" => $"coalesce(strftime({Parsed(value, DayFirst)}, {IsoForm}), written_day({value}))",
            "day_after" => Shifted(value, "day"),
            "week_after" => Shifted(value, "week"),
            "month_after" => Shifted(value, "month"),
            "quarter_after" => Shifted(value, "quarter"),
            "month_of" => $"coalesce(strftime(date_trunc('month', {Moment(value)}), {IsoForm}), {value})",
            "day_of" => $"coalesce(strftime(date_trunc('day', {Moment(value)}), {IsoForm}), {value})",
            "hour_of" => $"coalesce(strftime(date_trunc('hour', {Moment(value)}), {IsoForm}), {value})",
            "hour_after" => Shifted(value, "hour"),
            "hours_of_month" => $"CAST(24 * day(last_day({Moment(value)})) AS VARCHAR)",
            "add_months" =>
                $"coalesce(strftime({Moment(value)} + to_months(try_cast({second} AS INTEGER)), {IsoForm}), {value})",
            "days_between" => $"CAST(datediff('day', {Moment(value)}, {Moment(second)}) AS VARCHAR)",
            "epoch" => Epoch(value),
            "pairs" => $"tags_of_pairs({value}, {second}, {Needed(call.Arguments[2])})",
            "entry" => $"json_entry({value}, {second}, {Needed(call.Arguments[2])}, {Needed(call.Arguments[3])})",
            "block_size" => BlockSize(value),
            "block_unit" => BlockUnit(value),
            "field" => $"json_field({value}, 0, {second})",
            "number" => $"plain_number({value}, '.')",
            "decimal_comma" => $"plain_number({value}, ',')",
            "lower" => $"lower({value})",
            "upper" => $"upper({value})",
            "before" => $"nullif(split_part({value}, {second}, 1), '')",
            "after" =>
                $"CASE WHEN contains({value}, {second}) THEN substr({value}, strpos({value}, {second}) + length({second})) END",
            _ => throw new InvalidOperationException($"{name} has no SQL."),
        };
    }

    private static string Moment(string value) =>
        $"coalesce({Parsed(value, MonthFirst)}, try_cast({value} AS TIMESTAMP), try_cast(written_day({value}) AS TIMESTAMP))";

    /// <summary>
    /// A form that does not fit costs the engine a microsecond of each cell: only those that can fit are tried, and
    /// none where the cell stands in the form of ISO 8601 already.
    /// </summary>
    private static string Parsed(string value, string[] forms) =>
        $"""
            CASE WHEN {value} LIKE '20__-__-__%' AND NOT {value} LIKE '%UTC' THEN NULL
            WHEN contains({value}, '/') THEN try_strptime({value}, {SqlText.List(forms.Where(HasSlash))})
            ELSE try_strptime({value}, {SqlText.List(forms.Where(form => !HasSlash(form)))}) END
            """;

    private static bool HasSlash(string form) => form.Contains('/', StringComparison.Ordinal);

    /// <summary>Ten digits are seconds, thirteen milliseconds; anything else stays.</summary>
    private static string Epoch(string value) =>
        $"""
            CASE WHEN regexp_full_match({value}, '[0-9]+([.][0-9]*)?') AND strpos({value} || '.', '.') = 11
              THEN strftime(make_timestamp(CAST(left({value}, 10) AS BIGINT) * 1000000), {IsoForm})
            WHEN regexp_full_match({value}, '[0-9]+') AND length({value}) = 13
              THEN strftime(make_timestamp(CAST({value} AS BIGINT) * 1000), {IsoForm})
            ELSE {value} END
            """;

    private static string Shifted(string value, string unit) =>
        $"coalesce(strftime(date_trunc('{unit}', {Moment(value)}) + INTERVAL 1 {unit}, {IsoForm}), {value})";

    /// <summary>A unit of measure may begin with how many of it are priced: "100 Hours", "10K", "1M/Month".</summary>
    private static string BlockSize(string value) =>
        $"""
            exact_multiply(
              coalesce(nullif(replace(
                regexp_extract({value}, '^\s*([0-9][0-9.,]*)(?:[\sKMB/]|$)', 1), ',', ''), ''), '1'),
              CASE regexp_extract({value}, '^\s*[0-9][0-9.,]*\s*([KMB])(?:[\s/]|$)', 1)
                WHEN 'K' THEN '1000' WHEN 'M' THEN '1000000' WHEN 'B' THEN '1000000000' ELSE '1' END)
            """;

    /// <summary>"1 Hour" and "10 Hours" count the same: what is counted stands in the plural, as FOCUS asks.</summary>
    private static string BlockUnit(string value)
    {
        var rest =
            $@"trim(regexp_replace(regexp_replace({value}, '^\s*[0-9][0-9.,]*\s*', ''), '^[KMB](\s+|$|(/))', '\2'))";
        var plural = $@"regexp_replace({rest}, '^(|\S+ )({Countable})($|/)', '\1\2s\3')";
        return $"CASE WHEN {rest} = '' THEN 'Units' WHEN {rest} LIKE '/%' THEN 'Units' || {rest} ELSE {plural} END";
    }

    private string? TagsFrom(Call call)
    {
        var prefix = ((Constant)call.Arguments[0]).Text;
        var strip = call.Arguments.Count > 1 ? ((Constant)call.Arguments[1]).Text : null;
        var pairs = headers
            .WithPrefix(prefix)
            .Select(tag => $"{SqlText.Literal(Stripped(tag.Remainder, strip))}, {cell(tag.Column)}")
            .ToList();
        return pairs.Count == 0 ? null : $"tags_of({string.Join(", ", pairs)})";
    }

    /// <summary>user:env and user_env are env; what begins otherwise stays.</summary>
    private static string Stripped(string key, string? strip) =>
        strip is not null && HeaderName.After(key, strip) is { } rest ? rest : key;

    private string? Object(IReadOnlyList<MapExpression> arguments)
    {
        var pairs = new List<string>();
        for (var i = 0; i + 1 < arguments.Count; i += 2)
        {
            if (Value(arguments[i + 1]) is { } value)
                pairs.Add($"{Value(arguments[i])}, {value}");
        }
        return pairs.Count == 0 ? null : $"tags_of({string.Join(", ", pairs)})";
    }

    private string? Tags(IReadOnlyList<MapExpression> arguments)
    {
        var cells = new List<string>();
        for (var i = 0; i + 1 < arguments.Count; i += 2)
        {
            if (Value(arguments[i + 1]) is { } tags)
                cells.Add($"{Value(arguments[i])}, {tags}");
        }
        return cells.Count == 0 ? null : $"tags_merge({string.Join(", ", cells)})";
    }
}
