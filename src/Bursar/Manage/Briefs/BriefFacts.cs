using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Allocation;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Workspaces;

namespace Bursar.Manage.Briefs;

/// <summary>
/// What all parts of a brief share: its month, cost, currency and scale, and how figures are made of answers.
/// </summary>
internal sealed class BriefFacts
{
    private const int TrendMonths = 6;

    private readonly Dictionary<(BillingPeriod Month, Currency Currency), Amount> totals;

    public BriefFacts(BooksView view, BillingPeriod? asked, CancellationToken cancel)
    {
        View = view;
        Cancel = cancel;
        Ask = new AskCosts(view);
        Month = asked ?? ReportSubject.NewestWholeMonth(view);
        Measure = ReportSubject.Measure(view);
        var rows = Ask.Answer(
            new CostQuery
            {
                Measure = Measure,
                Over = TimeGrain.Month,
                From = Month.Plus(1 - TrendMonths).Start,
                To = Month.End,
            },
            cancel
        ).Rows;
        totals = rows.ToDictionary(
            row => (BillingPeriod.Containing(row.Period!.Value), row.Currency),
            row => row.Total
        );
        var ofMonth = rows.Where(row => row.Period == Month.Start).ToList();
        Currency = ReportSubject.MainCurrency(view, ofMonth);
        Others = [.. ofMonth.Select(row => row.Currency).Where(other => other != Currency).Distinct().Order()];
        Scale = BriefScale.For(Total, Currency);
    }

    public BooksView View { get; }

    public AskCosts Ask { get; }

    public CancellationToken Cancel { get; }

    public BillingPeriod Month { get; }

    public CostMeasure Measure { get; }

    /// <summary>The currency of the page.</summary>
    public Currency Currency { get; }

    /// <summary>Other currencies with spend in the month; never added to the first.</summary>
    public IReadOnlyList<Currency> Others { get; }

    /// <summary>How the month's spend and its parts are written.</summary>
    public BriefScale Scale { get; }

    /// <summary>What the month cost.</summary>
    public Amount Total => TotalOf(Month) ?? Amount.Zero;

    /// <summary>What the month before cost; null when the books hold nothing of it.</summary>
    public Amount? Before => TotalOf(Month.Previous);

    /// <summary>"September".</summary>
    public string MonthName => NameOf(Month);

    /// <summary>False while the month's charges are still arriving.</summary>
    public bool IsWhole => ReportSubject.IsWhole(Month, View);

    public static string NameOf(BillingPeriod month) => month.Start.ToString("MMMM");

    public Amount? TotalOf(BillingPeriod month, Currency? currency = null) =>
        totals.TryGetValue((month, currency ?? Currency), out var total) ? total : null;

    /// <summary>The question for a month, and perhaps a part of it.</summary>
    public CostQuery Question(BillingPeriod month, params CostFilter[] where) =>
        View.Lens.Over(
            new CostQuery
            {
                Measure = Measure,
                From = month.Start,
                To = month.End,
                Where = where,
            }
        );

    /// <summary>Answers in the page's currency.</summary>
    public IReadOnlyList<CostRow> Rows(CostQuery query) =>
        [.. Ask.Answer(query, Cancel).Rows.Where(row => row.Currency == Currency)];

    /// <summary>How complete the shared fields are.</summary>
    public MeasureCompleteness Completeness => new(query => Ask.Answer(query, Cancel), Measure);

    /// <summary>One amount in the page's currency.</summary>
    public Amount Sum(CostQuery query) => BriefMath.Sum(Rows(query).Select(row => row.Total));

    /// <summary>An amount as a figure of the page.</summary>
    public BriefFigure Figure(Amount amount, BriefScale scale, string meaning, params CostQuery[] questions) =>
        new()
        {
            Text = scale.Write(amount, Currency),
            Meaning = meaning,
            Amount = new Money(amount, Currency),
            Questions = questions,
        };

    /// <summary>A share as a figure: "6 %" from ten percent up, "6.3 %" below.</summary>
    public static BriefFigure Percent(decimal? share, string meaning, params CostQuery[] questions) =>
        new()
        {
            Text = Display.Percent(share, Math.Abs(share ?? 0) >= 0.0995m ? 0 : 1),
            Meaning = meaning,
            Share = share,
            Questions = questions,
        };

    /// <summary>What the chosen cost is, for explanations.</summary>
    public string CostMeaning =>
        Measure == CostMeasure.EffectiveCost
            ? "Effective cost: after discounts, and what is paid ahead is spread over the days it serves."
            : "Billed cost: what was invoiced.";
}
