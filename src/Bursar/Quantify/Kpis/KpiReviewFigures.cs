using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Quantify.Budgets;
using Bursar.Understand.Anomalies;
using Bursar.Understand.Reporting;
using Bursar.Understand.Unallocated;
using Bursar.Warehouse.Queries;
using Bursar.Web.Addresses;
using Bursar.Workspaces;

namespace Bursar.Quantify.Kpis;

/// <summary>How much of the month's cost somebody looked at, and of how much something was decided (KPI-09).</summary>
/// <remarks>Charges that several decisions are about count once.</remarks>
internal sealed class KpiReviewFigures(
    BooksView view,
    BillingPeriod month,
    Currency currency,
    KpiAnomalyFigures anomalies,
    CancellationToken cancel
)
{
    /// <summary>Charges that a decision is about; it acts when it changes something.</summary>
    private sealed record Reviewed(IReadOnlyList<CostFilter> Charges, bool Acts);

    /// <summary>A sum of nothing is zero: nobody looked at anything, and that is known.</summary>
    public Amount Of(string word)
    {
        List<Reviewed> all = [.. OfQueue(), .. OfAnomalies(), .. OfBudgets()];
        return Once(word == "review-acted" ? [.. all.Where(one => one.Acts)] : all);
    }

    /// <summary>What has no owner, or is said to have a wrong one.</summary>
    private IEnumerable<Reviewed> OfQueue() =>
        QueueHistory
            .Of(view.State)
            .All.Where(made => InMonth(made.Day) || (made.Fact.Since < month.End && made.Fact.Through >= month.Start))
            .GroupBy(made => made.Fact.Id)
            .Select(same => new Reviewed(
                Charges(same.Last().Fact),
                same.Any(made => made.Fact.State is QueueState.Assigned or QueueState.Resolved)
            ));

    /// <summary>What was odd in the month, once somebody took it up.</summary>
    private IEnumerable<Reviewed> OfAnomalies() =>
        anomalies
            .Items.Where(one => one.Decision is not null)
            .Select(one => new Reviewed(one.Charges, one.State == AnomalyState.Resolved));

    /// <summary>Budgets with a step or a change in the month, or about the month.</summary>
    private IEnumerable<Reviewed> OfBudgets()
    {
        var log = BudgetLog.Of(view.State);
        List<(string Budget, DateTimeOffset At, string? Period, bool Acts)> all =
        [
            .. log.Overages.Select(one =>
                (one.Fact.Budget, one.At, (string?)one.Fact.Period, one.Fact.Step != OverageStep.Investigate)
            ),
            .. log.Holdbacks.Select(one => (one.Fact.Budget, one.At, (string?)one.Fact.Period, true)),
            .. log.Revisions.Select(one =>
                (one.Fact.Budget, one.At, (string?)null, one.State == RevisionState.Approved)
            ),
        ];
        var entries = all.Where(one =>
            InMonth(DateOnly.FromDateTime(one.At.UtcDateTime)) || one.Period == month.ToString()
        );
        foreach (var same in entries.GroupBy(one => one.Budget))
        {
            // A step about the budget of everything looks at nothing by itself.
            if (view.Rulebook.Find<Budget>(same.Key)?.FiltersIn(view.Rulebook) is { Count: > 0 } charges)
                yield return new Reviewed(charges, same.Any(one => one.Acts));
        }
    }

    /// <summary>What was decided about: what still has no owner, or has the one that was named.</summary>
    private static IReadOnlyList<CostFilter> Charges(QueueDecision fact) =>
        fact.Scope is { } scope
            ? [.. scope.Place, new CostFilter(fact.Field, fact.To is { } to ? [null, to] : [null])]
            : [.. (fact.Where ?? []).Select(FilterText.Read).OfType<CostFilter>()];

    /// <summary>All charges that one of them is about, each once.</summary>
    private Amount Once(IReadOnlyList<Reviewed> reviewed)
    {
        if (reviewed.Count == 0)
            return Amount.Zero;
        var answer = new AskCosts(view).Answer(
            new CostQuery
            {
                By = [CostColumns.Scopes],
                From = month.Start,
                To = month.End,
                Scopes = [.. reviewed.Select((one, i) => new NamedFilter($"{i}", one.Charges))],
            },
            cancel
        );
        return answer
            .Rows.Where(row => row.Currency == currency && row.Keys[0] is { Length: > 0 })
            .Aggregate(Amount.Zero, (sum, row) => sum + row.Total);
    }

    private bool InMonth(DateOnly day) => BillingPeriod.Containing(day) == month;
}
