using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Understand.Unallocated;
using Bursar.Warehouse.Books;
using Bursar.Workspaces;

namespace Bursar.Understand.Anomalies;

/// <summary>Writes what people say of anomalies into the journal.</summary>
internal sealed class DecideAnomaly(Workspace workspace, BooksView view)
{
    /// <summary>Somebody looks at it.</summary>
    public MadeAnomalyDecision Acknowledge(string id, DateOnly? since, CancellationToken cancel) =>
        Write(Fact(Find(id, since, cancel)));

    /// <summary>Somebody asks somebody else to look at it.</summary>
    public MadeAnomalyDecision Escalate(string id, string to, string cause, DateOnly? since, CancellationToken cancel)
    {
        if (to.Trim().Length == 0)
            throw new RefusedException(
                "anomalies/escalated-to-nobody",
                "An anomaly is escalated to somebody.",
                "Write --to and who shall look at it.",
                exitCode: 2
            );
        var known = new OwnerNames(view, "x_Owner").Declared;
        if (known.Count > 0 && !known.Contains(to.Trim()) && !to.Contains('@', StringComparison.Ordinal))
            throw new RefusedException(
                "anomalies/escalated-to-nobody",
                $"The organisation declares no owner called \"{to.Trim()}\".{DidYouMean.Question(to.Trim(), known)}",
                "Name an owner of kind: Organisation, or write an address such as anna@example.org.",
                exitCode: 2
            );
        return Write(Fact(Find(id, since, cancel)) with { To = to.Trim(), Cause = Said(cause) });
    }

    /// <summary>Somebody says what it was.</summary>
    public MadeAnomalyDecision Resolve(
        string id,
        AnomalyCategory category,
        string cause,
        DateOnly? since,
        CancellationToken cancel
    ) => Write(Fact(Find(id, since, cancel)) with { As = category, Cause = Said(cause) });

    /// <summary>Somebody found an event that was not told.</summary>
    public MadeAnomalyDecision Missed(string what, DateOnly since, Money excess, string cause) =>
        Write(
            new AnomalyDecision(
                "m" + WorkScope.IdOf([what.Trim(), $"{since:yyyy-MM-dd}", excess.Currency.Code])[1..],
                AnomalyCategory.Missed,
                what.Trim(),
                since,
                null,
                excess.Currency.Code,
                excess.Amount,
                excess.Amount,
                Said(cause)
            )
        );

    private static string Said(string cause) =>
        cause.Trim() is { Length: > 0 } said
            ? said
            : throw new RefusedException(
                "anomalies/no-cause",
                "A decision on an anomaly needs a cause: later readers will ask for it.",
                "Write --cause \"what it was, and who said so\".",
                exitCode: 2
            );

    private static AnomalyDecision Fact(Anomaly anomaly) =>
        new(
            anomaly.Id,
            null,
            anomaly.Title,
            anomaly.Days.Start,
            anomaly.ToldOn,
            anomaly.Currency.Code,
            anomaly.Excess,
            Amount.From(decimal.Round(anomaly.Excess.ToDecimal() / anomaly.DayCount, 2, MidpointRounding.AwayFromZero)),
            null,
            MendedOnDay: anomaly.IsOngoing ? null : anomaly.DayCount
        );

    private Anomaly Find(string id, DateOnly? since, CancellationToken cancel)
    {
        var items = new FindAnomalies(view).Of(since, cancel)?.Items ?? [];
        return Named(items, id);
    }

    /// <summary>The one whose id begins so.</summary>
    public static Anomaly Named(IReadOnlyList<Anomaly> items, string id)
    {
        var found = items.Where(one => id.Length > 0 && one.Id.StartsWith(id, StringComparison.Ordinal)).ToList();
        return found switch
        {
            [var one] => one,
            [] => throw new RefusedException(
                "anomalies/unknown-id",
                $"No anomaly is called \"{id}\".",
                "`bursar anomalies` lists them; --since 2026-01-01 shows older ones.",
                exitCode: 2
            ),
            _ => throw new RefusedException(
                "anomalies/unknown-id",
                $"\"{id}\" begins {found.Count} anomalies: {string.Join(", ", found.Select(one => one.Id))}.",
                "Write more of it.",
                exitCode: 2
            ),
        };
    }

    private MadeAnomalyDecision Write(AnomalyDecision fact)
    {
        var entry = workspace.Books.Append(
            BooksOfRecord.DefaultActor,
            NewEntry.Of(AnomalyDecision.Kind, fact, AnomalyFactsJson.Line.AnomalyDecision)
        );
        return new MadeAnomalyDecision(fact, entry.Seq, entry.At, entry.Actor);
    }
}
