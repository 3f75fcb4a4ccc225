using Bursar.Core.Focus;
using Bursar.Understand.Ingestion;
using Bursar.Understand.Validation.Rules;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Validation.Evaluation;

/// <summary>Turns checks into facts that the engine finds and formulas over them.</summary>
/// <param name="subject">The file.</param>
/// <param name="asPublished">True to count as the published validator does.</param>
internal sealed class CompileChecks(Subject subject, bool asPublished)
{
    private readonly HashSet<FileColumn> used = [];

    public Atoms Atoms { get; } = new();

    /// <summary>The columns whose cells the facts look at.</summary>
    public IEnumerable<FileColumn> Used => used.OrderBy(column => column.Position);

    /// <summary>What is to be counted for a rule.</summary>
    /// <param name="check">Its check.</param>
    /// <param name="conditions">For which rows: all of them hold.</param>
    public CompiledCheck Compile(Check check, IReadOnlyList<Check> conditions)
    {
        if (check.Kind == CheckKind.Present)
            return subject.Has(check.Column)
                ? new CompiledCheck.Header(0, [])
                : new CompiledCheck.Header(1, [check.Column]);
        if (check.Kind == CheckKind.Columns)
            return HeaderRules.Judge(subject, check.Arguments[0]);
        var needed = asPublished ? check.Columns.Concat(conditions.SelectMany(one => one.Columns)) : check.Columns;
        var missing = needed.Where(id => subject.Find(id) is null).Distinct().ToList();
        if (missing.Count > 0)
            return new CompiledCheck.Missing(missing);
        if (check.Kind == CheckKind.JsonOneParent)
            return new CompiledCheck.Elements(Cell(check.Column)!, check.Arguments[1], check.Arguments[2]);
        if (check.IsAcross)
            return new CompiledCheck.Undecided(
                $"Lies across two datasets: no {FocusNames.Of(check.OtherDataset)} was judged together with this file."
            );
        var applies = Formula.And(conditions.Select(Holds));
        if (check.Kind is CheckKind.EachOne or CheckKind.Unique)
            return Groups(check, applies);
        if (JsonChecks.Has(check) && conditions.FirstOrDefault(JsonChecks.Has) is { } inner)
            return new CompiledCheck.Rows(
                Formula.And(
                    Formula.And(conditions.Where(one => one != inner).Select(Holds)),
                    Filled(check.Column),
                    Formula.Not(CellIs(JsonChecks.Where(inner, check), check.Column))
                )
            );
        return new CompiledCheck.Rows(Formula.And(applies, Broken(check)));
    }

    /// <summary>True for a row whose cell is empty.</summary>
    public Formula Empty(string id)
    {
        if (Cell(id) is not { } cell)
            return Formula.True;
        if (subject.File.Format != FileFormat.Parquet)
            return Atoms.Of($"{cell} IS NULL");
        return Atoms.Of(Stored(id) == "VARCHAR" ? $"{cell} IS NULL OR {cell} = ''" : $"r{cell[1..]} IS NULL");
    }

    /// <summary>SQL of a column's text; null without the column.</summary>
    public string? Cell(string id)
    {
        if (subject.Find(id) is not { } column)
            return null;
        used.Add(column);
        return $"c{column.Position}";
    }

    /// <summary>True for a row that breaks the check.</summary>
    public Formula Broken(Check check)
    {
        var column = check.Column;
        switch (check.Kind)
        {
            case CheckKind.And:
                return Formula.Or(check.Items.Select(Broken));
            case CheckKind.Or:
                return Formula.And(check.Items.Select(Broken));
            case CheckKind.Null:
                return Filled(column);
            case CheckKind.NotNull:
                return Empty(column);
            // An empty cell is the business of the rules about empty cells.
            case CheckKind.Is or CheckKind.In or CheckKind.Pairs:
                return Formula.And(Filled(column), Formula.Not(Holds(check)));
            case CheckKind.IsNot:
                return Formula.Not(Holds(check));
            case CheckKind.String:
                return Stored(column) is "VARCHAR" or "BLOB" or "UUID" ? Formula.False : Filled(column);
            case CheckKind.StringFormat:
                return asPublished
                    ? Formula.And(Filled(column), Atoms.Of($"strlen({Cell(column)}) <> length({Cell(column)})"))
                    : Formula.False;
            default:
                return IsStored(check) ? Formula.False : Formula.And(Given(check), Formula.Not(Holds(check)));
        }
    }

    /// <summary>True for a row in which the check is satisfied; as a condition, for a row that it speaks of.</summary>
    public Formula Holds(Check check)
    {
        var column = check.Column;
        var cell = Cell(column);
        if (check.Items.Count == 0 && check.Columns.Any(id => subject.Find(id) is null))
            return Formula.Of(check.Kind is CheckKind.Null || (check.Kind is CheckKind.IsNot && !asPublished));
        return check.Kind switch
        {
            CheckKind.And => Formula.And(check.Items.Select(Holds)),
            CheckKind.Or => Formula.Or(check.Items.Select(Holds)),
            CheckKind.Null => Empty(column),
            CheckKind.NotNull => Filled(column),
            CheckKind.Is => Equal(column, check.Arguments[1]),
            CheckKind.IsNot when asPublished => Formula.And(
                Filled(column),
                Formula.Not(Equal(column, check.Arguments[1]))
            ),
            CheckKind.IsNot => Formula.Not(Equal(column, check.Arguments[1])),
            CheckKind.In => Atoms.Of($"{cell} IN ({Literals(check.Arguments.Skip(1))})"),
            CheckKind.Pairs => Pair(check),
            CheckKind.Decimal or CheckKind.DecimalValue => CellIs("loose-number", column),
            CheckKind.NumericFormat => CellIs(asPublished ? "loose-number" : "number", column),
            // The published validator has read text as times before it looks at it.
            CheckKind.Datetime or CheckKind.DatetimeFormat when asPublished => Formula.True,
            CheckKind.Datetime => Atoms.Of($"cell_is('time', {cell}) OR focus_timestamp({cell}, 0) IS NOT NULL"),
            CheckKind.DatetimeFormat => CellIs("time", column),
            CheckKind.UnitFormat => CellIs("unit", column),
            CheckKind.NationalCurrency => CellIs("currency", column),
            CheckKind.CurrencyFormat => Currency(column),
            CheckKind.KeyValueFormat => CellIs(asPublished ? "json" : "key-value", column),
            CheckKind.AtLeast => True($"{Number(column)} >= {check.Arguments[1]}"),
            CheckKind.AtMost => True($"{Number(column)} <= {check.Arguments[1]}"),
            CheckKind.SameAmount => True($"{Number(column)} = {Number(check.Arguments[1])}"),
            CheckKind.Same => Compared(check, "="),
            CheckKind.NotSame => Compared(check, "<>"),
            CheckKind.NotSameEntity => Formula.And(
                Compared(check, "<>"),
                Formula.Not(Atoms.Of($"same_entity({cell}, {Cell(check.Arguments[1])})"))
            ),
            CheckKind.Later => Compared(check, ">"),
            CheckKind.NotEarlier => Compared(check, ">="),
            CheckKind.Product => Product(check),
            CheckKind.JsonFormat => CellIs("json-object", column),
            CheckKind.JsonSame => Atoms.Of($"contains({cell}, {Cell(check.Arguments[2])})"),
            _ when JsonChecks.Has(check) => CellIs(JsonChecks.Text(check), column),
            _ => throw new InvalidOperationException($"A check of kind {check.Kind} has no rows."),
        };
    }

    private Formula Filled(string id) => Formula.Not(Empty(id));

    /// <summary>True for a row that has every value the check compares.</summary>
    private Formula Given(Check check) => Formula.And(check.Columns.Select(Filled));

    private CompiledCheck.Groups Groups(Check check, Formula applies)
    {
        var cells = check.Columns.Select(id => $"nullif({Cell(id)}, '')").ToList();
        var unique = check.Kind == CheckKind.Unique;
        var value = unique ? string.Join(" || ' / ' || ", cells) : cells[0];
        var key = $"CASE WHEN {applies.Sql(number => $"coalesce(a{number}, false)")} THEN {value} END";
        return new CompiledCheck.Groups(key, unique ? null : cells[1], [.. check.Columns]);
    }

    private Formula Equal(string column, string value) =>
        IsNumeric(column) && decimal.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out _)
            ? True($"{Number(column)} = {value}")
            : Atoms.Of($"{Cell(column)} = {SqlText.Literal(value)}");

    private Formula Pair(Check check)
    {
        var pairs = check.Arguments.Skip(2).Chunk(2).Select(pair => pair[0] + "\u001f" + pair[1]);
        return Atoms.Of($"{Cell(check.Column)} || chr(31) || {Cell(check.Arguments[1])} IN ({Literals(pairs)})");
    }

    /// <summary>Published: three capitals. Else: a code of ISO 4217, or a virtual currency's own name.</summary>
    private Formula Currency(string column) =>
        asPublished ? Atoms.Of($"regexp_full_match(trim({Cell(column)}), '[A-Z]{{3}}')")
        : subject.Version >= FocusVersion.V1_4 ? CellIs("currency", column)
        : Formula.Or(CellIs("currency", column), Formula.Not(Atoms.Of($"cell_is('currency', upper({Cell(column)}))")));

    /// <summary>
    /// The two factors give the third, but for what rounding explains: a millionth, of a unit and of the amount.
    /// </summary>
    private Formula Product(Check check)
    {
        var (a, b, product) = (Number(check.Arguments[0]), Number(check.Arguments[1]), Number(check.Arguments[2]));
        return asPublished
            ? True($"{a} * {b} = {product}")
            : True($"abs({a} * {b} - {product}) <= 0.000001 + 0.000001 * abs({product})");
    }

    private Formula Compared(Check check, string comparison) =>
        Formula.And(Given(check), Atoms.Of($"{Cell(check.Arguments[0])} {comparison} {Cell(check.Arguments[1])}"));

    private Formula CellIs(string test, string column) => Atoms.Of($"cell_is({SqlText.Literal(test)}, {Cell(column)})");

    /// <summary>A comparison of numbers; false where one of them is none.</summary>
    private Formula True(string comparison) => Atoms.Of(comparison);

    private string Number(string column) =>
        IsNumber(Stored(column)) ? $"CAST(r{Cell(column)![1..]} AS DOUBLE)" : $"TRY_CAST({Cell(column)} AS DOUBLE)";

    private static string Literals(IEnumerable<string> values) => string.Join(", ", values.Select(SqlText.Literal));

    private static bool IsNumeric(string id) =>
        FocusColumns.All.FirstOrDefault(column => column.Id == id) is not { Type: not FocusType.Decimal };

    /// <summary>Parquet stores the type itself: its values have it, whatever their text would be.</summary>
    private bool IsStored(Check check) =>
        check.Kind switch
        {
            CheckKind.Decimal or CheckKind.NumericFormat or CheckKind.DecimalValue => IsNumber(Stored(check.Column)),
            CheckKind.Datetime or CheckKind.DatetimeFormat => Stored(check.Column) is var type
                && (type.StartsWith("TIMESTAMP", StringComparison.Ordinal) || type == "DATE"),
            CheckKind.KeyValueFormat or CheckKind.JsonFormat => Stored(check.Column)
                .StartsWith("MAP", StringComparison.Ordinal),
            _ => false,
        };

    private static bool IsNumber(string type) =>
        type.StartsWith("DECIMAL", StringComparison.Ordinal)
        || type.EndsWith("INT", StringComparison.Ordinal)
        || type is "DOUBLE" or "FLOAT" or "INTEGER" or "UINTEGER";

    private string Stored(string id) => subject.Find(id)!.EngineType;
}
