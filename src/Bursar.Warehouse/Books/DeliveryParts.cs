using Bursar.Core.Amounts;
using Bursar.Core.Time;

namespace Bursar.Warehouse.Books;

/// <summary>Who sells something in a delivery, and who bills it; they differ on a marketplace.</summary>
/// <param name="Name">The vendor.</param>
/// <param name="Issuer">Who issues the invoice; null when the delivery does not say.</param>
public sealed record Seller(string Name, string? Issuer);

/// <summary>
/// Charges of a delivery that correct a month which its provider had closed (ChargeClass Correction).
/// </summary>
/// <param name="Month">The month that is corrected.</param>
/// <param name="BillingCurrency">The currency.</param>
/// <param name="Rows">How many charges.</param>
/// <param name="TakenBack">The sum of the negative amounts.</param>
/// <param name="Added">The sum of the positive amounts.</param>
public sealed record DeliveryCorrection(
    BillingPeriod Month,
    string BillingCurrency,
    long Rows,
    Amount TakenBack,
    Amount Added
);
