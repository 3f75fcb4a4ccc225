using System.Runtime.CompilerServices;
using Bursar.Warehouse.Books;

namespace Bursar.Quantify.Budgets;

/// <summary>Where a change of a budget stands.</summary>
internal enum RevisionState
{
    Waiting,
    Approved,
    Rejected,
}

/// <summary>A change of a budget as it stands in the journal.</summary>
/// <param name="Fact">What changes.</param>
/// <param name="Seq">The entry that proposed it.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who proposed it.</param>
/// <param name="State">Where it stands.</param>
/// <param name="RuledBy">Who decided.</param>
/// <param name="RuledAt">When.</param>
internal sealed record BudgetRevision(
    BudgetRevised Fact,
    long Seq,
    DateTimeOffset At,
    string Actor,
    RevisionState State,
    string? RuledBy,
    DateTimeOffset? RuledAt
);

/// <summary>A movement of held money, and when.</summary>
internal sealed record HoldbackEntry(HoldbackMoved Fact, long Seq, DateTimeOffset At, string Actor);

/// <summary>A step about an exceeded budget, and when.</summary>
internal sealed record OverageEntry(OverageStepped Fact, long Seq, DateTimeOffset At, string Actor);

/// <summary>Everything that was decided about budgets up to a moment, oldest first.</summary>
internal sealed class BudgetLog
{
    private static readonly ConditionalWeakTable<BooksState, BudgetLog> Known = [];

    public IReadOnlyList<BudgetRevision> Revisions { get; }

    public IReadOnlyList<HoldbackEntry> Holdbacks { get; }

    public IReadOnlyList<OverageEntry> Overages { get; }

    private BudgetLog(BooksState state)
    {
        var (revisions, holdbacks, overages) = (
            new List<BudgetRevision>(),
            new List<HoldbackEntry>(),
            new List<OverageEntry>()
        );
        var line = BudgetFactsJson.Line;
        foreach (var entry in state.Entries)
        {
            switch (entry.Kind)
            {
                case BudgetsRevised.Kind:
                    revisions.AddRange(Revised(entry, entry.Read(line.BudgetsRevised)));
                    break;
                case BudgetRuled.Kind:
                    var ruled = entry.Read(line.BudgetRuled);
                    for (var i = 0; i < revisions.Count; i++)
                        revisions[i] = Ruled(revisions[i], ruled, entry.At);
                    break;
                case HoldbackMoved.Kind:
                    holdbacks.Add(new(entry.Read(line.HoldbackMoved), entry.Seq, entry.At, entry.Actor));
                    break;
                case OverageStepped.Kind:
                    overages.Add(new(entry.Read(line.OverageStepped), entry.Seq, entry.At, entry.Actor));
                    break;
            }
        }
        (Revisions, Holdbacks, Overages) = (revisions, holdbacks, overages);
    }

    public static BudgetLog Of(BooksState state) => Known.GetValue(state, known => new BudgetLog(known));

    private static IEnumerable<BudgetRevision> Revised(JournalEntry entry, BudgetsRevised fact) =>
        fact.Revisions.Select(one => new BudgetRevision(
            one,
            entry.Seq,
            entry.At,
            entry.Actor,
            fact.ApprovedBy is null ? RevisionState.Waiting : RevisionState.Approved,
            fact.ApprovedBy,
            fact.ApprovedBy is null ? null : entry.At
        ));

    private static BudgetRevision Ruled(BudgetRevision one, BudgetRuled ruled, DateTimeOffset at) =>
        one.Seq != ruled.Revision || (ruled.Budget is { } name && name != one.Fact.Budget)
            ? one
            : one with
            {
                State = ruled.IsApproved ? RevisionState.Approved : RevisionState.Rejected,
                RuledBy = ruled.By,
                RuledAt = at,
            };
}
