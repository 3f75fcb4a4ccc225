using Bursar.Core.Amounts;

namespace Bursar.Quantify.Budgets;

/// <summary>An exceeded budget and what was done about it so far (BUD-04).</summary>
/// <param name="Budget">The budget.</param>
/// <param name="Period">Of which month or year.</param>
/// <param name="Breach">What is exceeded now; null when it no longer is.</param>
/// <param name="Steps">What was done, oldest first.</param>
internal sealed record OverageCase(
    Budget Budget,
    string Period,
    BudgetBreach? Breach,
    IReadOnlyList<OverageEntry> Steps
)
{
    public OverageEntry? Last => Steps.Count == 0 ? null : Steps[^1];

    public bool IsSettled => Last?.Fact.Outcome == OverageOutcome.Settled;

    /// <summary>Since when it is worked on.</summary>
    public DateTimeOffset? Since => Steps.Count == 0 ? null : Steps[0].At;

    /// <summary>From the first step to the last; how long it took once it is settled.</summary>
    public TimeSpan? Took => Last?.At - Since;

    /// <summary>The step that is due: the one that is being done, or the one after one that did not suffice.</summary>
    public OverageStep? Next =>
        Last?.Fact switch
        {
            null => OverageStep.Investigate,
            { Outcome: OverageOutcome.Settled } => null,
            { Outcome: OverageOutcome.Begun } last => last.Step,
            { Step: OverageStep.Decision } => OverageStep.Decision,
            var last => last.Step + 1,
        };
}

/// <summary>Lays exceeded budgets beside what was done about them.</summary>
internal static class OverageCases
{
    /// <summary>Open cases first, those that were settled after them.</summary>
    public static IReadOnlyList<OverageCase> Of(BudgetBook book, IReadOnlyList<BudgetBreach> breaches)
    {
        var keys = breaches
            .Select(breach => (breach.Budget.Name, breach.Period))
            .Concat(book.Log.Overages.Select(entry => (Name: entry.Fact.Budget, entry.Fact.Period)))
            .Distinct();
        return
        [
            .. from key in keys
            let budget = book.Budgets.FirstOrDefault(one => one.Name == key.Name)
            where budget is not null
            let one = new OverageCase(
                budget,
                key.Period,
                breaches.FirstOrDefault(breach => breach.Budget.Name == key.Name && breach.Period == key.Period),
                [.. book.Log.Overages.Where(entry => entry.Fact.Budget == key.Name && entry.Fact.Period == key.Period)]
            )
            orderby one.IsSettled, one.Breach?.Kind ?? BreachKind.Forecast, one.Breach?.Over descending
            select one,
        ];
    }
}

/// <summary>Money of a year that is very probably not needed (BUD-05).</summary>
/// <param name="Pace">The budget and where it stands.</param>
/// <param name="Unused">What is left even if the year lands as high as one in ten does.</param>
/// <param name="Period">The year's last period, from which it would be given back.</param>
internal sealed record UnusedFunds(BudgetPace Pace, Amount Unused, string Period)
{
    /// <summary>Budgets with money to spare, the most first; never more than their last periods still have.</summary>
    public static IReadOnlyList<UnusedFunds> Of(IEnumerable<BudgetPace> paces) =>
        [
            .. from pace in paces
            where pace.LandingHigh is not null && pace.Pace.ElapsedShare < 1
            let unused = pace.Pace.Amount - pace.LandingHigh!.Value
            where unused > Amount.Zero
            let whole = Down(unused)
            where whole > Amount.Zero
            orderby whole descending
            select new UnusedFunds(pace, whole, pace.Year),
        ];

    /// <summary>Rounded down to a hundredth of itself's order: nobody gives back cents.</summary>
    private static Amount Down(Amount amount)
    {
        var step = 1m;
        while (step * 1000 <= amount.ToDecimal())
            step *= 10;
        return Amount.From(decimal.Floor(amount.ToDecimal() / step) * step);
    }
}
