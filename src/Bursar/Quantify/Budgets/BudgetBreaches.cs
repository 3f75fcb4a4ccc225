using Bursar.Core.Amounts;
using Bursar.Web;
using Bursar.Workspaces;

namespace Bursar.Quantify.Budgets;

/// <summary>Whether a budget is exceeded, or probably will be.</summary>
internal enum BreachKind
{
    /// <summary>More was spent than may be.</summary>
    Actual,

    /// <summary>More will be spent, as likely as the budget's alert asks for.</summary>
    Forecast,
}

/// <summary>A budget that is exceeded, or that its forecast exceeds (BUD-03).</summary>
/// <param name="Pace">The budget and where it stands.</param>
/// <param name="Kind">Whether it happened.</param>
/// <param name="Period">The month or year of which.</param>
/// <param name="Amount">What may be spent in it.</param>
/// <param name="Figure">What was spent, or is expected to be.</param>
/// <param name="Chance">How likely, of a forecast.</param>
/// <param name="RunOut">When nothing is left.</param>
internal sealed record BudgetBreach(
    BudgetPace Pace,
    BreachKind Kind,
    string Period,
    Amount Amount,
    Amount Figure,
    decimal? Chance,
    DateOnly? RunOut
)
{
    public Budget Budget => Pace.Budget;

    public Amount Over => Figure - Amount;

    /// <summary>How far such forecasts missed; null of what was spent.</summary>
    public decimal? Wape => Kind == BreachKind.Forecast ? Pace.Wape : null;

    /// <summary>One key for one budget, period and kind, so that nobody is told twice.</summary>
    public string Key => $"budget {Budget.Name} {Period} {Kind}".ToLowerInvariant();

    public string Sentence
    {
        get
        {
            var over = Display.Short(new Money(Over.Abs(), Pace.Currency));
            var share = Over.Abs().ShareOf(Amount) is { } ratio ? $" ({Display.Percent(ratio)})" : "";
            if (Kind == BreachKind.Actual)
                return $"{Budget.Title} is exceeded in {Period}: {over}{share} more was spent than may be.";
            var end = RunOut is { } day ? $"; nothing is left from {Display.Day(day)} on" : "";
            return $"{Budget.Title} will probably be exceeded in {Period} (a chance of {PaceWords.Chance(Chance)}): "
                + $"{over}{share} {(Over >= Amount.Zero ? "more" : "less")} is expected than may be spent"
                + $" ({PaceWords.Missed(Wape)}){end}.";
        }
    }
}

/// <summary>Finds the budgets that are exceeded or will be, as of the books that are looked at.</summary>
internal static class BudgetBreaches
{
    /// <summary>Every breach, actual ones first, then by money.</summary>
    public static IReadOnlyList<BudgetBreach> Of(BooksView view, CancellationToken cancel = default) =>
        Of(new PaceOfBudgets(view).All(null, cancel));

    /// <summary>The breaches among budgets whose pace is known.</summary>
    public static IReadOnlyList<BudgetBreach> Of(IEnumerable<BudgetPace> paces) =>
        [
            .. paces
                .SelectMany(Of)
                .OrderBy(breach => breach.Kind)
                .ThenByDescending(breach => breach.Over)
                .ThenBy(breach => breach.Key, StringComparer.Ordinal),
        ];

    private static IEnumerable<BudgetBreach> Of(BudgetPace pace)
    {
        var alert = pace.Budget.AlertPercent / 100m;
        var newest = pace.Periods.LastOrDefault(period => period.Period.Days.End.AddDays(-1) <= pace.Through);
        if (newest is not null && newest.Spent > newest.Amount)
            yield return Actual(pace, newest.Period.Name, newest.Amount, newest.Spent);
        if (pace.Current is { } current)
        {
            var one = current.Period;
            if (one.Spent > one.Amount)
                yield return Actual(pace, one.Period.Name, one.Amount, one.Spent);
            else if (current.Chance >= alert && one.Expected is { } expected)
                yield return new BudgetBreach(
                    pace,
                    BreachKind.Forecast,
                    one.Period.Name,
                    one.Amount,
                    expected,
                    current.Chance,
                    null
                );
        }
        if (pace.Periods.Count == 1)
            yield break;
        if (pace.Pace.Spent > pace.Pace.Amount)
            yield return Actual(pace, pace.Year, pace.Pace.Amount, pace.Pace.Spent);
        else if (pace.Chance >= alert && pace.Landing is { } landing)
            yield return new BudgetBreach(
                pace,
                BreachKind.Forecast,
                pace.Year,
                pace.Pace.Amount,
                landing,
                pace.Chance,
                pace.RunOut
            );
    }

    private static BudgetBreach Actual(BudgetPace pace, string period, Amount amount, Amount spent) =>
        new(pace, BreachKind.Actual, period, amount, spent, null, null);
}
