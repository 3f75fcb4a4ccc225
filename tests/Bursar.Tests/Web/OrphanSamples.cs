using Bursar.Core.Amounts;
using Bursar.Understand.Allocation.Items;
using Bursar.Understand.Inventory;
using Bursar.Warehouse.Queries;

namespace Bursar.Tests.Web;

/// <summary>Orphan cost as the pages' tests show it.</summary>
internal static class OrphanSamples
{
    private static readonly Currency Dollar = new("USD");

    public static Orphans Orphans { get; } =
        new(
            new CostQuery { From = new DateOnly(2026, 9, 1), To = new DateOnly(2026, 10, 1) },
            [
                new OrphanCost(
                    new Money(Amount.Parse("18400000"), Dollar),
                    [
                        (CostLink.Linked, Amount.Parse("17200000")),
                        (CostLink.NoItem, Amount.Parse("1310000.25")),
                        (CostLink.NoApplication, Amount.Zero),
                        (CostLink.NoOwner, Amount.Zero),
                        (CostLink.TaxAndCredits, Amount.Parse("-110000.25")),
                    ],
                    Amount.Parse("1100000"),
                    Amount.Parse("1000000"),
                    [
                        new OrphanPart(
                            CostLink.NoItem,
                            "cloud-sandbox",
                            "Amazon EC2",
                            "i-0abc",
                            Amount.Parse("1310000.25")
                        ),
                    ]
                ),
            ],
            [new ConfigurationItem { Id = "CI-301", Name = "Fax gateway" }],
            18,
            ["A sentence."]
        );
}
