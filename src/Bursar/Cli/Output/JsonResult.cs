using System.Text.Encodings.Web;
using System.Text.Json;

namespace Bursar.Cli.Output;

/// <summary>
/// JSON for programs: <c>{"columns":[…],"rows":[[…]]}</c>, or a record's fields. Amounts are numbers with all their
/// digits.
/// </summary>
internal static class JsonResult
{
    // Only what JSON itself must escape: this goes to a program, not into a page.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(ResultTable table, TextWriter output) =>
        Write(
            output,
            json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("columns");
                foreach (var column in table.Columns)
                    json.WriteStringValue(column.Id);
                json.WriteEndArray();
                json.WriteStartArray("rows");
                foreach (var row in table.Rows)
                {
                    json.WriteStartArray();
                    foreach (var cell in row)
                        WriteValue(json, cell);
                    json.WriteEndArray();
                }
                json.WriteEndArray();
                json.WriteEndObject();
            }
        );

    public static void Write(ResultRecord record, TextWriter output) => Write(output, json => WriteValue(json, record));

    private static void Write(TextWriter output, Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Plain))
            write(json);
        output.WriteLine(System.Text.Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case ResultRecord record:
                json.WriteStartObject();
                foreach (var (name, inner) in record.Fields)
                {
                    json.WritePropertyName(name);
                    WriteValue(json, inner);
                }
                json.WriteEndObject();
                break;
            case System.Collections.IEnumerable list:
                json.WriteStartArray();
                foreach (var item in list)
                    WriteValue(json, item);
                json.WriteEndArray();
                break;
            default:
                if (CellText.IsNumber(value))
                    json.WriteRawValue(CellText.Exact(value));
                else
                    json.WriteStringValue(CellText.Exact(value));
                break;
        }
    }
}
