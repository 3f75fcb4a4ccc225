using Bursar.Core.Amounts;
using Bursar.Rulebooks.Terms;
using Bursar.Warehouse.Queries;

namespace Bursar.Web.Addresses;

/// <summary>With what a period is compared.</summary>
public enum Comparison
{
    None,

    /// <summary>The period of the same length just before.</summary>
    Previous,

    /// <summary>The same period one year earlier.</summary>
    Year,

    /// <summary>The same period as it was, where the answer is restated to another structure.</summary>
    Structure,
}

/// <summary>How the chart is drawn.</summary>
public enum ChartForm
{
    Lines,
    Bars,
}

/// <summary>Everything an address says about a page of cost: the question, what to compare it with, and as of
/// when.</summary>
public sealed record CostQuestion
{
    public CostQuery Query { get; init; } = new();

    public Comparison Compare { get; init; }

    public ChartForm Chart { get; init; }

    /// <summary>The moment whose books are read, as written by the reader; null is now.</summary>
    public string? AsOf { get; init; }

    /// <summary>In whose words the page speaks; null is the organisation's own choice.</summary>
    public Vocabulary? Vocabulary { get; init; }

    /// <summary>The page of a list of rows, from 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>The currency of a code as people write it, "usd" too; null when it is no code.</summary>
    public static Currency? ReadCurrency(string text) =>
        text.Trim() is { Length: 3 } code && code.All(char.IsAsciiLetter)
            ? new Currency(code.ToUpperInvariant())
            : null;

    /// <summary>The same question with one more condition; a condition that is already there is not doubled.</summary>
    public CostQuestion Where(string column, string? value)
    {
        var kept = Query.Where.Where(filter => filter.Negated || filter.Column != column);
        return this with { Page = 1, Query = Query with { Where = [.. kept, new CostFilter(column, [value])] } };
    }

    /// <summary>The same question without this condition.</summary>
    public CostQuestion Without(CostFilter filter) =>
        this with
        {
            Page = 1,
            Query = Query with { Where = [.. Query.Where.Where(other => !ReferenceEquals(other, filter))] },
        };
}
