using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Quantify.UnitEconomics;
using Bursar.Web;

namespace Bursar.Quantify.Budgets;

/// <summary>What one owner answers for, as the doors show it.</summary>
internal static class OwnerTables
{
    public static ResultRecord Record(OwnersView view, bool forPeople) =>
        ResultRecord.Of(
            ("owner", view.Owner),
            ("says", Lead(view)),
            ("budgets", List(forPeople ? Budgets(view) : PaceTables.Pace(view.Budgets), forPeople)),
            ("commitments", List(Commitments(view), forPeople)),
            ("unitCosts", List(UnitTables.List(view.Units), forPeople))
        );

    /// <summary>"Head of Infrastructure answers for 2 budgets, one of which …: $12.9M of $27.5M is spent …".</summary>
    public static string Lead(OwnersView view)
    {
        var over = view.Budgets.Count(pace => pace.LandingOver > Amount.Zero || pace.Pace.Spent > pace.Pace.Amount);
        var budgets =
            view.Budgets.Count == 0 ? "no budget"
            : view.Budgets.Count == 1
                ? $"one budget, which {(over == 0 ? "will probably be kept" : "will be exceeded")}"
            : $"{Display.Count(view.Budgets.Count)} budgets, {(over == 0 ? "none" : Display.Count(over))} of which will be exceeded";
        return $"{view.Title} answers for {budgets}, {Display.Count(view.Commitments.Count, "commitment", "commitments")} "
            + $"to suppliers and {Display.Count(view.Units.Count, "unit cost", "unit costs")}.";
    }

    /// <summary>Budget, actual and forecast side by side, before anything else that can be said of a year.</summary>
    private static ResultTable Budgets(OwnersView view) =>
        new(
            [
                new("budget"),
                new("year", ColumnKind.Whole, Spare: true),
                new("amount", ColumnKind.Figure, "May be spent", 0),
                new("spent", ColumnKind.Figure, "Spent", 0),
                new("usedPercent", ColumnKind.Figure, "Used, %", 1, Spare: true),
                new("landing", ColumnKind.Figure, "Lands at", 0),
                new("forecastWapePercent", ColumnKind.Figure, "WAPE, %", 1),
                new("breachPercent", ColumnKind.Figure, "Breach, %", 1),
            ],
            [
                .. view.Budgets.Select(pace =>
                    (IReadOnlyList<object?>)
                        [
                            pace.Budget.Title,
                            pace.Year,
                            new Money(pace.Pace.Amount, pace.Currency),
                            new Money(pace.Pace.Spent, pace.Currency),
                            PaceTables.Percent(pace.Pace.UsedShare),
                            pace.Landing is { } landing ? new Money(landing, pace.Currency) : null,
                            PaceTables.Percent(pace.Wape),
                            PaceTables.Percent(pace.Chance),
                        ]
                ),
            ]
        );

    public static ResultTable Commitments(OwnersView view) =>
        new(
            [
                new("contract", ColumnKind.Whole),
                new("vendor"),
                new("until", ColumnKind.Whole),
                new("currency", ColumnKind.Whole, Spare: true),
                new("committed", ColumnKind.Figure, Decimals: 0),
                new("counted", ColumnKind.Figure, "spent of it", 0),
                new("open", ColumnKind.Figure, "still to be spent", 0),
            ],
            [
                .. view.Commitments.Select(one =>
                    (IReadOnlyList<object?>)
                        [
                            one.Contract.Id,
                            one.Contract.Vendor,
                            one.Year.To.AddDays(-1),
                            one.Contract.Currency?.Code,
                            Money(one, one.Year.Committed),
                            Money(one, one.Counted),
                            Money(one, one.Open),
                        ]
                ),
            ]
        )
        {
            WhenEmpty = "No commitment to a supplier.",
        };

    private static object? Money(OwnedCommitment one, Amount? amount) =>
        amount is { } known && one.Contract.Currency is { } currency ? new Money(known, currency) : amount;

    private static object List(ResultTable table, bool forPeople) =>
        !forPeople ? table.Records()
        : table.Rows.Count == 0 ? "none"
        : table;
}
