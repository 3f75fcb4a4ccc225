using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Quantify.UnitEconomics;

namespace Bursar.Quantify.Budgets;

/// <summary>What one owner answers for, as the doors show it.</summary>
internal static class OwnerTables
{
    public static ResultRecord Record(OwnersView view, bool forPeople) =>
        ResultRecord.Of(
            ("owner", view.Owner),
            ("budgets", List(PaceTables.Pace(view.Budgets), forPeople)),
            ("commitments", List(Commitments(view), forPeople)),
            ("unitCosts", List(UnitTables.List(view.Units), forPeople))
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
