using Bursar.Core.Diagnostics;
using Bursar.Workspaces;

namespace Bursar.Understand.Anomalies.Alerts;

/// <summary>Says which alerts there are, and what each would send now.</summary>
internal sealed class ListAlerts(BooksView view, AlertSources sources)
{
    private const int DaysNew = 7;
    private const int DaysOfWeek = 7;

    /// <param name="name">Only this one; null for all.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="RefusedException">None has that name.</exception>
    public IReadOnlyList<AlertLine> Lines(string? name, CancellationToken cancel)
    {
        var all = view.Rulebook.All<Alert>().ToList();
        var chosen = name is null ? all : all.Where(one => one.Name == name).ToList();
        if (name is not null && chosen.Count == 0)
            throw new RefusedException(
                "alerts/unknown",
                $"No alert is called \"{name}\".{DidYouMean.Question(name, all.Select(one => one.Name))}",
                "`bursar alerts` lists them; kind: Alert in the rulebook declares one.",
                exitCode: 2
            );
        if (chosen.Count == 0)
            return [];
        var review = new Lazy<AnomalyReview?>(() => new FindAnomalies(view).Of(null, cancel));
        var found = new Dictionary<AlertSubject, IReadOnlyList<AlertItem>>();
        var sent = MadeAlert.Of(view.State);
        return
        [
            .. chosen.Select(alert =>
            {
                List<MadeAlert> mine = [.. sent.Where(one => one.Fact.Alert == alert.Name)];
                return alert.Of == AlertSubject.Anomalies
                    ? Line(alert, Due(alert, review.Value, mine, cancel), mine, some => new AnomalyMessage(alert, some))
                    : Line(alert, Due(alert, Items(alert.Of), mine), mine, some => new ItemMessage(alert, some));
            }),
        ];

        IReadOnlyList<AlertItem> Items(AlertSubject subject) =>
            found.TryGetValue(subject, out var known) ? known : found[subject] = sources.Find(subject, view, cancel);
    }

    private List<Anomaly> Due(Alert alert, AnomalyReview? review, List<MadeAlert> sent, CancellationToken cancel) =>
        review is null
            ? []
            :
            [
                .. review
                    .Open.Where(one =>
                        one.ToldOn > review.Through.AddDays(-DaysNew)
                        && IsFor(alert, one, cancel)
                        && !sent.Exists(before => before.IsOf(one))
                    )
                    .OrderByDescending(one => one.Excess.Abs()),
            ];

    /// <summary>In the order found: what happened before what is expected.</summary>
    private static List<AlertItem> Due(Alert alert, IReadOnlyList<AlertItem> found, List<MadeAlert> sent) =>
        [
            .. found.Where(one =>
                (alert.Owner is null || alert.Owner == one.Owner)
                && (!alert.Unowned || one.Owner is null)
                && (
                    alert.AtLeast is not { } least
                    || (alert.Currency == one.Over.Currency.Code && one.Over.Amount >= least)
                )
                && !sent.Exists(before => before.IsOf(one))
            ),
        ];

    private AlertLine Line<T>(
        Alert alert,
        List<T> due,
        List<MadeAlert> sent,
        Func<IReadOnlyList<T>, AlertMessage> message
    )
    {
        var now = view.Clock.GetUtcNow();
        var week = sent.Count(one => one.At > now.AddDays(-DaysOfWeek));
        var last = sent.Count > 0 ? sent.Max(one => one.At) : (DateTimeOffset?)null;
        var isToday = alert.Cadence == AlertCadence.Daily && last?.UtcDateTime.Date == now.UtcDateTime.Date;
        var state =
            due.Count == 0 ? AlertState.Nothing
            : alert.Quiet?.IsQuiet(now) == true ? AlertState.Quiet
            : week >= alert.PerWeek || isToday ? AlertState.Full
            : AlertState.Due;
        return new AlertLine(alert, state, Messages(alert, due, Math.Max(1, alert.PerWeek - week), message))
        {
            LastAt = last,
            SentThisWeek = week,
        };
    }

    /// <summary>One by one while there is room; the last message tells all the rest.</summary>
    private static List<AlertMessage> Messages<T>(
        Alert alert,
        List<T> due,
        int room,
        Func<IReadOnlyList<T>, AlertMessage> message
    )
    {
        if (due.Count == 0)
            return [];
        var alone = alert.Cadence == AlertCadence.Daily ? 0 : Math.Min(room - 1, due.Count - 1);
        return [.. due.Take(alone).Select(one => message([one])), message([.. due.Skip(alone)])];
    }

    private bool IsFor(Alert alert, Anomaly anomaly, CancellationToken cancel) =>
        (alert.Owner is null || alert.Owner == anomaly.Owner)
        && (!alert.Unowned || anomaly.Owner is null)
        && (
            alert.AtLeast is not { } least || (alert.Currency == anomaly.Currency.Code && anomaly.Excess.Abs() >= least)
        )
        && (alert.Where is not { } where || new ExplainAnomaly(view).IsMostlyIn(anomaly, where.ToFilters(), cancel));
}
