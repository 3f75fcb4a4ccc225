namespace Bursar.Cli.Output;

/// <summary>What a column holds, which decides how it is aligned and whether it may be narrowed.</summary>
internal enum ColumnKind
{
    /// <summary>Names and sentences: left, and wrapped where there is no room.</summary>
    Text,

    /// <summary>Amounts, counts, shares: right, tabular, never cut.</summary>
    Figure,

    /// <summary>Dates, months, ids that must be read whole: left, never cut.</summary>
    Whole,
}

/// <summary>A column of a result.</summary>
/// <param name="Id">Its name for programs, verbatim: a FOCUS column id, or the JSON field.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Heading">Its heading for people, with the unit; null is the id.</param>
/// <param name="Decimals">Decimals that people see of an amount without currency; every digit goes to programs.</param>
/// <param name="Spare">People can do without it: it is left out where the line is too narrow for all columns.</param>
internal sealed record ResultColumn(
    string Id,
    ColumnKind Kind = ColumnKind.Text,
    string? Heading = null,
    int Decimals = 2,
    bool Spare = false
);

/// <summary>A table as a command's answer.</summary>
/// <remarks>
/// A cell is null ("no value"), a string, bool, int, long, decimal, <c>Amount</c>, <c>Money</c>, <c>DateOnly</c>,
/// <c>DateTimeOffset</c> or <c>BillingPeriod</c>. Doubles are refused: they are not amounts, and their text varies.
/// </remarks>
internal sealed record ResultTable(IReadOnlyList<ResultColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    /// <summary>
    /// What is shown, which cost, in which currency, for which period: stands above the table for people.
    /// </summary>
    public string? Caption { get; init; }

    /// <summary>Totals: rows below a rule, for people only. Programs add up themselves.</summary>
    public IReadOnlyList<IReadOnlyList<object?>> Totals { get; init; } = [];

    /// <summary>What people read instead of an empty table.</summary>
    public string WhenEmpty { get; init; } = "Nothing to show.";

    /// <summary>Its rows with named fields, as a list inside a record.</summary>
    public IEnumerable<ResultRecord> Records() =>
        Rows.Select(row => ResultRecord.Of([.. Columns.Select((column, i) => (column.Id, row[i]))]));
}

/// <summary>Named fields as a command's answer, in their order. Names are camelCase.</summary>
/// <remarks>
/// A value is a cell (see <see cref="ResultTable"/>), another record, or a list of either; for people it may be a
/// table.
/// </remarks>
internal sealed record ResultRecord(IReadOnlyList<KeyValuePair<string, object?>> Fields)
{
    public static ResultRecord Of(params (string Name, object? Value)[] fields) =>
        new([.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]);

    public object? this[string name] => Fields.FirstOrDefault(field => field.Key == name).Value;
}
