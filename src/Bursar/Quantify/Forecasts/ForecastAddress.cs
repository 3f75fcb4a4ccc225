using System.Globalization;
using Bursar.Core.Diagnostics;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Web.Addresses;

namespace Bursar.Quantify.Forecasts;

/// <summary>A question about the future as the query string of an address, and back; the command line shares the
/// words.</summary>
internal static class ForecastAddress
{
    /// <summary>The parts of an address that a question about cost has not.</summary>
    public static string[] Parts { get; } = ["series", "scope", "quantile", "known", "events", "format"];

    /// <param name="cost">The question about cost; its <c>To</c> is how far ahead.</param>
    /// <param name="series">The series instead; null for cost.</param>
    /// <param name="scope">The scope; null for all cost.</param>
    /// <param name="quantiles">"0.95" or "P95".</param>
    /// <param name="known">The last day that counts as known; null for all there is.</param>
    /// <param name="withEvents">Whether planned events are laid over it.</param>
    /// <exception cref="RefusedException">Something of it cannot be read.</exception>
    public static ForecastQuestion Read(
        CostQuery cost,
        string? series,
        string? scope,
        IEnumerable<string> quantiles,
        string? known,
        bool withEvents
    )
    {
        if (cost.Split != CostSplit.None)
            throw new RefusedException(
                "forecasts/no-split",
                "A forecast shows nothing apart.",
                "Leave --split away, and ask with --where ChargeCategory=Tax for the tax alone.",
                exitCode: 2
            );
        return new ForecastQuestion
        {
            Cost = cost with { Over = null, To = null, Top = cost.Top },
            Series = series,
            Scope = scope,
            Over = cost.Over ?? TimeGrain.Month,
            Through = cost.To?.AddDays(-1),
            Quantiles = [.. quantiles.Select(Quantile)],
            KnownThrough = known is null ? null : CostQueryText.End(known, "--known-through").AddDays(-1),
            WithEvents = withEvents,
        };
    }

    /// <summary>The question of a page or an API call.</summary>
    public static (ForecastQuestion? Question, string? AsOf, IReadOnlyList<Diagnostic> Diagnostics) Read(
        string? queryString
    )
    {
        var (question, diagnostics) = CostQueryUrl.Read(queryString, Parts);
        if (diagnostics.Count > 0)
            return (null, question.AsOf, diagnostics);
        var parts = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(queryString);
        return (
            Read(
                question.Query,
                One("series"),
                One("scope"),
                parts.TryGetValue("quantile", out var some)
                    ? some.OfType<string>().Where(text => text.Trim().Length > 0)
                    : [],
                One("known"),
                One("events") is not "no"
            ),
            question.AsOf,
            []
        );

        string? One(string name) =>
            parts.TryGetValue(name, out var values) && values is [{ Length: > 0 } text] ? text : null;
    }

    /// <summary>The query string of a question.</summary>
    public static string Write(ForecastQuestion question)
    {
        var cost = CostQueryUrl.Write(
            new CostQuestion { Query = question.Cost with { Over = question.Over, To = question.Through?.AddDays(1) } }
        );
        return string.Join('&', Pairs(question).Prepend(cost).Where(text => text.Length > 0));
    }

    private static IEnumerable<string> Pairs(ForecastQuestion question)
    {
        if (question.Series is { } series)
            yield return "series=" + Uri.EscapeDataString(series);
        if (question.Scope is { } scope)
            yield return "scope=" + Uri.EscapeDataString(scope);
        foreach (var quantile in question.Quantiles)
            yield return FormattableString.Invariant($"quantile={quantile}");
        if (question.KnownThrough is { } known)
            yield return FormattableString.Invariant($"known={known:yyyy-MM-dd}");
        if (!question.WithEvents)
            yield return "events=no";
    }

    private static decimal Quantile(string text)
    {
        var isPercent = text.StartsWith('P') || text.StartsWith('p');
        return decimal.TryParse(
            isPercent ? text[1..] : text,
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var value
        )
            ? isPercent
                ? value / 100
                : value
            : throw new RefusedException(
                "forecasts/bad-quantile",
                $"\"{text}\" is no quantile.",
                "Write a probability from 0.001 to 0.999: 0.95, or P95.",
                exitCode: 2
            );
    }
}
