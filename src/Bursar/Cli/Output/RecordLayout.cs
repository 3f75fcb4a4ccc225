namespace Bursar.Cli.Output;

/// <summary>Lays a record out for people: its fields one to a line, its lists as tables below.</summary>
internal static class RecordLayout
{
    public static void Write(ResultRecord record, ShellIo io)
    {
        var fields = record.Fields.Where(field => field.Value is not null).ToList();
        var width =
            2
            + fields
                .Where(field => IsOneLine(field.Value!, io.Width))
                .Select(field => Heading(field.Key).Length)
                .DefaultIfEmpty()
                .Max();
        var below = fields.Where(field => !IsOneLine(field.Value!, io.Width - width)).ToList();
        foreach (var (name, value) in fields.Except(below))
        {
            var lines = Help.HelpText.Wrap(OneLine(value!), io.Width - width).DefaultIfEmpty("").ToList();
            io.Out.WriteLine((Heading(name).PadRight(width) + lines[0]).TrimEnd());
            foreach (var line in lines.Skip(1))
                io.Out.WriteLine(new string(' ', width) + line);
        }
        var apart = fields.Count > below.Count;
        foreach (var (name, value) in below)
        {
            if (IsEmpty(value!))
                continue;
            if (apart)
                io.Out.WriteLine();
            apart = true;
            WriteBelow(Heading(name), value!, io);
        }
    }

    private static void WriteBelow(string heading, object value, ShellIo io)
    {
        if (value is ResultTable table)
        {
            TableResult.Write(table with { Caption = heading }, io);
            return;
        }
        var items = Items(value);
        if (items[0] is ResultRecord)
        {
            TableResult.Write(TableOf(heading, items) with { Caption = heading }, io);
            return;
        }
        io.Out.WriteLine(heading);
        io.Out.WriteLine();
        foreach (var line in items.SelectMany(item => Help.HelpText.Wrap(Cell(item), io.Width)))
            io.Out.WriteLine(line);
    }

    private static bool IsOneLine(object value, int width) =>
        value is not ResultTable
        && (!IsList(value) || (Items(value) is [not ResultRecord, ..] list && OneLine(list).Length <= width));

    private static bool IsEmpty(object value) =>
        value is ResultTable table ? table.Rows.Count == 0 : Items(value).Count == 0;

    private static string OneLine(object value) =>
        value switch
        {
            ResultRecord inner => string.Join(
                ", ",
                inner.Fields.Select(field => $"{Heading(field.Key)} {Cell(field.Value)}")
            ),
            _ when IsList(value) => string.Join(", ", Items(value).Select(Cell)),
            _ => Cell(value),
        };

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

    private static string Cell(object? value) =>
        value is ResultRecord || IsList(value) ? $"{Flat(value)}" : CellText.ForPeople(value, new ResultColumn(""));

    private static bool IsList(object? value) => value is System.Collections.IEnumerable and not string;

    private static List<object?> Items(object list) => [.. ((System.Collections.IEnumerable)list).Cast<object?>()];

    /// <summary>"billingPeriod" reads "billing period".</summary>
    private static string Heading(string name) => Choice.KebabCase(name).Replace('-', ' ');
}
