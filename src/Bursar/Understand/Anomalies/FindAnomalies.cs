using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Bursar.Understand.Anomalies.Runaways;
using Bursar.Warehouse.Books;
using Bursar.Workspaces;

namespace Bursar.Understand.Anomalies;

/// <summary>Finds where cost is not what it was, and names each cause once.</summary>
internal sealed class FindAnomalies(BooksView view)
{
    private const int DaysShown = 90;

    /// <summary>The same books and rules have the same anomalies.</summary>
    private static readonly ConditionalWeakTable<BooksState, ConcurrentDictionary<string, AnomalyReview>> Known = [];

    /// <summary>
    /// The anomalies that began since a day (90 days before the newest, unless given); null without charges.
    /// </summary>
    public AnomalyReview? Of(DateOnly? since, CancellationToken cancel)
    {
        var known = Known.GetValue(view.State, _ => new());
        var key = $"{view.Rulebook.Hash} {view.IsDraft} {view.Today:yyyy-MM-dd} {view.Lens} {since:yyyy-MM-dd}";
        if (known.TryGetValue(key, out var before))
            return before;
        // Who asks meanwhile waits for the same answer.
        lock (known)
        {
            if (known.TryGetValue(key, out before))
                return before;
            if (Found(since, cancel) is not { } found)
                return null;
            known[key] = found;
            return found;
        }
    }

    private AnomalyReview? Found(DateOnly? since, CancellationToken cancel)
    {
        if (new ReadCube(view).Read(cancel) is not { } cube)
            return null;
        var history = AnomalyHistory.Of(view.State);
        var from = since ?? cube.Through.AddDays(-DaysShown);
        var judge = new JudgeCube(cube, history);
        var explain = new ExplainAnomaly(view);
        var days = judge.Of(from, null, cancel);
        var runaways = new FindRunaways(view, judge.Floors).Of(from, cancel);
        List<Anomaly> items =
        [
            .. days.Where(day => !runaways.Exists(one => FindRunaways.IsCauseOf(one, day)))
                .Select(anomaly => explain.Of(anomaly, cancel))
                .Concat(runaways)
                .Select(anomaly => Decided(anomaly with { Series = anomaly.Series.Alone() }, history))
                .OrderBy(anomaly => anomaly.Currency)
                .ThenBy(anomaly => anomaly.IsDataDefect)
                .ThenByDescending(anomaly => anomaly.Excess.Abs()),
        ];
        return new AnomalyReview(from, cube.Through, items, judge.Floors, cube.All.Count)
        {
            Quality = history.Quality(items),
            IsDraft = view.IsDraft,
        };
    }

    private static Anomaly Decided(Anomaly anomaly, AnomalyHistory history) =>
        history.Of(anomaly) is [.., var made] all
            ? anomaly with
            {
                Decisions = all,
                State =
                    made.Fact.As is not null ? AnomalyState.Resolved
                    : made.Fact.To is not null ? AnomalyState.Escalated
                    : AnomalyState.Acknowledged,
            }
            : anomaly;
}
