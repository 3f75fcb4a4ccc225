namespace Bursar.Cli.Output;

/// <summary>Lays a record out for people: its fields one to a line, its lists as tables below.</summary>
internal static class RecordLayout
{
    public static void Write(ResultRecord record, ShellIo io)
    {
        var single = record.Fields.Where(field => !IsList(field.Value)).ToList();
        var width = single.Count == 0 ? 0 : single.Max(field => Heading(field.Key).Length) + 2;
        foreach (var (name, value) in single)
        {
            var text = value is ResultRecord inner
                ? string.Join(", ", inner.Fields.Select(field => $"{Heading(field.Key)} {Cell(field.Value)}"))
                : Cell(value);
            io.Out.WriteLine((Heading(name).PadRight(width) + text).TrimEnd());
        }
        var apart = single.Count > 0;
        foreach (var (name, value) in record.Fields.Where(field => IsList(field.Value)))
        {
            var list = Items(value!);
            if (list.Count == 0)
                continue;
            if (apart)
                io.Out.WriteLine();
            apart = true;
            TableResult.Write(TableOf(name, list) with { Caption = Heading(name) }, io);
        }
    }

    public static ResultTable MainTable(ResultRecord record)
    {
        var list = record.Fields.FirstOrDefault(field => IsList(field.Value));
        return list.Value is null ? TableOf("record", [record]) : TableOf(list.Key, Items(list.Value));
    }

    private static ResultTable TableOf(string name, List<object?> items)
    {
        if (items is not [ResultRecord first, ..])
            return new([new(name)], [.. items.Select(item => (IReadOnlyList<object?>)[item])]);
        var columns = first.Fields.Select(field => new ResultColumn(
            field.Key,
            KindOf(items, field.Key),
            Heading(field.Key)
        ));
        return new(
            [.. columns],
            [
                .. items
                    .Cast<ResultRecord>()
                    .Select(item => (IReadOnlyList<object?>)[.. first.Fields.Select(field => Flat(item[field.Key]))]),
            ]
        );
    }

    private static ColumnKind KindOf(List<object?> items, string field) =>
        items.Cast<ResultRecord>().Select(item => item[field]).FirstOrDefault(value => value is not null) switch
        {
            { } value when CellText.IsNumber(value) => ColumnKind.Figure,
            string or null or ResultRecord => ColumnKind.Text,
            _ => ColumnKind.Whole,
        };

    private static object? Flat(object? value) =>
        value switch
        {
            ResultRecord inner => string.Join(", ", inner.Fields.Select(field => $"{field.Key} {Cell(field.Value)}")),
            _ when IsList(value) => string.Join(", ", Items(value!).Select(Cell)),
            _ => value,
        };

    private static string Cell(object? value) => CellText.ForPeople(value, new ResultColumn(""));

    private static bool IsList(object? value) => value is System.Collections.IEnumerable and not string;

    private static List<object?> Items(object list) => [.. ((System.Collections.IEnumerable)list).Cast<object?>()];

    /// <summary>"billingPeriod" reads "billing period".</summary>
    private static string Heading(string name) => Choice.KebabCase(name).Replace('-', ' ');
}
