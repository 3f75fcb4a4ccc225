using System.Globalization;
using System.Text.Encodings.Web;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Rulebooks.Terms;
using Bursar.Warehouse.Queries;
using Microsoft.AspNetCore.WebUtilities;

namespace Bursar.Web.Addresses;

/// <summary>A question about cost as the query string of an address, and back: the state of every page, link and API
/// call.</summary>
/// <remarks>
/// <c>measure by over time from to where top split currency rates allocation structure compare chart asof vocabulary
/// page</c>.
/// <c>to</c> names the last day, month or year that is included, as on the command line; inside, ranges end
/// exclusively. What is said by default is not written, so that equal questions have equal addresses.
/// </remarks>
public static class CostQueryUrl
{
    private static readonly string[] Known =
    [
        "measure",
        "by",
        "over",
        "time",
        "from",
        "to",
        "where",
        "top",
        "split",
        "currency",
        "rates",
        "allocation",
        "structure",
        "vocabulary",
        "compare",
        "chart",
        "asof",
        "page",
    ];

    /// <summary>The address of a path with this question.</summary>
    public static string Href(string path, CostQuestion question)
    {
        var text = Write(question);
        return text.Length == 0 ? path : path + "?" + text;
    }

    /// <inheritdoc cref="Href(string, CostQuestion)"/>
    public static string Href(string path, CostQuery query, string? asOf = null) =>
        Href(path, new CostQuestion { Query = query, AsOf = asOf });

    /// <summary>The query string without the question mark.</summary>
    public static string Write(CostQuestion question) =>
        string.Join('&', Pairs(question).Select(pair => pair.Key + "=" + Encoded(pair.Value)));

    /// <summary>The parameters in their order, also for the hidden fields of a form.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Pairs(CostQuestion question)
    {
        var query = question.Query;
        if (query.Measure != default)
            yield return new("measure", query.Measure.ToString());
        if (query.By.Count > 0)
            yield return new("by", FilterText.Join(query.By));
        if (query.Over is { } grain)
            yield return new("over", Lower(grain));
        if (query.Time != default)
            yield return new("time", Lower(query.Time));
        if (query.From is { } from)
            yield return new("from", FirstDay(from, query.To));
        if (query.To is { } to)
            yield return new("to", LastDay(to, query.From));
        foreach (var filter in query.Where)
            yield return new("where", FilterText.Write(filter));
        if (query.Top is { } top)
            yield return new("top", top.ToString(CultureInfo.InvariantCulture));
        if (query.Split != default)
            yield return new("split", SplitText(query.Split));
        if (query.Conversion is { } conversion)
        {
            yield return new("currency", conversion.Target.Code);
            if (conversion.Use != default)
                yield return new("rates", Lower(conversion.Use));
        }
        if (query.Allocation != default)
            yield return new("allocation", Lower(query.Allocation));
        if (query.Structure is { } structure)
            yield return new("structure", structure.ToString());
        if (question.Compare != default)
            yield return new("compare", Lower(question.Compare));
        if (question.Chart != default)
            yield return new("chart", Lower(question.Chart));
        if (question.AsOf is { } asOf)
            yield return new("asof", asOf);
        if (question.Vocabulary is { } vocabulary)
            yield return new("vocabulary", Lower(vocabulary));
        if (question.Page != 1)
            yield return new("page", question.Page.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Reads a query string; what cannot be read is left at its default and told.</summary>
    /// <param name="queryString">With or without the question mark.</param>
    /// <param name="alsoKnown">Parameters that belong to the page or the format and not to the question.</param>
    public static (CostQuestion Question, IReadOnlyList<Diagnostic> Diagnostics) Read(
        string? queryString,
        params string[] alsoKnown
    )
    {
        var reader = new ParameterReader(QueryHelpers.ParseQuery(queryString));
        reader.RefuseUnknown([.. Known, .. alsoKnown]);
        var from = reader.Day("from", last: false);
        var to = reader.Day("to", last: true);
        if (from >= to)
        {
            reader.Refuse(
                "from",
                $"The period ends before it begins: \"from\" must not lie after \"to\".",
                "Swap the two, or leave one of them out."
            );
            (from, to) = (null, null);
        }
        var question = new CostQuestion
        {
            Query = new CostQuery
            {
                Measure = reader.Choice<CostMeasure>("measure") ?? default,
                By =
                [
                    .. reader
                        .All("by")
                        .SelectMany(FilterText.Split)
                        .Select(column => column.Trim())
                        .Where(column => column.Length > 0)
                        .Distinct(),
                ],
                Over = reader.Choice<TimeGrain>("over"),
                Time = reader.Choice<TimeBasis>("time") ?? default,
                From = from,
                To = to,
                Where = reader.Filters("where"),
                Top = reader.Number("top", 1, 10_000),
                Split = reader.Split("split"),
                Conversion = reader.Conversion("currency", "rates"),
                Allocation = reader.Choice<CostAllocation>("allocation") ?? default,
                Structure = reader.Structure("structure"),
            },
            Compare = reader.Choice<Comparison>("compare") ?? default,
            Chart = reader.Choice<ChartForm>("chart") ?? default,
            AsOf = reader.One("asof"),
            Vocabulary = reader.Choice<Vocabulary>("vocabulary"),
            Page = reader.Number("page", 1, 10_000_000) ?? 1,
        };
        return (question, reader.Diagnostics);
    }

    /// <summary>True when a form sent fields that say nothing; the page then moves to the shorter address.</summary>
    public static bool HasEmptyParts(string? queryString) =>
        QueryHelpers.ParseQuery(queryString).Any(pair => pair.Value.Any(string.IsNullOrWhiteSpace));

    /// <summary>"2026-04" for the first of a month when the other end is a month's border too, else the day.</summary>
    private static string FirstDay(DateOnly from, DateOnly? to) =>
        IsMonths(from, to) ? BillingPeriod.Containing(from).ToString() : Iso(from);

    private static string LastDay(DateOnly to, DateOnly? from) =>
        IsMonths(to, from) ? BillingPeriod.Containing(to.AddDays(-1)).ToString() : Iso(to.AddDays(-1));

    private static bool IsMonths(DateOnly one, DateOnly? other) => one.Day == 1 && other is null or { Day: 1 };

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string SplitText(CostSplit split) =>
        split switch
        {
            CostSplit.Tax => "tax",
            CostSplit.Credits => "credits",
            _ => "tax,credits",
        };

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    /// <summary>Escapes what must be, and leaves the marks that make an address readable.</summary>
    private static string Encoded(string value) =>
        UrlEncoder
            .Default.Encode(value)
            .Replace("%2F", "/", StringComparison.Ordinal)
            .Replace("%2C", ",", StringComparison.Ordinal)
            .Replace("%3D", "=", StringComparison.Ordinal)
            .Replace("%3A", ":", StringComparison.Ordinal)
            .Replace("%20", "+", StringComparison.Ordinal);
}
