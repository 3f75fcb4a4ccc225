using Bursar.Cli.Output;
using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Web.Addresses;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;

namespace Bursar.Understand.Reporting.WhatIf;

/// <summary>What is asked of two rulebooks, as an address has it.</summary>
/// <param name="Old">Null is what is published.</param>
/// <param name="New">Null is the working copy.</param>
/// <param name="Period">Null is the newest whole month.</param>
/// <param name="By">The shared fields; none is the cost centre.</param>
/// <param name="Measure">Which cost.</param>
/// <param name="Allocation">Where shared costs are.</param>
/// <param name="Conversion">The currency; null for every amount as billed.</param>
/// <param name="AsOf">The moment whose deliveries are compared; null is now.</param>
internal sealed record ChangeAddress(
    string? Old,
    string? New,
    string? Period,
    IReadOnlyList<string> By,
    CostMeasure Measure,
    CostAllocation Allocation,
    Conversion? Conversion,
    string? AsOf
)
{
    private static readonly string[] Known =
    [
        "old",
        "new",
        "period",
        "by",
        "measure",
        "allocation",
        "currency",
        "rates",
        "asof",
    ];

    /// <param name="queryString">With or without the question mark.</param>
    /// <param name="alsoKnown">Parts that belong to the door.</param>
    public static (ChangeAddress Address, IReadOnlyList<Diagnostic> Diagnostics) Read(
        string? queryString,
        params string[] alsoKnown
    )
    {
        var reader = new ParameterReader(QueryHelpers.ParseQuery(queryString));
        reader.RefuseUnknown([.. Known, .. alsoKnown]);
        var address = new ChangeAddress(
            reader.One("old"),
            reader.One("new"),
            reader.One("period"),
            [.. reader.All("by")],
            reader.Choice<CostMeasure>("measure") ?? default,
            reader.Choice<CostAllocation>("allocation") ?? default,
            reader.Conversion("currency", "rates"),
            reader.One("asof")
        );
        return (address, reader.Diagnostics);
    }
}

/// <summary>Compares two rulebooks; null when the books are empty.</summary>
internal delegate Task<RulebookChange?> ReadChange(ChangeAddress address, CancellationToken cancellationToken);

/// <summary>GET /api/v1/diff: what a change of rules moves, for programs.</summary>
internal static class DiffApi
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/diff", AnswerAsync)
            .WithName("diff")
            .WithSummary(
                "What a change of rules moves: old and new (published, working, #12, a hash), period, by, measure, allocation, currency."
            );

    private static async Task<Results<ContentHttpResult, ProblemHttpResult, NoContent>> AnswerAsync(
        HttpContext context,
        ReadChange read,
        CancellationToken cancellationToken
    )
    {
        var (address, diagnostics) = ChangeAddress.Read(context.Request.QueryString.Value, "format");
        if (diagnostics.Count > 0)
            return Problems.Of(diagnostics[0]);
        if (await read(address, cancellationToken) is not { } change)
            return TypedResults.NoContent();
        using var text = new StringWriter();
        switch (context.Request.Query["format"].ToString())
        {
            case "csv":
                CsvResult.Write(ChangeTables.Groups(change), text);
                return TypedResults.Text(text.ToString(), "text/csv; charset=utf-8");
            case "markdown":
                ChangeMarkdown.Write(change, 10, text);
                return TypedResults.Text(text.ToString(), "text/markdown; charset=utf-8");
            default:
                JsonResult.Write(ChangeTables.Record(change), text);
                return TypedResults.Text(text.ToString(), "application/json");
        }
    }
}
