using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Unallocated;

/// <summary>
/// Finds the cost that belongs to nobody, as pieces of work: how much, since when, who is likely to own it, and what
/// people have decided about it.
/// </summary>
internal sealed class FindUnallocated
{
    private readonly BooksView view;
    private readonly string field;
    private readonly AskCosts ask;
    private readonly QueueColumns columns;
    private readonly QueueHistory history;
    private readonly CostQuery question;

    public FindUnallocated(BooksView view, string field)
    {
        (this.view, this.field, ask) = (view, field, new AskCosts(view));
        columns = new QueueColumns(view, field);
        history = QueueHistory.Of(view.State);
        question = new CostQuery { Measure = ReportSubject.Measure(view) };
    }

    /// <param name="month">The month; null is the newest whole one.</param>
    /// <param name="cancel">Ends the asking.</param>
    public UnallocatedQueue Of(BillingPeriod? month, CancellationToken cancel)
    {
        var period = DateRange.Of(month ?? ReportSubject.NewestWholeMonth(view));
        var asked = question with { From = period.Start, To = period.End };
        var evidence = new SuggestOwners(view, ask, columns, asked, field);
        var answer = evidence.Read(cancel);
        var rows = answer.Rows.Where(row => !row.Total.IsZero).ToList();
        var scopes = QueueMath.Cut(
            [.. rows.Where(QueueColumns.IsDirect).Select(evidence.Placed)],
            columns.Places,
            QueueColumns.Within,
            history
                .Latest.Where(made => made.Fact.Field == field)
                .Select(made => made.Fact.Scope!)
                .OfType<WorkScope>()
                .ToHashSet()
        );
        var parts = scopes.Where(scope => scope.Column is not null).ToLookup(scope => scope.Whole);
        var ages = new AgeOfCost(ask, columns, question, parts, cancel);
        var items = rows.Where(evidence.IsUnowned)
            .GroupBy(row => (Scope: ScopeOf(row, parts), row.Currency))
            .Select(same => Item(same.Key.Scope, same.Key.Currency, [.. same], evidence, ages, parts, period))
            .ToList();
        items.AddRange(Settled(items, period));
        var notes = answer.Notes.Concat(Deferred(items)).ToList();
        var order = answer.Totals.Select(total => total.Currency).ToList();
        return new UnallocatedQueue(
            field,
            question.Measure,
            period,
            answer.Totals,
            [
                .. order
                    .Select(currency => new Money(
                        QueueMath.Sum(items.Where(item => item.Currency == currency).Select(item => item.Cost)),
                        currency
                    ))
                    .Where(money => items.Exists(item => item.Currency == money.Currency)),
            ],
            [
                .. items
                    .OrderBy(item => order.IndexOf(item.Currency))
                    .ThenByDescending(item => item.Cost)
                    .ThenBy(item => item.Title, StringComparer.Ordinal),
            ],
            Disputes(),
            Ageing(items, order),
            Resolutions.Count,
            QueueMath.Median(Resolutions.Select(made => made.Days)),
            notes,
            answer.Draft
        );
    }

    private IReadOnlyList<MadeDecision> Resolutions =>
        [.. history.All.Where(made => made.Fact.State == QueueState.Resolved && made.Fact.Field == this.field)];

    private WorkScope ScopeOf(CostRow row, ILookup<WorkScope, WorkScope> parts) =>
        QueueMath.ScopeOf(QueueColumns.AccountOf(row), columns.PlacesOf(row), columns.Places, parts);

    private QueueItem Item(
        WorkScope scope,
        Currency currency,
        IReadOnlyList<CostRow> rows,
        SuggestOwners evidence,
        AgeOfCost ages,
        ILookup<WorkScope, WorkScope> parts,
        DateRange period
    )
    {
        var id = scope.IdIn(field, currency);
        var last = history.Last(id);
        var resolved = last is { Fact.State: QueueState.Resolved };
        var age = ages.Of(scope, currency, period, resolved ? last!.Fact.Through : null);
        var isReopened = resolved && age.CameAgain;
        var since = age.Since ?? last?.Fact.Since ?? period.Start;
        return new QueueItem(
            id,
            scope,
            ScopeWords.Of(scope, evidence.AccountName(scope), parts[scope].Any()),
            Category(rows),
            currency,
            QueueMath.Sum(rows.Select(row => row.Total)),
            age.CostSince,
            since,
            Math.Max(0, view.Today.DayNumber - since.DayNumber),
            evidence.For(scope, currency, rows, parts),
            isReopened ? QueueState.Open : last?.Fact.State ?? QueueState.Open,
            last,
            isReopened,
            Behind(scope, parts[scope], period)
        );
    }

    /// <summary>The category with the largest part, in whatever direction.</summary>
    private string? Category(IReadOnlyList<CostRow> rows) =>
        rows.GroupBy(row => row.Keys[columns.After])
            .OrderByDescending(same => QueueMath.Sum(same.Select(row => row.Total.Abs())))
            .ThenBy(same => same.Key, StringComparer.Ordinal)
            .First()
            .Key;

    private CostQuery Behind(WorkScope scope, IEnumerable<WorkScope> parts, DateRange period) =>
        question with
        {
            By = ["ServiceName"],
            From = period.Start,
            To = period.End,
            Where = scope.Filters(field, parts),
        };

    /// <summary>What somebody has taken on, and of which nothing is left in this period: it can be closed.</summary>
    private IEnumerable<QueueItem> Settled(List<QueueItem> items, DateRange period) =>
        history
            .Latest.Where(made =>
                made.Fact is { Scope: not null, State: QueueState.Assigned or QueueState.Disputed } fact
                && fact.Field == field
                && !items.Exists(item => item.Id == fact.Id)
            )
            .Select(made => new QueueItem(
                made.Fact.Id,
                made.Fact.Scope!,
                made.Fact.Title,
                made.Fact.Category,
                new Currency(made.Fact.Currency),
                Amount.Zero,
                Amount.Zero,
                made.Fact.Since,
                Math.Max(0, view.Today.DayNumber - made.Fact.Since.DayNumber),
                null,
                made.Fact.State,
                made,
                IsReopened: false,
                Behind(made.Fact.Scope!, [], period)
            ));

    private static IEnumerable<string> Deferred(List<QueueItem> items)
    {
        var done = items.Where(item => item.Cost.IsZero && item.State is QueueState.Assigned).ToList();
        if (done.Count > 0)
            yield return $"Nothing is left of {string.Join(", ", done.Select(item => item.Id))} in this period: `bursar unallocated resolve ID --reason TEXT` closes it.";
    }

    private IReadOnlyList<DisputedCost> Disputes() =>
        [
            .. history
                .Latest.Where(made =>
                    made.Fact is { Scope: null, State: QueueState.Disputed } && made.Fact.Field == field
                )
                .OrderBy(made => made.Seq)
                .Select(made => new DisputedCost(
                    made,
                    Math.Max(0, view.Today.DayNumber - made.Day.DayNumber),
                    question with
                    {
                        By = ["ServiceName"],
                        Where = [.. made.Fact.Where!.Select(DecideUnallocated.Filter)],
                    }
                )),
        ];

    private static List<AgeLine> Ageing(List<QueueItem> items, List<Currency> order) =>
        [
            .. items
                .GroupBy(item => (item.Category, item.Currency))
                .Select(same => new AgeLine(
                    same.Key.Category,
                    same.Key.Currency,
                    same.Count(),
                    [
                        .. QueueMath.Buckets.Select(bucket =>
                            QueueMath.Sum(same.Where(item => bucket.Holds(item.AgeDays)).Select(item => item.Cost))
                        ),
                    ],
                    QueueMath.Sum(same.Where(item => item.State == QueueState.Disputed).Select(item => item.Cost))
                ))
                .OrderBy(line => order.IndexOf(line.Currency))
                .ThenByDescending(line => line.Total)
                .ThenBy(line => line.Category, StringComparer.Ordinal),
        ];
}
