namespace Bursar.Cli.Output;

/// <summary>Prints a result in the format that was asked for.</summary>
internal static class ResultPrinter
{
    public static void Print(ResultTable table, OutputFormat format, ShellIo io)
    {
        switch (format)
        {
            case OutputFormat.Json:
                JsonResult.Write(table, io.Out);
                break;
            case OutputFormat.Csv:
                CsvResult.Write(table, io.Out);
                break;
            default:
                TableResult.Write(table, io);
                break;
        }
    }

    /// <summary>CSV prints the record's first list as a table, or a record without lists as one row.</summary>
    public static void Print(ResultRecord record, OutputFormat format, ShellIo io)
    {
        switch (format)
        {
            case OutputFormat.Json:
                JsonResult.Write(record, io.Out);
                break;
            case OutputFormat.Csv:
                CsvResult.Write(RecordLayout.MainTable(record), io.Out);
                break;
            default:
                RecordLayout.Write(record, io);
                break;
        }
    }
}
