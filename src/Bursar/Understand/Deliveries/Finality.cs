using Bursar.Core.Amounts;
using Bursar.Warehouse.Books;

namespace Bursar.Understand.Deliveries;

/// <summary>
/// Tells whether a month may still change: no charge has an invoice number, and its source numbers what it invoiced.
/// </summary>
internal static class Finality
{
    /// <remarks>
    /// AWS always numbers a closed month. Of others it is known once a delivery of theirs came with numbers: some never
    /// give any.
    /// </remarks>
    public static bool IsNotFinal(StagedDelivery staged, BooksState state) =>
        staged.InvoicedRows == 0
        && staged.Counts == DeliveryCounts.Bill
        && staged.Totals.Any(total => total.BilledCost is { } billed && billed != Amount.Zero)
        && (
            staged.Sellers.Any(IsAws)
            || state.LiveDeliveries.Any(booked =>
                booked.Delivery.Source == staged.Source && booked.Delivery.InvoicedRows > 0
            )
        );

    private static bool IsAws(Seller seller) =>
        new[] { seller.Name, seller.Issuer }.Any(name =>
            name is not null
            && (
                name.StartsWith("AWS", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith("Amazon Web Services", StringComparison.OrdinalIgnoreCase)
            )
        );
}
