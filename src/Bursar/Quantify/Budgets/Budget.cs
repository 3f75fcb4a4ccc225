using System.ComponentModel;
using Bursar.Core.Amounts;
using Bursar.Manage.Strategy;
using Bursar.Rulebooks;
using Bursar.Warehouse.Queries;

namespace Bursar.Quantify.Budgets;

/// <summary>
/// How much may be spent on a part of the cost, by month, quarter or year: declared, a share of a larger budget, the
/// sum
/// of its parts, or a volume times a rate (BUD-01).
/// </summary>
internal sealed record Budget : Declaration
{
    [Description("The name that people read; without it, the name.")]
    public string? DisplayName { get; init; }

    [Description("The scope it limits; or give where."), RefersTo("Scope")]
    public string? Scope { get; init; }

    [Description("Which charges it limits, as in a scope; without scope and where, all of them."), AsFilter]
    public Conditions? Where { get; init; }

    [
        Description("Which cost is limited."),
        AsInFocus(
            nameof(CostMeasure.EffectiveCost),
            nameof(CostMeasure.BilledCost),
            nameof(CostMeasure.ContractedCost),
            nameof(CostMeasure.ListCost)
        )
    ]
    public CostMeasure Measure { get; init; } = CostMeasure.EffectiveCost;

    [Description("Whether tax counts as spent; true unless given.")]
    public bool Tax { get; init; } = true;

    [Description("Whether credits lessen what was spent; true unless given.")]
    public bool Credits { get; init; } = true;

    [Description("The currency of the amounts, three capital letters."), CurrencyCode]
    public required string Currency { get; init; }

    [Description(
        "own: only spend in the currency of the budget counts, the rest is named. plan: spend in other currencies "
            + "counts at the rates of the plan, and the currency effect stands apart."
    )]
    public BudgetExchange Exchange { get; init; }

    [Description(
        "The rates of the plan: currency: what one of it is worth in the budget's. Without it, kind: ExchangeRates "
            + "with use: plan."
    )]
    public IReadOnlyDictionary<string, Amount> PlanRates { get; init; } = new Dictionary<string, Amount>();

    [Description("Who answers for it."), RefersTo("owners")]
    public string? Owner { get; init; }

    [
        Description("The fiscal calendar of its years and periods; without it, months from fiscalYearStart on."),
        RefersTo("FiscalCalendar")
    ]
    public string? Calendar { get; init; }

    [Description(
        "Period: amount. Periods are 2026-03, 2026-Q1 or 2026, or those of the calendar: FY2026, FY2026-Q1, "
            + "FY2026-P01; longer ones are spread evenly."
    )]
    public IReadOnlyDictionary<string, Amount> Amounts { get; init; } = new Dictionary<string, Amount>();

    [Description("The larger budget that it is a part of."), RefersTo("Budget")]
    public string? Parent { get; init; }

    [Description("Instead of amounts, top down: so many percent of what the parent may spend."), Between(0, 100)]
    public decimal? SharePercent { get; init; }

    [Description("Instead of amounts, bottom up: true when it is the sum of the budgets whose parent it is.")]
    public bool SumOfParts { get; init; }

    [Description("Instead of amounts: a volume times a rate.")]
    public BudgetDriver? Driver { get; init; }

    [Description("What the amounts were decided anew to be, and from which day on that is the plan.")]
    public IReadOnlyList<BudgetVersion> Versions { get; init; } = [];

    [Description("What the amounts rest on, in words.")]
    public IReadOnlyList<string> Assumptions { get; init; } = [];

    [Description("Parts of every amount that are held back, by level, the first to be released first (BUD-02).")]
    public IReadOnlyList<Holdback> Holdbacks { get; init; } = [];

    [Description("From which chance of a breach somebody is told, in percent; 50 unless given."), Between(1, 99)]
    public int AlertPercent { get; init; } = 50;

    /// <summary>The name that people read.</summary>
    internal string Title => DisplayName ?? Name;

    /// <summary>The charges it limits, as conditions: its own, its scope's, or none (everything).</summary>
    public Conditions ConditionsIn(Rulebook rulebook) =>
        Where ?? (Scope is null ? null : rulebook.Find<Scope>(Scope)?.Charges) ?? new Conditions([]);

    /// <summary>The same as filters, without tax and credits where they do not count.</summary>
    internal IReadOnlyList<CostFilter> FiltersIn(Rulebook rulebook)
    {
        string[] apart = [.. Tax ? [] : new[] { "Tax" }, .. Credits ? [] : new[] { "Credit" }];
        var own = ConditionsIn(rulebook).ToFilters();
        return apart.Length == 0 ? own : [.. own, new CostFilter("ChargeCategory", apart, Negated: true)];
    }

    public override void Check(RulebookCheck check) => BudgetCheck.Run(this, check);
}

/// <summary>What becomes of spend in another currency than the budget's.</summary>
internal enum BudgetExchange
{
    /// <summary>It is named beside the budget.</summary>
    Own,

    /// <summary>It counts at the rates of the plan.</summary>
    Plan,
}

/// <summary>What is expected to drive the cost: a volume for each period, and what one of it may cost.</summary>
internal sealed record BudgetDriver : RulebookRecord
{
    [Description("What one unit may cost, in the currency of the budget.")]
    public required Amount Rate { get; init; }

    [Description("Period: volume, as in amounts; or give series.")]
    public IReadOnlyDictionary<string, Amount> Volumes { get; init; } = new Dictionary<string, Amount>();

    [Description("The series of planned volumes, by month."), RefersTo("Series")]
    public string? Series { get; init; }
}

/// <summary>Amounts that were decided anew.</summary>
internal sealed record BudgetVersion : RulebookRecord
{
    [Description("What it is called: mid-year review.")]
    public required string Name { get; init; }

    [Description("The first day on which it is the plan.")]
    public required DateOnly From { get; init; }

    [Description("Period: amount. Periods that it does not speak of stay as they were.")]
    public required IReadOnlyDictionary<string, Amount> Amounts { get; init; }

    [Description("Why.")]
    public string? Reason { get; init; }

    [Description("Who agreed."), RefersTo("owners")]
    public string? ApprovedBy { get; init; }

    [Description("What it rests on, in words; assumptions of earlier versions are carried.")]
    public IReadOnlyList<string> Assumptions { get; init; } = [];
}

/// <summary>A part of every amount that may not be spent until somebody releases it.</summary>
internal sealed record Holdback : RulebookRecord
{
    [Description("What the level is called: owner, finance, board.")]
    public required string Level { get; init; }

    [Description("How much of each amount is held back."), Between(0, 100)]
    public required decimal Percent { get; init; }

    [Description("Who may release it."), RefersTo("owners")]
    public string? ReleasedBy { get; init; }
}
