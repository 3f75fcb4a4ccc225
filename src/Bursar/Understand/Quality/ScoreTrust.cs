using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Manage.Strategy;
using Bursar.Understand.Allocation;
using Bursar.Understand.Deliveries;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Quality;

/// <summary>How far the figures of a part of the cost can be trusted in a month (DAT-15).</summary>
/// <param name="Scope">What it is about; null is all cost.</param>
/// <param name="Month">The month.</param>
/// <param name="Cost">Its cost, tax and credits left out.</param>
/// <param name="Score">0 to 1; null when nothing could be measured.</param>
/// <param name="Parts">What it is made of, also what was not measured.</param>
/// <param name="Caveats">What the score does not hold: held deliveries, quarantined rows, other currencies.</param>
/// <param name="DataAsOf">The newest day with charges.</param>
public sealed record TrustScore(
    string? Scope,
    BillingPeriod Month,
    Money? Cost,
    decimal? Score,
    IReadOnlyList<TrustPart> Parts,
    IReadOnlyList<string> Caveats,
    DateOnly? DataAsOf
)
{
    /// <summary>How many of the parts were measured.</summary>
    public int Measured => Parts.Count(part => part.Score is not null);
}

/// <summary>Scores the trust in the figures of a scope: allocation, freshness, reconciliation, completeness.</summary>
internal sealed class ScoreTrust(BooksView view)
{
    private readonly AskCosts ask = new(view);

    /// <summary>All cost first, then each scope of the rulebook that has cost in the month.</summary>
    public IReadOnlyList<TrustScore> All(BillingPeriod month, CancellationToken cancel) =>
        [
            Of(null, [], month, cancel),
            .. view
                .Rulebook.All<Scope>()
                .Where(scope => scope.IsInUse(month.Start))
                .OrderBy(scope => scope.Name, StringComparer.Ordinal)
                .Select(scope => Of(scope.DisplayName ?? scope.Name, scope.Charges.ToFilters(), month, cancel))
                .Where(score => score.Cost is not null),
        ];

    /// <summary>One scope of the rulebook.</summary>
    /// <exception cref="RefusedException">There is no such scope.</exception>
    public TrustScore OfScope(string name, BillingPeriod month, CancellationToken cancel)
    {
        var scope =
            view.Rulebook.Find<Scope>(name)
            ?? throw new RefusedException(
                "trust/unknown-scope",
                $"No scope is called \"{name}\".{DidYouMean.Question(name, view.Rulebook.All<Scope>().Select(one => one.Name))}",
                "Scopes are declared with kind: Scope.",
                exitCode: 2
            );
        return Of(scope.DisplayName ?? scope.Name, scope.Charges.ToFilters(), month, cancel);
    }

    public TrustScore Of(string? scope, IReadOnlyList<CostFilter> where, BillingPeriod month, CancellationToken cancel)
    {
        var answer = ask.Answer(
            new CostQuery
            {
                Measure = ReportSubject.Measure(view),
                By = ["x_Source", "x_CostCentre", "x_FilledFields"],
                Where = where,
                From = month.Start,
                To = month.End,
                Split = CostSplit.Tax | CostSplit.Credits,
            },
            cancel
        );
        var main = ReportSubject.MainCurrency(view, answer.Rows);
        var rows = answer.Rows.Where(row => row.Currency == main).ToList();
        var cost = Sum(rows);
        TrustPart[] parts =
        [
            Allocation(rows, cost),
            Freshness(rows, cost),
            Reconciliation(where, month, cancel),
            Completeness(rows, cost),
        ];
        return new TrustScore(
            scope,
            month,
            rows.Count == 0 ? null : new Money(cost, main),
            rows.Count == 0 ? null : TrustMath.Score(parts),
            parts,
            [.. Caveats(answer, main, month)],
            view.DataThrough
        );
    }

    private static TrustPart Allocation(List<CostRow> rows, Amount cost)
    {
        var share = Sum(rows.Where(row => row.Keys[1] is not null)).ShareOf(cost);
        return new TrustPart(
            "allocation",
            TrustMath.AllocationWeight,
            TrustMath.Clamped(share),
            share is { } known ? $"{Words.Percent(known)} of the cost has a cost centre." : "There is no cost."
        );
    }

    private static TrustPart Completeness(List<CostRow> rows, Amount cost)
    {
        var all = SharedFields.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var share = Sum(rows.Where(row => row.Keys[2] == all)).ShareOf(cost);
        return new TrustPart(
            "completeness",
            TrustMath.CompletenessWeight,
            TrustMath.Clamped(share),
            share is { } known
                ? $"{Words.Percent(known)} of the cost has all seven shared fields."
                : "There is no cost."
        );
    }

    /// <summary>Each source counts by its cost; one that promises nothing is left out.</summary>
    private TrustPart Freshness(List<CostRow> rows, Amount cost)
    {
        var sources = new MeasureFreshness(view).Sources().ToDictionary(source => source.Source);
        var (promised, kept) = (0m, 0m);
        var late = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var same in rows.GroupBy(row => row.Keys[0] ?? ""))
        {
            if (sources.GetValueOrDefault(same.Key) is not { } source || TrustMath.Freshness(source) is not { } score)
                continue;
            var weight = Math.Max(0, Sum(same).ShareOf(cost) ?? 0);
            promised += weight;
            kept += weight * score;
            if (source.Breach is not null)
                late.Add(source.DisplayName);
        }
        if (promised == 0)
            return new TrustPart(
                "freshness",
                TrustMath.FreshnessWeight,
                null,
                "Not measured: no source says how fresh it is to be (expectedEveryHours, freshWithinHours)."
            );
        var left = promised < 0.9995m ? $" Sources of {Words.Percent(1 - promised)} of the cost promise nothing." : "";
        return new TrustPart(
            "freshness",
            TrustMath.FreshnessWeight,
            TrustMath.Clamped(kept / promised),
            (late.Count == 0 ? "Every source that promises to be fresh is." : $"Late: {string.Join(", ", late)}.")
                + left
        );
    }

    private TrustPart Reconciliation(IReadOnlyList<CostFilter> where, BillingPeriod month, CancellationToken cancel)
    {
        var gap = Capabilities
            .All.Select(capability => capability.ReconciliationGap)
            .OfType<MeasureReconciliationGap>()
            .Select(measure => measure(view, DateRange.Of(month), where, cancel))
            .OfType<ReconciliationGap>()
            .FirstOrDefault();
        return new TrustPart(
            "reconciliation",
            TrustMath.ReconciliationWeight,
            gap is null ? null : TrustMath.Reconciliation(gap.GapRatio),
            gap?.Sentence ?? "Not measured: no invoice was compared with these charges."
        );
    }

    private IEnumerable<string> Caveats(CostAnswer answer, Currency main, BillingPeriod month)
    {
        foreach (var note in answer.Notes.Where(note => note.StartsWith("Incomplete", StringComparison.Ordinal)))
            yield return note;
        foreach (var held in view.State.HeldDeliveries.Where(booked => booked.Delivery.BillingPeriod == month))
            yield return $"{held.Id} is held and counts in no total.";
        var others = answer.Totals.Select(total => total.Currency).Where(other => other != main).Distinct().ToList();
        if (others.Count > 0)
            yield return $"The score is of cost in {main}; {string.Join(", ", others)} is left out.";
    }

    private static Amount Sum(IEnumerable<CostRow> rows) => rows.Aggregate(Amount.Zero, (sum, row) => sum + row.Cost);
}
