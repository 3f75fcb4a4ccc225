using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Manage.Chargeback;

/// <summary>What one value of a shared field cost: by itself, its part of what is shared, and before.</summary>
/// <param name="Value">The value; null is nobody.</param>
/// <param name="Title">As people read it.</param>
/// <param name="Currency">The currency.</param>
/// <param name="Direct">Its own charges.</param>
/// <param name="Shared">Its part of the pools.</param>
/// <param name="Before">The same total of the period before.</param>
public sealed record ShowbackLine(
    string? Value,
    string Title,
    Currency Currency,
    Amount Direct,
    Amount Shared,
    Amount Before
)
{
    public Amount Total => Direct + Shared;
}

/// <summary>Everybody who gets a statement, and the total that the statements sum to.</summary>
public sealed record ShowbackList(
    string Field,
    DateRange Days,
    DateRange Against,
    IReadOnlyList<ShowbackLine> Lines,
    IReadOnlyList<Money> Totals,
    bool IsDraft,
    DateOnly? DataAsOf
);

/// <summary>Lists the values of a shared field with their cost: they sum to all cost, to the last digit.</summary>
/// <param name="view">The books.</param>
/// <param name="measure">Which cost; null is the usual one.</param>
internal sealed class ListShowbacks(BooksView view, CostMeasure? measure = null)
{
    /// <param name="field">The shared field.</param>
    /// <param name="asked">The period; null is the newest whole month.</param>
    /// <param name="cancel">Ends the asking.</param>
    public ShowbackList Of(string field, DateRange? asked, CancellationToken cancel)
    {
        var period = asked ?? DateRange.Of(ReportSubject.NewestWholeMonth(view));
        var (days, against) = WriteStatement.Covered(period, ReportSubject.DataThrough(view));
        var everybody = new StatementSubject("", [], [], null);
        var write = new WriteStatement(view, measure: measure);
        var ask = new AskCosts(view);
        string[] by = [field, CostColumns.AllocationType];
        var now = ask.Answer(write.Question(everybody, days) with { By = by }, cancel);
        var before = ask.Answer(write.Question(everybody, against) with { By = by }, cancel);
        return new ShowbackList(
            field,
            days,
            against,
            [
                .. now
                    .Rows.Concat(before.Rows)
                    .Select(row => (Value: row.Keys[0], row.Currency))
                    .Distinct()
                    .Select(key => new ShowbackLine(
                        key.Value,
                        Subjects.TitleOf(view, field, key.Value),
                        key.Currency,
                        Sum(now, key, row => row.Keys[1] != "Distributed"),
                        Sum(now, key, row => row.Keys[1] == "Distributed"),
                        Sum(before, key, _ => true)
                    ))
                    .OrderBy(line => now.Totals.Select(total => total.Currency).ToList().IndexOf(line.Currency))
                    .ThenByDescending(line => line.Total)
                    .ThenBy(line => line.Value, StringComparer.Ordinal),
            ],
            now.Totals,
            now.Draft,
            now.DataAsOf
        );
    }

    private static Amount Sum(CostAnswer answer, (string? Value, Currency Currency) key, Func<CostRow, bool> isPart) =>
        StatementMath.Sum(
            answer
                .Rows.Where(row => row.Keys[0] == key.Value && row.Currency == key.Currency && isPart(row))
                .Select(row => row.Total)
        );
}
