using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Rulebooks;
using Bursar.Understand.Measures;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Quantify.Budgets;

/// <summary>A version of a budget: who agreed, from when on, and why.</summary>
/// <param name="Name">What it is called; the first is "original".</param>
/// <param name="From">The first day on which it is the plan; null from the beginning on.</param>
/// <param name="Amounts">Period: amount.</param>
/// <param name="State">Whether it counts.</param>
/// <param name="By">Who agreed.</param>
/// <param name="Reason">Why.</param>
/// <param name="Assumptions">What it rests on, earlier ones carried.</param>
/// <param name="Origin">Where it stands: "rulebook", or the entry of the journal.</param>
internal sealed record PlanVersion(
    string Name,
    DateOnly? From,
    IReadOnlyDictionary<string, Amount> Amounts,
    RevisionState State,
    string? By,
    string? Reason,
    IReadOnlyList<string> Assumptions,
    string Origin
);

/// <summary>Works out what each budget of the rulebook may spend, on the day on which the books are read.</summary>
internal sealed class BudgetBook(BooksView view)
{
    public const string Original = "original";

    private readonly Dictionary<(string Budget, string? Version), BudgetPlan> plans = [];
    private readonly BudgetLog log = BudgetLog.Of(view.State);

    public IReadOnlyList<Budget> Budgets { get; } = [.. view.Rulebook.All<Budget>()];

    public BudgetLog Log => log;

    /// <exception cref="RefusedException">There is none of that name.</exception>
    public Budget Require(string name) =>
        Budgets.FirstOrDefault(budget => budget.Name == name)
        ?? throw new RefusedException(
            "budgets/unknown",
            $"The rulebook has no budget \"{name}\".{DidYouMean.Question(name, Budgets.Select(one => one.Name))}",
            "`bursar budgets` lists them; a new one is a kind: Budget in the rulebook.",
            exitCode: 2
        );

    public IReadOnlyList<Budget> PartsOf(Budget budget) => [.. Budgets.Where(one => one.Parent == budget.Name)];

    /// <summary>Its years and periods.</summary>
    public FiscalPeriods CalendarOf(Budget budget) => Calendar(view.Rulebook, budget);

    internal static FiscalPeriods Calendar(Rulebook rulebook, Budget budget) =>
        new(budget.Calendar is { } name ? rulebook.Find<FiscalCalendar>(name) : null, rulebook.FiscalYearStart);

    /// <summary>What may be spent, before anything is held back.</summary>
    /// <param name="budget">The budget.</param>
    /// <param name="version">As of which version; null for the plan of the day.</param>
    public BudgetPlan PlanOf(Budget budget, string? version = null)
    {
        if (plans.TryGetValue((budget.Name, version), out var known))
            return known;
        var decimals = new Currency(budget.Currency).Decimals;
        // A circle of parents is a mistake of the rulebook; a draft must not hang on it.
        plans[(budget.Name, version)] = BudgetPlan.Nothing(decimals);
        return plans[(budget.Name, version)] = Later(budget, First(budget, version, decimals), version, decimals);
    }

    /// <summary>The versions of a budget in the order in which they took over, with those that wait.</summary>
    public IReadOnlyList<PlanVersion> VersionsOf(Budget budget)
    {
        var versions = new List<PlanVersion>
        {
            new(Original, null, budget.Amounts, RevisionState.Approved, null, null, budget.Assumptions, "rulebook"),
        };
        var changes = budget
            .Versions.Select(one => new PlanVersion(
                one.Name,
                one.From,
                one.Amounts,
                RevisionState.Approved,
                one.ApprovedBy,
                one.Reason,
                one.Assumptions,
                "rulebook"
            ))
            .Concat(
                log.Revisions.Where(one => one.Fact.Budget == budget.Name)
                    .Select(one => new PlanVersion(
                        one.Fact.Version,
                        DateOnly.FromDateTime((one.RuledAt ?? one.At).UtcDateTime),
                        one.Fact.Amounts,
                        one.State,
                        one.RuledBy,
                        one.Fact.Reason,
                        one.Fact.Assumptions,
                        $"entry {one.Seq}"
                    ))
            )
            .OrderBy(one => one.From);
        foreach (var change in changes)
            versions.Add(
                change with
                {
                    Assumptions = [.. versions[^1].Assumptions.Concat(change.Assumptions).Distinct()],
                }
            );
        return versions;
    }

    /// <summary>What is held back of each level in a range: declared, and as it was moved since.</summary>
    public IReadOnlyList<(string Level, Amount Amount)> HeldBack(Budget budget, DateRange days)
    {
        var plan = PlanOf(budget);
        var levels = LevelsOf(budget);
        var declared = plan.HeldBackIn(days, [.. levels.Select(level => level.Percent)]);
        var moves = log
            .Holdbacks.Where(one => one.Fact.Budget == budget.Name && Overlaps(budget, one.Fact, days))
            .ToList();
        return
        [
            .. levels
                .Select(level => level.Level)
                .Concat(moves.Select(one => one.Fact.Level))
                .Distinct()
                .Select(level => (level, Declared(level) + Moved(level)))
                .Where(one => !one.Item2.IsZero),
        ];

        Amount Declared(string level) =>
            levels
                .Zip(declared)
                .Where(one => one.First.Level == level)
                .Aggregate(Amount.Zero, (sum, one) => sum + one.Second);

        Amount Moved(string level) =>
            moves
                .Where(one => one.Fact.Level == level)
                .Aggregate(
                    Amount.Zero,
                    (sum, one) =>
                        one.Fact.Way == HoldbackWay.Reclaim
                            ? sum + PartIn(budget, one.Fact, days)
                            : sum - PartIn(budget, one.Fact, days)
                );
    }

    /// <summary>What may be spent in a range now: the plan without what is held back.</summary>
    public Amount Spendable(Budget budget, DateRange days) =>
        HeldBack(budget, days).Aggregate(PlanOf(budget).In(days), (left, held) => left - held.Amount);

    /// <summary>The levels of a budget: its own, or those of the budget it is a part of.</summary>
    public IReadOnlyList<Holdback> LevelsOf(Budget budget)
    {
        for (var (one, depth) = (budget, 0); one is not null && depth < 20; depth++)
        {
            if (one.Holdbacks.Count > 0)
                return one.Holdbacks;
            one = ParentOf(one);
        }
        return [];
    }

    /// <summary>The larger budget that one is a part of; null where it is none.</summary>
    public Budget? ParentOf(Budget budget) =>
        budget.Parent is { } parent ? Budgets.FirstOrDefault(other => other.Name == parent) : null;

    private bool Overlaps(Budget budget, HoldbackMoved move, DateRange days) =>
        CalendarOf(budget).PartsOf(move.Period).Any(part => part.Days.Start < days.End && days.Start < part.Days.End);

    /// <summary>A movement of a longer period counts in the parts of it that were not over.</summary>
    private Amount PartIn(Budget budget, HoldbackMoved move, DateRange days)
    {
        var decimals = new Currency(budget.Currency).Decimals;
        var parts = CalendarOf(budget).PartsOf(move.Period);
        var ahead = parts.Where(part => move.From is not { } from || part.Days.End > from).ToList();
        return new BudgetPlan(BudgetMath.Spread(move.Amount, ahead.Count == 0 ? parts : ahead, decimals), decimals).In(
            days
        );
    }

    private BudgetPlan First(Budget budget, string? version, int decimals)
    {
        if (budget.SumOfParts)
            return BudgetPlan.SumOf([.. PartsOf(budget).Select(part => PlanOf(part, version))], decimals);
        if (budget is { SharePercent: not null, Parent: { } parent })
            return BudgetMath.Share(
                PlanOf(Require(parent), version),
                [
                    .. PartsOf(Require(parent))
                        .Where(part => part.SharePercent is not null)
                        .Select(part => (part.Name, part.SharePercent!.Value)),
                ],
                budget.Name
            );
        if (budget.Driver is { } driver)
            return BudgetMath
                .Plan(
                    driver.Series is { } series ? VolumesOf(series) : driver.Volumes,
                    CalendarOf(budget),
                    Amount.Scale
                )
                .TimesRate(driver.Rate, decimals);
        return BudgetMath.Plan(budget.Amounts, CalendarOf(budget), decimals);
    }

    private BudgetPlan Later(Budget budget, BudgetPlan plan, string? version, int decimals)
    {
        if (version == Original)
            return plan;
        foreach (var one in VersionsOf(budget).Skip(1).Where(one => one.State == RevisionState.Approved))
        {
            if (version is null && one.From > view.Today)
                continue;
            plan = plan.ReplacedBy(BudgetMath.Plan(one.Amounts, CalendarOf(budget), decimals));
            if (one.Name == version)
                break;
        }
        return plan;
    }

    private Dictionary<string, Amount> VolumesOf(string series) =>
        new AskMeasures(view)
            .Answer(new MeasureQuestion(series) { Over = TimeGrain.Month }, CancellationToken.None)
            .Rows.ToDictionary(row => BillingPeriod.Containing(row.Period!.Value).ToString(), row => row.Value);
}
