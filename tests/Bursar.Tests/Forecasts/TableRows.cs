using System.Text.Json;

namespace Bursar.Tests.Forecasts;

/// <summary>The rows of a table in JSON, each with the names of its columns.</summary>
internal static class TableRows
{
    public static IReadOnlyList<JsonElement> Of(JsonElement table)
    {
        if (table.ValueKind == JsonValueKind.Array)
            return [.. table.EnumerateArray()];
        var columns = table.GetProperty("columns").EnumerateArray().Select(column => column.GetString()!).ToList();
        return
        [
            .. table
                .GetProperty("rows")
                .EnumerateArray()
                .Select(row =>
                    JsonSerializer.SerializeToElement(
                        columns.Zip(row.EnumerateArray()).ToDictionary(pair => pair.First, pair => pair.Second)
                    )
                ),
        ];
    }
}
