using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Understand.Currencies;
using Bursar.Understand.Measures;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Workspaces;

namespace Bursar.Quantify.Benefits;

/// <summary>A benefit, what it came to, and what that rests on.</summary>
/// <param name="Benefit">As declared.</param>
/// <param name="Unit">What its series counts.</param>
/// <param name="Currency">The currency of cost and worth.</param>
/// <param name="Through">The last month that is counted.</param>
/// <param name="Result">What it came to.</param>
/// <param name="Behind">The question behind the cost; null when it is laid against no charges.</param>
/// <param name="Notes">What a reader should know.</param>
internal sealed record BenefitReview(
    Benefit Benefit,
    string Unit,
    Currency Currency,
    BillingPeriod Through,
    BenefitResult Result,
    CostQuery? Behind,
    IReadOnlyList<string> Notes
)
{
    /// <summary>Days from its beginning to the day on which the target was reached; null so far.</summary>
    public int? DaysToValue => BenefitMath.DaysToValue(Benefit.From, Result.ReachedOn);

    /// <summary>The newest month with a figure.</summary>
    public BenefitInputs? Newest => Result.Months.LastOrDefault(month => month.Value is not null);
}

/// <summary>The value register of one moment, for doors: a benefit's name, the last month.</summary>
internal delegate Task<IReadOnlyList<BenefitReview>> ReadBenefits(
    string? asOf,
    string? name,
    BillingPeriod? month,
    CancellationToken cancel
);

/// <summary>Lays what a benefit's series says beside what was spent for it.</summary>
internal sealed class MeasureBenefits(BooksView view)
{
    /// <summary>All benefits of the rulebook, or the one of that name.</summary>
    /// <exception cref="RefusedException">There is none of that name.</exception>
    public IReadOnlyList<BenefitReview> All(string? name, BillingPeriod? asked, CancellationToken cancel)
    {
        var declared = view.Rulebook.All<Benefit>().ToList();
        if (name is not null && declared.All(one => one.Name != name))
            throw new RefusedException(
                "benefits/unknown",
                $"The rulebook has no benefit \"{name}\".{DidYouMean.Question(name, declared.Select(one => one.Name))}",
                "`bursar benefits` lists them; a new one is a kind: Benefit in the rulebook.",
                exitCode: 2
            );
        var month = asked ?? (view.Deliveries.Count > 0 ? ReportSubject.NewestWholeMonth(view) : null);
        return month is not { } through
            ? []
            : [.. declared.Where(one => name is null || one.Name == name).Select(one => Of(one, through, cancel))];
    }

    private BenefitReview Of(Benefit benefit, BillingPeriod through, CancellationToken cancel)
    {
        var first = BillingPeriod.Containing(benefit.From);
        var months = Enumerable.Range(0, Math.Max(0, MonthsBetween(first, through) + 1)).Select(first.Plus).ToList();
        var notes = new List<string>();
        if (months.Count == 0)
            notes.Add($"It begins on {benefit.From:yyyy-MM-dd}, after {through}.");
        var (costs, currency, behind) = Costs(benefit, through, notes, cancel);
        var values = Values(benefit, first, through, cancel);
        var inputs = months.Select(month => new BenefitInputs(month, Find(values, month), Find(costs, month))).ToList();
        if (inputs.Where(one => one.Value is null).Select(one => one.Month).ToList() is { Count: > 0 } missing)
            notes.Add(
                $"The series {benefit.Series} has no figure for {string.Join(", ", missing)}: nothing is claimed for that."
            );
        if (benefit.Worth is null)
            notes.Add("No worth is declared, so no money is claimed.");
        return new BenefitReview(
            benefit,
            new AskMeasures(view).Declared(benefit.Series).Unit,
            currency,
            through,
            BenefitMath.Of(benefit, inputs),
            behind,
            notes
        );
    }

    /// <summary>What was spent for it, by month, from its first day on.</summary>
    private (Dictionary<BillingPeriod, Amount>, Currency, CostQuery?) Costs(
        Benefit benefit,
        BillingPeriod through,
        List<string> notes,
        CancellationToken cancel
    )
    {
        var declared = benefit.Currency is { } code ? new Currency(code) : (Currency?)null;
        if (benefit.ChargesIn(view.Rulebook) is not { } charges || benefit.From >= through.End)
            return ([], declared ?? ReportSubject.MainCurrency(view, []), null);
        var query = new CostQuery
        {
            Measure = benefit.Measure,
            Where = charges.ToFilters(),
            Over = TimeGrain.Month,
            From = benefit.From,
            To = through.End,
            Allocation = view.HasSharedCosts ? CostAllocation.Distributed : CostAllocation.Direct,
            Conversion =
                declared is { } target && new FindRates(view).Currencies.Contains(target.Code)
                    ? new Conversion(target)
                    : null,
        };
        var answer = new AskCosts(view).Answer(query, cancel);
        var currency = declared ?? ReportSubject.MainCurrency(view, answer.Rows);
        notes.AddRange(answer.Notes);
        notes.AddRange(
            answer
                .Totals.Where(total => total.Currency != currency && !total.Amount.IsZero)
                .Select(total => $"{Display.Full(total)} is not in the cost: no rate makes it {currency}.")
        );
        var months = answer
            .Rows.Where(row => row.Currency == currency)
            .GroupBy(row => BillingPeriod.Containing(row.Period!.Value))
            .ToDictionary(same => same.Key, same => same.Aggregate(Amount.Zero, (sum, row) => sum + row.Total));
        return (months, currency, answer.Query with { Over = null });
    }

    private Dictionary<BillingPeriod, Amount> Values(
        Benefit benefit,
        BillingPeriod first,
        BillingPeriod through,
        CancellationToken cancel
    ) =>
        new AskMeasures(view)
            .Answer(
                new MeasureQuestion(benefit.Series)
                {
                    Over = TimeGrain.Month,
                    Where = [.. benefit.Only.Select(key => new CostFilter(key.Key, [key.Value]))],
                    From = first.Start,
                    To = through.End,
                },
                cancel
            )
            .Rows.ToDictionary(row => BillingPeriod.Containing(row.Period!.Value), row => row.Value);

    private static int MonthsBetween(BillingPeriod first, BillingPeriod last) =>
        ((last.Start.Year - first.Start.Year) * 12) + last.Start.Month - first.Start.Month;

    private static Amount? Find(Dictionary<BillingPeriod, Amount> months, BillingPeriod month) =>
        months.TryGetValue(month, out var amount) ? amount : null;
}
