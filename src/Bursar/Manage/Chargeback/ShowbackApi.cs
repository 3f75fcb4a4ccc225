using Bursar.Cli.Output;
using Bursar.Understand.Allocation;
using Bursar.Web;
using Bursar.Web.Addresses;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bursar.Manage.Chargeback;

/// <summary>
/// What an address asks: whose statement, of when; without a subject, the list of everybody by a field.
/// </summary>
internal sealed record ShowbackQuestion(
    CostQuestion Question,
    string? Scope,
    IReadOnlyList<KeyValuePair<string, string?>> Fields,
    string? Period,
    string? By
)
{
    /// <summary>The parameters beside those of every question.</summary>
    public static string[] Parameters { get; } = ["scope", .. Subjects.Words, "period", "field", "format"];

    public bool HasSubject => Scope is not null || Fields.Count > 0;

    /// <summary>Reads an address.</summary>
    public static (ShowbackQuestion? Asked, Core.Diagnostics.Diagnostic? Refused) Read(HttpRequest request)
    {
        var (question, diagnostics) = CostQueryUrl.Read(request.QueryString.Value, Parameters);
        if (diagnostics.Count > 0)
            return (null, diagnostics[0]);
        return (
            new ShowbackQuestion(
                question,
                One("scope"),
                [
                    .. Subjects
                        .Words.Select((word, i) => (Field: SharedFields.Names[i], Values: request.Query[word]))
                        .Where(pair => pair.Values.Count > 0)
                        .Select(pair => KeyValuePair.Create(pair.Field, pair.Values[0])),
                ],
                One("period"),
                One("field")
            ),
            null
        );

        string? One(string name) => request.Query[name] is [{ Length: > 0 } text, ..] ? text : null;
    }
}

/// <summary>A statement; null when the books are empty.</summary>
internal delegate Task<Statement?> ReadStatement(ShowbackQuestion question, CancellationToken cancellationToken);

/// <summary>Everybody who has cost; null when the books are empty.</summary>
internal delegate Task<ShowbackList?> ReadShowbacks(ShowbackQuestion question, CancellationToken cancellationToken);

/// <summary>GET /api/v1/showback: what <c>bursar showback</c> prints, or writes, for programs.</summary>
internal static class ShowbackApi
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/showback", AnswerAsync)
            .WithName("showback")
            .WithSummary("The statement of a scope, owner, product, cost centre, …; without one, the list by field.");

    private static async Task<
        Results<ContentHttpResult, FileContentHttpResult, ProblemHttpResult, NoContent>
    > AnswerAsync(
        HttpContext context,
        ReadStatement read,
        ReadShowbacks list,
        CancellationToken cancellationToken,
        string? format = null
    )
    {
        var (asked, refused) = ShowbackQuestion.Read(context.Request);
        if (asked is null)
            return Problems.Of(refused!);
        if (!asked.HasSubject)
        {
            if (await list(asked, cancellationToken) is not { } everybody)
                return TypedResults.NoContent();
            using var text = new StringWriter();
            var isCsv = format == "csv";
            if (isCsv)
                CsvResult.Write(ShowbackTables.List(everybody), text);
            else
                JsonResult.Write(ShowbackTables.List(everybody), text);
            return TypedResults.Text(text.ToString(), isCsv ? "text/csv; charset=utf-8" : "application/json");
        }
        if (await read(asked, cancellationToken) is not { } statement)
            return TypedResults.NoContent();
        var form = StatementFiles.FormOf("." + (format ?? "json"));
        var bytes = await StatementFiles.BytesAsync(statement, form);
        return form == ".xlsx"
            ? TypedResults.File(
                bytes,
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                StatementFiles.Name(statement, form)
            )
            : TypedResults.Text(
                System.Text.Encoding.UTF8.GetString(bytes),
                form switch
                {
                    ".csv" => "text/csv; charset=utf-8",
                    ".html" => "text/html; charset=utf-8",
                    _ => "application/json",
                }
            );
    }
}
