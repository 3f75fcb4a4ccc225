using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Manage.Strategy;
using Bursar.Warehouse.Books;
using Bursar.Workspaces;

namespace Bursar.Quantify.Kpis;

/// <summary>Writes into the journal how KPIs stand, before somebody changes what they measure (KPI-04).</summary>
internal sealed class FreezeKpis(Workspace workspace, BooksView view)
{
    /// <param name="names">KPIs by name or number; none for all that can be computed.</param>
    /// <param name="scope">The scope; null for all cost.</param>
    /// <param name="month">The month; null is the newest whole one.</param>
    /// <param name="initiative">What is about to begin.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancel">Ends the asking.</param>
    /// <exception cref="RefusedException">There is nothing to freeze.</exception>
    public KpiBaseline Freeze(
        IReadOnlyList<string> names,
        string? scope,
        BillingPeriod? month,
        string? initiative,
        string reason,
        CancellationToken cancel
    )
    {
        if (reason.Trim().Length == 0)
            throw new RefusedException(
                "kpis/no-reason",
                "A baseline needs a reason: later readers will ask for it.",
                "Write --reason \"what is about to begin\".",
                exitCode: 2
            );
        RequireInitiative(initiative);
        var measure = new MeasureKpis(view);
        var kpis = names.Count == 0 ? measure.Book.Kpis : [.. names.Select(measure.Book.Require).Distinct()];
        var review = measure.Of(kpis, scope, month, cancel);
        if (names.Count > 0 && review?.Results.FirstOrDefault(result => result.Value is null) is { } missing)
            throw new RefusedException(
                "kpis/not-computable",
                $"{missing.Kpi.Title} is not computable in {missing.Month}, so there is nothing to freeze. {missing.Why}.",
                $"`bursar kpis show {missing.Kpi.Name}` says what is missing and how to give it."
            );
        if (review is null || review.Computed.Count == 0)
            throw new RefusedException(
                "kpis/nothing-to-freeze",
                "No KPI can be computed, so there is nothing to freeze.",
                "Take in a provider's export: bursar ingest FILE."
            );
        var fact = new KpiBaseline(
            review.Month.ToString(),
            review.Subject.Scope,
            initiative,
            reason.Trim(),
            [.. review.Computed.Select(Figure)]
        );
        workspace.Books.Append(
            BooksOfRecord.DefaultActor,
            NewEntry.Of(KpiBaseline.Kind, fact, KpiFactsJson.Line.KpiBaseline),
            cancel
        );
        return fact;
    }

    private void RequireInitiative(string? name)
    {
        var all = view.Rulebook.All<Initiative>().Select(one => one.Name).ToList();
        if (name is not null && !all.Contains(name))
            throw new RefusedException(
                "kpis/unknown-initiative",
                $"The rulebook has no initiative \"{name}\".{DidYouMean.Question(name, all)}",
                "Declare it with kind: Initiative, or leave --initiative away: the reason says enough.",
                exitCode: 2
            );
    }

    private static FrozenFigure Figure(KpiResult result) =>
        new(
            result.Kpi.Name,
            result.Value!.Value,
            result.Unit,
            result.Kpi.Formula!,
            result.Inputs.ToDictionary(input => input.Name, input => input.Value!.Value)
        );
}
