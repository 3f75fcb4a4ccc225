using System.ComponentModel;
using Bursar.Core.Time;
using Bursar.Rulebooks;

namespace Bursar.Quantify.Kpis;

/// <summary>
/// The few KPIs that leaders see, the same ones every month: a change is agreed to and shown (KPI-07).
/// </summary>
internal sealed record MeasureSet : Declaration
{
    [Description("The name that people read; without it, the name.")]
    public string? DisplayName { get; init; }

    [Description("Who answers for which measures are in it."), RefersTo("owners")]
    public required string Owner { get; init; }

    [Description("The editions of the set, earliest first; none is ever removed.")]
    public required IReadOnlyList<MeasureSetEdition> Editions { get; init; }

    internal string Title => DisplayName ?? Name;

    /// <summary>
    /// The measures of a month, in order, and how each stands: those of its edition, and while the edition is new also
    /// those that it dropped. Nothing before the first edition.
    /// </summary>
    internal IReadOnlyList<(string Kpi, MeasureStanding Standing)> In(BillingPeriod month)
    {
        var place = Editions.ToList().FindLastIndex(edition => edition.From < month.End);
        if (place < 0)
            return [];
        var edition = Editions[place];
        var before =
            place > 0 && month.Start < edition.From.AddMonths(edition.SideBySideMonths) ? Editions[place - 1] : null;
        return
        [
            .. edition.Kpis.Select(kpi =>
                (kpi, before is null || before.Kpis.Contains(kpi) ? MeasureStanding.Stays : MeasureStanding.New)
            ),
            .. (before?.Kpis ?? []).Except(edition.Kpis).Select(kpi => (kpi, MeasureStanding.Leaves)),
        ];
    }

    public override void Check(RulebookCheck check)
    {
        foreach (var (earlier, later) in Editions.Zip(Editions.Skip(1)))
            if (later.From <= earlier.From)
                check.Error(
                    later,
                    "from",
                    "measure-set-order",
                    $"This edition holds from {later.From:yyyy-MM-dd}, and the one before it from {earlier.From:yyyy-MM-dd}.",
                    "Put the editions in order, the newest last."
                );
        var book = KpiBook.Of(check.Rulebook);
        foreach (var edition in Editions)
        foreach (var kpi in edition.Kpis.Where(kpi => book.Kpis.All(one => one.Name != kpi)))
            check.Error(
                edition,
                "kpis",
                "unknown-kpi",
                $"No KPI is called \"{kpi}\".{Core.Diagnostics.DidYouMean.Question(kpi, book.Kpis.Select(one => one.Name))}",
                "`bursar kpis --all` lists them."
            );
    }
}

/// <summary>Which measures are in a set from a day on, and who agreed to that.</summary>
internal sealed record MeasureSetEdition : RulebookRecord
{
    [Description("The first day of the edition, best the first of a month.")]
    public required DateOnly From { get; init; }

    [Description("The KPIs, in the order in which they are shown.")]
    public required IReadOnlyList<string> Kpis { get; init; }

    [Description("Who agreed to it."), RefersTo("owners")]
    public required string ApprovedBy { get; init; }

    [Description("On which day.")]
    public required DateOnly ApprovedOn { get; init; }

    [Description("Why the set changes.")]
    public string? Reason { get; init; }

    [Description("For how many months the old measures stand beside the new ones."), Between(1, 24)]
    public int SideBySideMonths { get; init; } = 1;
}

/// <summary>How a measure stands in the edition of a month.</summary>
internal enum MeasureStanding
{
    Stays,
    New,

    /// <summary>It is no longer in the set, and shown beside the new ones for a while.</summary>
    Leaves,
}

/// <summary>A set in a month: its measures with their figures.</summary>
internal sealed record MeasureSetReview(
    MeasureSet Set,
    IReadOnlyList<(KpiResult Result, MeasureStanding Standing)> Measures
);
