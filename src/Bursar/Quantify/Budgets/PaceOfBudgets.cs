using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Arrival;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Workspaces;

namespace Bursar.Quantify.Budgets;

/// <summary>One period of a budget's year.</summary>
/// <param name="Period">The month, or the period of its calendar.</param>
/// <param name="Planned">What the plan allows.</param>
/// <param name="Amount">What may be spent: the plan without what is held back.</param>
/// <param name="Spent">What was spent of it so far.</param>
/// <param name="CurrencyEffect">What the rates of the day add to that.</param>
/// <param name="Expected">What it is expected to come to; null without a forecast, what was spent when it is
/// over.</param>
internal sealed record PacePeriod(
    BudgetPeriod Period,
    Amount Planned,
    Amount Amount,
    Amount Spent,
    Amount CurrencyEffect,
    Amount? Expected
)
{
    public Amount HeldBack => Planned - Amount;
}

/// <summary>Where a budget stands in its year: how fast it is used, where it lands, and when nothing is left.</summary>
/// <param name="Budget">The budget.</param>
/// <param name="Year">Its fiscal year.</param>
/// <param name="Through">Spend up to this day counts; later days are provisional.</param>
/// <param name="Pace">Burn, and the estimate at completion if all goes on evenly.</param>
/// <param name="Periods">Period by period.</param>
/// <param name="Behind">The question that opens what was spent.</param>
internal sealed record BudgetPace(
    Budget Budget,
    string Year,
    DateOnly Through,
    Pace Pace,
    IReadOnlyList<PacePeriod> Periods,
    CostQuery Behind
)
{
    public Currency Currency => new(Budget.Currency);

    public required DateRange Days { get; init; }

    /// <summary>What came in days that are provisional; it is in no other figure but the forecast.</summary>
    public Amount Provisional { get; init; }

    /// <summary>
    /// What the rates of the day add to what was spent at the rates of the plan; null when not converted.
    /// </summary>
    public Amount? CurrencyEffect { get; init; }

    /// <summary>What is held back of all its periods, by level.</summary>
    public IReadOnlyList<(string Level, Amount Amount)> HeldBack { get; init; } = [];

    /// <summary>When nothing is left if all goes on evenly; null when that does not happen in the year.</summary>
    public DateOnly? RunOutEven { get; init; }

    /// <summary>Where the year is expected to land; null without a forecast.</summary>
    public Amount? Landing { get; init; }

    public Amount? LandingLow { get; init; }

    public Amount? LandingHigh { get; init; }

    /// <summary>When nothing is expected to be left; null when the forecast stays below.</summary>
    public DateOnly? RunOut { get; init; }

    /// <summary>The chance that the year comes to more than may be spent.</summary>
    public decimal? Chance { get; init; }

    /// <summary>The period that is not over, and the chance that it comes to more than may be spent.</summary>
    public (PacePeriod Period, decimal? Chance, Amount? High)? Current { get; init; }

    /// <summary>Why the forecast, and how good it would have been; or why there is none.</summary>
    public string? Reason { get; init; }

    public decimal? Wape { get; init; }

    /// <summary>What a reader must know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public Amount? LandingOver => Landing - Pace.Amount;
}

/// <summary>Works out how fast budgets are used, as of the newest day that is whole.</summary>
/// <param name="view">The books.</param>
/// <param name="withForecast">False for what is known at once: what was spent.</param>
internal sealed class PaceOfBudgets(BooksView view, bool withForecast = true)
{
    private readonly BudgetBook book = new(view);

    public BudgetBook Book => book;

    /// <summary>Every budget that speaks of the year which holds the day.</summary>
    /// <param name="through">Spend up to this day counts; null for the newest whole day.</param>
    /// <param name="cancel">Ends the work early.</param>
    public IReadOnlyList<BudgetPace> All(DateOnly? through, CancellationToken cancel)
    {
        if (view.DataThrough is null)
            return [];
        var day = Through(through, cancel);
        var ahead = book
            .Budgets.Select(budget => (Budget: budget, Year(budget, day).Periods))
            .Where(one => one.Periods.Count > 0)
            .Select(one => (one.Budget, one.Periods[^1].Days.End))
            .ToList();
        // Outlooks are remembered: each budget finds its own made.
        Parallel.ForEach(
            ahead,
            new ParallelOptions { CancellationToken = cancel },
            one => Outlook(one.Budget, one.End, day, through, cancel)
        );
        return [.. book.Budgets.Select(budget => Of(budget, through, cancel)).OfType<BudgetPace>()];
    }

    /// <summary>One budget; null when it does not speak of the year, or nothing was delivered.</summary>
    public BudgetPace? Of(Budget budget, DateOnly? asked, CancellationToken cancel)
    {
        if (view.DataThrough is not { } newest)
            return null;
        var through = Through(asked, cancel);
        var (year, periods) = Year(budget, through);
        if (periods.Count == 0)
            return null;
        var days = new DateRange(periods[0].Days.Start, periods[^1].Days.End);
        var plain = view.Through(view.Lens with { Conversion = null });
        var asks = new SpendOfBudgets(plain, new AskCosts(plain));
        var until = newest.AddDays(1) < days.End ? newest.AddDays(1) : days.End;
        var spending = asks.Of(
            budget,
            until > days.Start ? new DateRange(days.Start, until) : new DateRange(days.Start, days.Start.AddDays(1)),
            TimeGrain.Day,
            cancel
        );
        var (outlook, why) = Outlook(budget, days.End, through, asked, cancel);
        return Made(budget, year, periods, through, spending, outlook, why);
    }

    private DateOnly Through(DateOnly? asked, CancellationToken cancel) =>
        asked ?? ArrivalCurves.Of(view, cancel).ReachesThrough();

    /// <summary>The year that holds the day, and the periods of it that the budget speaks of.</summary>
    private (string Name, List<BudgetPeriod> Periods) Year(Budget budget, DateOnly through)
    {
        var plan = book.PlanOf(budget);
        var year = book.CalendarOf(budget).YearOf(through);
        return (year?.Name ?? "", [.. (year?.Periods ?? []).Where(period => plan.SpeaksOf(period.Days))]);
    }

    private (BudgetOutlook? Outlook, string? Why) Outlook(
        Budget budget,
        DateOnly end,
        DateOnly through,
        DateOnly? asked,
        CancellationToken cancel
    ) =>
        !withForecast || through.AddDays(1) >= end
            ? (null, null)
            : AskOutlook.Of(view, budget, asked, end.AddDays(-1), cancel);

    private BudgetPace Made(
        Budget budget,
        string year,
        List<BudgetPeriod> periods,
        DateOnly through,
        BudgetSpending spending,
        BudgetOutlook? outlook,
        string? why
    )
    {
        var days = new DateRange(periods[0].Days.Start, periods[^1].Days.End);
        var soFar = Until(days, through.AddDays(1));
        var plan = book.PlanOf(budget);
        var rows = periods.Select(period => Row(budget, plan, period, soFar, spending, outlook)).ToList();
        var amount = Sum(rows, row => row.Amount);
        var pace = new Pace(
            amount,
            spending.In(soFar),
            plan.In(soFar),
            PaceMath.Elapsed(periods, through),
            periods.Count
        );
        var current = rows.Find(row => row.Period.Days.Contains(through.AddDays(1)));
        var before = outlook is null ? Amount.Zero : spending.In(Until(days, outlook.From));
        return new BudgetPace(
            budget,
            year,
            through,
            pace,
            rows,
            spending.Behind with
            {
                To = soFar.End > soFar.Start ? soFar.End : soFar.Start.AddDays(1),
            }
        )
        {
            Days = days,
            Provisional = spending.In(days) - pace.Spent,
            CurrencyEffect = budget.Exchange == BudgetExchange.Plan ? spending.CurrencyEffectIn(soFar) : null,
            HeldBack = book.HeldBack(budget, days),
            RunOutEven = pace.RunOutPeriod is { } period ? PaceMath.DayOf(periods, period) : null,
            Landing = outlook is null ? null : before + outlook.Point.In(days),
            LandingLow = outlook?.At(0.1m, days, before),
            LandingHigh = outlook?.At(0.9m, days, before),
            RunOut = outlook is null
                ? null
                : PaceMath.RunOut(amount, before, outlook.Point.Parts.Where(part => part.Days.Start < days.End)),
            Chance = outlook?.ChanceAbove(amount, days, before),
            Current = current is null
                ? null
                : (current, Chance(current, spending, outlook), High(current, spending, outlook)),
            Reason = outlook?.Reason ?? why,
            Wape = outlook?.Wape,
            Notes = [.. Notes(budget, spending)],
        };
    }

    private PacePeriod Row(
        Budget budget,
        BudgetPlan plan,
        BudgetPeriod period,
        DateRange soFar,
        BudgetSpending spending,
        BudgetOutlook? outlook
    )
    {
        var known = Common(period.Days, soFar);
        var spent = spending.In(known);
        return new PacePeriod(
            period,
            plan.In(period.Days),
            book.Spendable(budget, period.Days),
            spent,
            spending.CurrencyEffectIn(known),
            period.Days.End <= soFar.End ? spent
                : outlook is null ? null
                : spending.In(Until(period.Days, outlook.From)) + outlook.Point.In(period.Days)
        );
    }

    private static decimal? Chance(PacePeriod current, BudgetSpending spending, BudgetOutlook? outlook) =>
        outlook?.ChanceAbove(
            current.Amount,
            current.Period.Days,
            spending.In(Until(current.Period.Days, outlook.From))
        );

    private static Amount? High(PacePeriod current, BudgetSpending spending, BudgetOutlook? outlook) =>
        outlook?.At(0.9m, current.Period.Days, spending.In(Until(current.Period.Days, outlook.From)));

    private static IEnumerable<string> Notes(Budget budget, BudgetSpending spending)
    {
        foreach (var left in spending.LeftOut)
            yield return SpendOfBudgets.MissingRate(budget, left)
                ?? $"{budget.Name}: another {Display.Full(left)} ({left.Currency}) was spent and is in no figure; exchange: plan would convert it.";
        if (budget is { Exchange: BudgetExchange.Plan, PlanRates.Count: > 0 })
            yield return $"{budget.Name}: spend and forecast are at the rates of the plan; what currencies add is apart.";
    }

    /// <summary>The days of a range before a day.</summary>
    private static DateRange Until(DateRange days, DateOnly end) =>
        new(
            days.Start,
            end < days.Start ? days.Start
                : end < days.End ? end
                : days.End
        );

    private static DateRange Common(DateRange days, DateRange other) =>
        days.Start >= other.End ? new DateRange(days.Start, days.Start) : Until(days, other.End);

    private static Amount Sum(IEnumerable<PacePeriod> rows, Func<PacePeriod, Amount> of) =>
        rows.Aggregate(Amount.Zero, (sum, row) => sum + of(row));
}
