using System.Globalization;
using System.Text;
using System.Text.Json;
using Bursar.Core.Amounts;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Reporting;

/// <summary>An answer as columns and rows for programs: every digit, FOCUS column ids.</summary>
public sealed class CostRecords(CostAnswer answer)
{
    private readonly CostQuery query = answer.Query;

    /// <summary>The By columns, the grain of time, BillingCurrency when there are several, and the measure.</summary>
    public IReadOnlyList<string> Columns =>
        [
            .. query.By,
            .. query.Over is { } grain ? [grain.ToString().ToLowerInvariant()] : Array.Empty<string>(),
            .. answer.HasSeveralCurrencies ? ["BillingCurrency"] : Array.Empty<string>(),
            query.Measure.ToString(),
            .. query.Split.HasFlag(CostSplit.Tax) ? ["Tax"] : Array.Empty<string>(),
            .. query.Split.HasFlag(CostSplit.Credits) ? ["Credits"] : Array.Empty<string>(),
        ];

    /// <summary><c>{"columns":[…],"rows":[[…]],"notes":[…],"incomplete":false,"draft":false}</c>.</summary>
    public void WriteJson(Stream stream)
    {
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        WriteTexts(json, "columns", Columns);
        json.WriteStartArray("rows");
        foreach (var row in answer.Rows)
        {
            json.WriteStartArray();
            foreach (var text in Texts(row))
                json.WriteStringValue(text);
            foreach (var amount in Amounts(row))
                json.WriteRawValue(amount.ToString());
            json.WriteEndArray();
        }
        json.WriteEndArray();
        WriteTexts(json, "notes", answer.Notes);
        json.WriteBoolean("incomplete", answer.Incomplete);
        json.WriteBoolean("draft", answer.Draft);
        json.WriteEndObject();
    }

    /// <summary>RFC 4180: commas, CRLF, quotes where needed.</summary>
    public string ToCsv()
    {
        var csv = new StringBuilder();
        csv.AppendJoin(',', Columns.Select(Cell)).Append("\r\n");
        foreach (var row in answer.Rows)
        {
            csv.AppendJoin(',', Texts(row).Select(Cell).Concat(Amounts(row).Select(amount => amount.ToString())));
            csv.Append("\r\n");
        }
        return csv.ToString();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private IEnumerable<string?> Texts(CostRow row)
    {
        foreach (var key in row.Keys)
            yield return key;
        if (query.Over is { } grain)
            yield return row.Period is { } start ? Period(start, grain) : null;
        if (answer.HasSeveralCurrencies)
            yield return row.Currency.Code;
    }

    private IEnumerable<Amount> Amounts(CostRow row)
    {
        yield return row.Cost;
        if (query.Split.HasFlag(CostSplit.Tax))
            yield return row.Tax;
        if (query.Split.HasFlag(CostSplit.Credits))
            yield return row.Credits;
    }

    private static string Period(DateOnly start, TimeGrain grain) =>
        grain switch
        {
            TimeGrain.Month => start.ToString("yyyy-MM", CultureInfo.InvariantCulture),
            TimeGrain.Quarter => $"{start.Year}-Q{((start.Month - 1) / 3) + 1}",
            TimeGrain.Year => start.ToString("yyyy", CultureInfo.InvariantCulture),
            _ => start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };

    private static string Cell(string? text)
    {
        if (text is null)
            return "";
        return text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : '"' + text.Replace("\"", "\"\"") + '"';
    }
}
