using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Web;

namespace Bursar.Quantify.Budgets;

/// <summary>Budgets against what was spent, as the doors show them.</summary>
internal static class BudgetTables
{
    private static readonly ResultColumn[] Columns =
    [
        new("budget"),
        new("owner", Spare: true),
        new("measure", ColumnKind.Whole, Spare: true),
        new("currency", ColumnKind.Whole),
        new("amount", ColumnKind.Figure, "Budget"),
        new("spent", ColumnKind.Figure, "Spent"),
        new("over", ColumnKind.Figure, "Over"),
        new("overPercent", ColumnKind.Figure, "Over, %"),
        new("heldBack", ColumnKind.Figure, "Held back", Spare: true),
        new("currencyEffect", ColumnKind.Figure, "Currency effect", Spare: true),
    ];

    public static ResultTable Of(IReadOnlyList<BudgetStatus> statuses, BillingPeriod month) =>
        new(Columns, [.. statuses.Select(Row)])
        {
            WhenEmpty = $"No budget speaks of {month}. Write kind: Budget into the rulebook, then `bursar publish`.",
        };

    /// <summary>What a reader must know beside the figures, each once.</summary>
    public static IReadOnlyList<string> Notes(IReadOnlyList<BudgetStatus> statuses) =>
        [.. statuses.SelectMany(Notes).Distinct()];

    private static IReadOnlyList<object?> Row(BudgetStatus status) =>
        [
            status.Budget.Name,
            status.Budget.Owner,
            status.Budget.Measure.ToString(),
            status.Currency.Code,
            new Money(status.Amount, status.Currency),
            new Money(status.Spent, status.Currency),
            new Money(status.Over, status.Currency),
            status.OverRatio is { } ratio ? decimal.Round(ratio * 100, 2, MidpointRounding.AwayFromZero) : null,
            new Money(status.HeldBack, status.Currency),
            status.CurrencyEffect is { } effect ? new Money(effect, status.Currency) : null,
        ];

    private static IEnumerable<string> Notes(BudgetStatus status)
    {
        if (status.Note is { } note)
            yield return note;
        foreach (var money in status.LeftOut)
            yield return (
                status.Currency.Code == status.Budget.Currency ? SpendOfBudgets.MissingRate(status.Budget, money) : null
            )
                ?? $"{status.Budget.Name}: another {Display.Full(money)} ({money.Currency}) was spent and is in no "
                    + $"figure of {status.Currency}; choose a currency to bring together what has rates.";
    }
}
