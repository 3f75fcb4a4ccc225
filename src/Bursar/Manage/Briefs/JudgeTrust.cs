using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Manage.Reconciliation.Invoices;
using Bursar.Understand.Allocation;
using Bursar.Understand.Deliveries;
using Bursar.Understand.Quality;
using Bursar.Warehouse.Queries;

namespace Bursar.Manage.Briefs;

/// <summary>How far the numbers of a month can be trusted.</summary>
/// <param name="Cost">The month's cost without tax and credits.</param>
/// <param name="Unowned">The part of it that nobody is known to own.</param>
/// <param name="Field">The shared field that would say so.</param>
/// <param name="Completeness">The part with all seven shared fields.</param>
/// <param name="QuarantinedRows">Rows that could not be read.</param>
/// <param name="QuarantinedCost">What they would add, as far as that can be read.</param>
/// <param name="Late">Sources whose next delivery is overdue.</param>
/// <param name="Score">All of it in one figure, and its parts.</param>
internal sealed record Trust(
    Amount Cost,
    Amount Unowned,
    string Field,
    Completeness? Completeness,
    long QuarantinedRows,
    Amount QuarantinedCost,
    IReadOnlyList<string> Late,
    TrustScore Score
)
{
    /// <summary>How much of the month's cost is on invoices that tie; null while no invoice is known.</summary>
    public AnswerStanding? Invoices { get; init; }

    public decimal? UnownedShare => Unowned.ShareOf(Cost);
}

/// <summary>
/// Judges how far the numbers of a month can be trusted. Tax and credits are left out of every share.
/// </summary>
internal sealed class JudgeTrust(BriefFacts facts)
{
    public Trust Judge()
    {
        var cost = Cost();
        var (unowned, field) = (Cost(Without("x_Owner")), "x_Owner");
        // Where no owner is known at all, the cost centre is who pays.
        if (unowned == cost)
            (unowned, field) = (Cost(Without("x_CostCentre")), "x_CostCentre");
        var completeness = facts.Completeness.Of(DateRange.Of(facts.Month)).GetValueOrDefault(facts.Currency);
        var quarantined = facts
            .View.Deliveries.Select(booked => booked.Delivery)
            .Where(delivery => delivery.BillingPeriod == facts.Month && delivery.QuarantinedRows > 0)
            .ToList();
        return new Trust(
            cost,
            unowned,
            field,
            completeness,
            quarantined.Sum(delivery => delivery.QuarantinedRows),
            BriefMath.Sum(
                quarantined
                    .SelectMany(delivery => delivery.QuarantinedAmounts)
                    .Where(total => total.BillingCurrency == facts.Currency.Code)
                    .Select(total => total.EffectiveCost ?? total.BilledCost ?? Amount.Zero)
            ),
            [
                .. new MeasureFreshness(facts.View)
                    .Sources()
                    .Where(source => source.Breach is not null)
                    .Select(source => source.DisplayName),
            ],
            new ScoreTrust(facts.View).Of(null, [], facts.Month, facts.Cancel)
        )
        {
            Invoices = RestOnInvoices.Of(facts.View, facts.Question(facts.Month), facts.Cancel),
        };
    }

    /// <summary>"No value" in a shared field.</summary>
    public static CostFilter Without(string field) => new(field, [null]);

    private Amount Cost(params CostFilter[] where) =>
        BriefMath.Sum(
            facts
                .Rows(facts.Question(facts.Month, where) with { Split = CostSplit.Tax | CostSplit.Credits })
                .Select(row => row.Cost)
        );
}
