using Bursar.Cli.Output;
using Bursar.Core.Diagnostics;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Workspaces;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bursar.Understand.Measures;

/// <summary>The books at a moment, as an address names it; null is now.</summary>
internal delegate BooksView ViewOfMeasures(string? asOf);

/// <summary>GET /api/v1/series and /api/v1/series/{name}: measures for programs.</summary>
internal static class SeriesApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/series", (string? asof, string? format, ViewOfMeasures view) => ListAsync(asof, format, view))
            .WithName("series")
            .WithSummary("Lists the series of measures.");
        routes
            .MapGet("/series/{name}", AnswerAsync)
            .WithName("seriesFigures")
            .WithSummary("The figures of a series, by time and key.");
    }

    private static Task<ContentHttpResult> ListAsync(string? asOf, string? format, ViewOfMeasures view) =>
        Task.Run(() => Written(SeriesTables.Of(new ListSeries(view(asOf)).Lines()), format));

    /// <param name="name">The series.</param>
    /// <param name="over">day, week, month, quarter or year.</param>
    /// <param name="by">Keys, comma between them.</param>
    /// <param name="where">Conditions.</param>
    /// <param name="from">First month or day.</param>
    /// <param name="to">Last month or day, included.</param>
    /// <param name="asof">The moment whose books are read.</param>
    /// <param name="format">json or csv.</param>
    /// <param name="view">The books.</param>
    /// <param name="cancel">Stops the question.</param>
    private static Task<ContentHttpResult> AnswerAsync(
        string name,
        string? over,
        string? by,
        string[]? where,
        string? from,
        string? to,
        string? asof,
        string? format,
        ViewOfMeasures view,
        CancellationToken cancel
    ) =>
        Task.Run(
            () =>
            {
                var ask = new AskMeasures(view(asof));
                var question = new MeasureQuestion(name)
                {
                    Over = Grain(over),
                    By =
                    [
                        .. (by ?? "").Split(
                            ',',
                            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
                        ),
                    ],
                    Where = [.. (where ?? []).Select(CostQueryText.Filter)],
                    From = from is null ? null : CostQueryText.Start(from, "from"),
                    To = to is null ? null : CostQueryText.End(to, "to"),
                };
                return Written(SeriesTables.Of(ask.Declared(name), ask.Answer(question, cancel)), format);
            },
            cancel
        );

    /// <summary>The grain that a word names.</summary>
    /// <exception cref="RefusedException">It names none.</exception>
    public static TimeGrain? Grain(string? word)
    {
        if (string.IsNullOrEmpty(word))
            return null;
        return Enum.TryParse<TimeGrain>(word, ignoreCase: true, out var grain) && !char.IsDigit(word[0])
            ? grain
            : throw new RefusedException(
                "series/bad-grain",
                $"\"{word}\" is no grain of time.",
                "Write day, week, month, quarter or year.",
                exitCode: 2
            );
    }

    private static ContentHttpResult Written(ResultTable table, string? format)
    {
        if (format == "csv")
            return ApiAnswer.Csv(table);
        return ApiAnswer.Json(table);
    }
}
