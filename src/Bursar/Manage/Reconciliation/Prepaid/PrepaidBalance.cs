using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Warehouse.Queries;

namespace Bursar.Manage.Reconciliation.Prepaid;

/// <summary>What was paid for one thing ahead of its use, and how much of it is left.</summary>
/// <param name="Issuer">Who was paid.</param>
/// <param name="Service">What for.</param>
/// <param name="CommitmentId">The commitment it pays for, if it is one.</param>
/// <param name="Balance">What is paid and not used.</param>
/// <param name="Behind">The question that opens it.</param>
internal sealed record Prepayment(
    string? Issuer,
    string? Service,
    string? CommitmentId,
    Money Balance,
    CostQuery Behind
);

/// <summary>What is paid ahead at the end of a day, and in which months it becomes cost.</summary>
/// <param name="At">The day.</param>
/// <param name="Prepayments">One line each, largest first.</param>
/// <param name="Releases">Cost of the months to come, where the charges say when; commitments are used as they
/// are.</param>
/// <param name="Totals">What is paid ahead, per currency.</param>
/// <param name="Notes">What a reader must know.</param>
internal sealed record PrepaidBalance(
    DateOnly At,
    IReadOnlyList<Prepayment> Prepayments,
    IReadOnlyList<(BillingPeriod Month, Money Cost)> Releases,
    IReadOnlyList<Money> Totals,
    IReadOnlyList<string> Notes
);
