using Bursar.Cli.Output;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bursar.Web;

/// <summary>What the API answers: the record that the command line prints, in the form that was asked for.</summary>
internal static class ApiAnswer
{
    public static ContentHttpResult Json(ResultRecord record) => Json(output => JsonResult.Write(record, output));

    public static ContentHttpResult Json(ResultTable table) => Json(output => JsonResult.Write(table, output));

    public static ContentHttpResult Csv(ResultTable table)
    {
        using var text = new StringWriter();
        CsvResult.Write(table, text);
        return TypedResults.Text(text.ToString(), "text/csv; charset=utf-8");
    }

    private static ContentHttpResult Json(Action<TextWriter> write)
    {
        using var text = new StringWriter();
        write(text);
        return TypedResults.Text(text.ToString(), "application/json");
    }
}
