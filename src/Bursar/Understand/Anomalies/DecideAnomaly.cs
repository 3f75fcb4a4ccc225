using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Books;
using Bursar.Workspaces;

namespace Bursar.Understand.Anomalies;

/// <summary>Writes what people say of anomalies into the journal.</summary>
internal sealed class DecideAnomaly(Workspace workspace, BooksView view)
{
    /// <summary>Somebody looks at it.</summary>
    public MadeAnomalyDecision Acknowledge(string id, DateOnly? since, CancellationToken cancel) =>
        Write(Fact(Find(id, since, cancel), null, null));

    /// <summary>Somebody says what it was.</summary>
    public MadeAnomalyDecision Resolve(
        string id,
        AnomalyCategory category,
        string cause,
        DateOnly? since,
        CancellationToken cancel
    ) =>
        cause.Trim().Length == 0
            ? throw new RefusedException(
                "anomalies/no-cause",
                "A resolution needs a cause: later readers will ask for it.",
                "Write --cause \"what it was, and who said so\".",
                exitCode: 2
            )
            : Write(Fact(Find(id, since, cancel), category, cause.Trim()));

    private static AnomalyDecision Fact(Anomaly anomaly, AnomalyCategory? category, string? cause) =>
        new(
            anomaly.Id,
            category,
            anomaly.Title,
            anomaly.Days.Start,
            anomaly.ToldOn,
            anomaly.Currency.Code,
            anomaly.Excess,
            Amount.From(
                decimal.Round(
                    anomaly.Excess.ToDecimal() / anomaly.DayCount,
                    2,
                    MidpointRounding.AwayFromZero
                )
            ),
            cause
        );

    private Anomaly Find(string id, DateOnly? since, CancellationToken cancel)
    {
        var items = new FindAnomalies(view).Of(since, cancel)?.Items ?? [];
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
