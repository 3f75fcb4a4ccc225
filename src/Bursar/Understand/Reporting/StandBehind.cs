using Bursar.Cli.Output;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Reporting;

/// <summary>Puts beside an answer how far what it rests on is settled, by whoever knows.</summary>
internal static class StandBehind
{
    /// <summary>The answer with the first standing that a capability gives; quantities are on no invoice.</summary>
    public static CostAnswer With(BooksView view, CostAnswer answer, CancellationToken cancel) =>
        answer.Totals.Count == 0 || answer.Query.Measure.IsQuantity
            ? answer
            : answer with
            {
                Standing = Capabilities
                    .All.Select(capability => capability.StandingOf(view, answer.Query, cancel))
                    .FirstOrDefault(standing => standing is not null),
            };

    /// <summary>
    /// <c>"invoices":[{"state":"tied","currency":"USD","amount":1.00}]</c>; nothing without a standing.
    /// </summary>
    public static IEnumerable<(string, object?)> Fields(CostAnswer answer)
    {
        if (answer.Standing is not { } standing)
            yield break;
        yield return (
            "invoices",
            standing.Amounts.Select(part =>
                ResultRecord.Of(
                    ("state", part.State),
                    ("currency", part.Amount.Currency.Code),
                    ("amount", part.Amount.Amount)
                )
            )
        );
    }
}
