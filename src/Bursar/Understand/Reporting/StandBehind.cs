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
                Finality = RestOnPeriods.Of(view, answer.Query, cancel),
            };

    /// <summary>
    /// <c>"invoices":[{"state":"tied","currency":"USD","amount":1.00}]</c>, and the same by billing period; nothing
    /// where nobody says.
    /// </summary>
    public static IEnumerable<(string, object?)> Fields(CostAnswer answer)
    {
        if (answer.Standing is { } standing)
            yield return ("invoices", Amounts(standing.Amounts));
        if (answer.Finality is not { } finality)
            yield break;
        yield return ("billingPeriods", Amounts(finality.Amounts));
        yield return (
            "openPeriods",
            finality.Open.Select(period => ResultRecord.Of(("issuer", period.Issuer), ("period", period.Period)))
        );
    }

    /// <summary>Whether anybody says anything.</summary>
    public static bool IsKnown(CostAnswer answer) => answer.Standing is not null || answer.Finality is not null;

    /// <summary>The same for people.</summary>
    public static IEnumerable<string> Sentences(CostAnswer answer) =>
        new[] { answer.Standing?.Sentence, answer.Finality?.Sentence }.OfType<string>();

    private static IEnumerable<ResultRecord> Amounts(IEnumerable<StandingAmount> amounts) =>
        amounts.Select(part =>
            ResultRecord.Of(
                ("state", part.State),
                ("currency", part.Amount.Currency.Code),
                ("amount", part.Amount.Amount)
            )
        );
}
