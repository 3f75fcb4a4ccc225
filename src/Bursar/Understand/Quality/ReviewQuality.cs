using Bursar.Cli;
using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Understand.Allocation;
using Bursar.Understand.Deliveries;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Quality;

/// <summary>How much of a source's cost and rows have a shared field.</summary>
/// <param name="Source">The source; null is all of them.</param>
/// <param name="Field">The field ("x_CostCentre"), or "all seven".</param>
/// <param name="ByCost">0 to 1; null without cost.</param>
/// <param name="ByRows">0 to 1; null without rows.</param>
/// <param name="Missing">The cost without it.</param>
public sealed record FieldFill(string? Source, string Field, decimal? ByCost, decimal? ByRows, Money Missing);

/// <summary>An account whose cost lacks shared fields.</summary>
public sealed record IncompleteAccount(string? Source, string? SubAccountId, Money Incomplete, decimal? OfItsCost);

/// <summary>The state of the data behind a month's figures.</summary>
/// <param name="Month">The month of completeness and trust.</param>
/// <param name="Trust">The trust score of all cost.</param>
/// <param name="Fields">How full the shared fields are: all sources together, then each.</param>
/// <param name="WorstAccounts">Most incomplete cost first.</param>
/// <param name="Sources">How fresh each source is.</param>
/// <param name="Held">Deliveries that wait for a person.</param>
/// <param name="DataAsOf">The newest day with charges.</param>
internal sealed record QualityReport(
    BillingPeriod Month,
    TrustScore Trust,
    IReadOnlyList<FieldFill> Fields,
    IReadOnlyList<IncompleteAccount> WorstAccounts,
    IReadOnlyList<SourceTimeliness> Sources,
    IReadOnlyList<BookedDelivery> Held,
    DateOnly? DataAsOf
);

/// <summary>
/// Reviews the data behind a month: trust, completeness of the shared fields, freshness, held deliveries.
/// </summary>
internal sealed class ReviewQuality(BooksView view)
{
    public const string AllSeven = "all seven";

    private const int AccountsShown = 10;

    private readonly AskCosts ask = new(view);

    /// <param name="month">The month; null is the newest whole one.</param>
    /// <param name="cancel">Ends the asking.</param>
    /// <exception cref="RefusedException">The text is no month, or nothing has been delivered.</exception>
    public QualityReport Of(string? month, CancellationToken cancel)
    {
        var period = Month(view, month);
        var rows = Rows(period, cancel);
        var main = ReportSubject.MainCurrency(view, rows);
        var inMain = rows.Where(row => row.Currency == main).ToList();
        return new QualityReport(
            period,
            new ScoreTrust(view).Of(null, [], period, cancel),
            [
                .. Fill(null, inMain, main),
                .. inMain
                    .GroupBy(row => row.Keys[0])
                    .OrderBy(same => same.Key, StringComparer.Ordinal)
                    .SelectMany(same => Fill(same.Key, [.. same], main)),
            ],
            Worst(period, main, cancel),
            new MeasureFreshness(view).Sources(),
            view.State.HeldDeliveries,
            view.DataThrough
        );
    }

    /// <summary>Reads the month of a question about quality.</summary>
    public static BillingPeriod Month(BooksView view, string? text) =>
        TimeText.Month(text) ?? ReportSubject.NewestWholeMonth(view);

    private List<CostRow> Rows(BillingPeriod month, CancellationToken cancel) =>
        Untaxed(
            ask.Answer(Question(month, ["x_Source", "ChargeCategory", .. SharedFields.Names]), cancel),
            categoryAt: 1
        );

    private CostQuery Question(BillingPeriod month, IReadOnlyList<string> by) =>
        new()
        {
            Measure = ReportSubject.Measure(view),
            By = by,
            From = month.Start,
            To = month.End,
            Split = CostSplit.Tax | CostSplit.Credits,
        };

    /// <summary>Rows of tax and credits are counted too, so they are told apart by category.</summary>
    private static List<CostRow> Untaxed(CostAnswer answer, int categoryAt) =>
        [.. answer.Rows.Where(row => row.Keys[categoryAt] is not ("Tax" or "Credit"))];

    private static IEnumerable<FieldFill> Fill(string? source, IReadOnlyList<CostRow> rows, Currency currency)
    {
        const int firstField = 2;
        for (var field = 0; field < SharedFields.Count; field++)
        {
            var at = firstField + field;
            yield return Fill(source, SharedFields.Names[field], rows, row => row.Keys[at] is not null, currency);
        }
        yield return Fill(
            source,
            AllSeven,
            rows,
            row => Enumerable.Range(firstField, SharedFields.Count).All(at => row.Keys[at] is not null),
            currency
        );
    }

    private static FieldFill Fill(
        string? source,
        string field,
        IReadOnlyList<CostRow> rows,
        Func<CostRow, bool> isFilled,
        Currency currency
    )
    {
        var (cost, filled) = (Sum(rows), Sum(rows.Where(isFilled)));
        var count = rows.Sum(row => row.Charges);
        return new FieldFill(
            source,
            field,
            filled.ShareOf(cost),
            count == 0 ? null : (decimal)rows.Where(isFilled).Sum(row => row.Charges) / count,
            new Money(cost - filled, currency)
        );
    }

    private List<IncompleteAccount> Worst(BillingPeriod month, Currency main, CancellationToken cancel)
    {
        var all = SharedFields.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return
        [
            .. Untaxed(
                    ask.Answer(
                        Question(month, ["x_Source", "SubAccountId", "x_FilledFields", "ChargeCategory"]),
                        cancel
                    ),
                    categoryAt: 3
                )
                .Where(row => row.Currency == main)
                .GroupBy(row => (Source: row.Keys[0], Account: row.Keys[1]))
                .Select(same => new IncompleteAccount(
                    same.Key.Source,
                    same.Key.Account,
                    new Money(Sum(same.Where(row => row.Keys[2] != all)), main),
                    Sum(same.Where(row => row.Keys[2] != all)).ShareOf(Sum(same))
                ))
                .Where(account => account.Incomplete.Amount > Amount.Zero)
                .OrderByDescending(account => account.Incomplete.Amount)
                .ThenBy(account => account.SubAccountId, StringComparer.Ordinal)
                .Take(AccountsShown),
        ];
    }

    private static Amount Sum(IEnumerable<CostRow> rows) => rows.Aggregate(Amount.Zero, (sum, row) => sum + row.Cost);
}
