using Bursar.Core.Amounts;
using Bursar.Understand.Records;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Manage.Contracts;

/// <summary>A year of a contract: promised, counted, missing.</summary>
/// <param name="From">Its first day.</param>
/// <param name="To">The day after its last.</param>
/// <param name="Committed">The promise.</param>
/// <param name="Settled">What the charges so far make of it; null when they cannot say.</param>
/// <param name="IsOver">Whether the year has ended; before, what is missing may still be spent.</param>
internal sealed record ReviewedYear(DateOnly From, DateOnly To, Amount Committed, SettledYear? Settled, bool IsOver)
{
    /// <summary>What may count, eligible charges first; none while the books do not reach into the year.</summary>
    public IReadOnlyList<CountedPart> Parts { get; init; } = [];
}

/// <summary>Charges of a contract year that count towards the promise.</summary>
/// <param name="Name">What they are: "eligible", or the name of a capped part.</param>
/// <param name="Billed">Their billed cost in the contract's currency.</param>
/// <param name="MaxPercent">Up to which part of the promise they count; null for all.</param>
/// <param name="Behind">The question that opens them.</param>
internal sealed record CountedPart(string Name, Amount Billed, decimal? MaxPercent, CostQuery Behind);

/// <summary>
/// A contract as it stands on a day: notice only while it can still be given; the origin is the rulebook or a delivery.
/// </summary>
internal sealed record ReviewedContract(
    string Id,
    string Vendor,
    string Type,
    string? Description,
    Currency? Currency,
    DateOnly? Start,
    DateOnly? End,
    DateOnly? NoticeBy,
    string Renewal,
    decimal? DiscountPercent,
    IReadOnlyList<ReviewedYear> Years,
    string Origin
)
{
    /// <summary>What has to be paid for the years that are over.</summary>
    public Amount Paid =>
        Years
            .Where(year => year.IsOver)
            .Aggregate(Amount.Zero, (sum, year) => sum + (year.Settled?.Paid ?? Amount.Zero));
}

/// <summary>Reviews the contracts of a moment, for the API.</summary>
internal delegate Task<IReadOnlyList<ReviewedContract>> ListContracts(
    string? asOf,
    DateOnly? day,
    CancellationToken cancellationToken
);

/// <summary>Lists what was promised to suppliers, with the billed cost that counts towards it.</summary>
internal sealed class ReviewContracts(BooksView view, AskCosts ask)
{
    private DateOnly through = DateOnly.MaxValue;

    public static IReadOnlyList<ReviewedContract> Of(BooksView view, DateOnly? day, CancellationToken cancel) =>
        new ReviewContracts(view, new AskCosts(view)).On(
            day ?? DateOnly.FromDateTime(view.Clock.GetUtcNow().UtcDateTime),
            cancel
        );

    /// <summary>As they stood at the end of a day: later charges count towards nothing.</summary>
    public static IReadOnlyList<ReviewedContract> AtEndOf(BooksView view, DateOnly day, CancellationToken cancel) =>
        new ReviewContracts(view, new AskCosts(view)) { through = day }.On(day, cancel);

    /// <summary>All contracts, the next notice first.</summary>
    public IReadOnlyList<ReviewedContract> On(DateOnly day, CancellationToken cancel)
    {
        var ours = view.Rulebook.All<Contract>().Select(contract => Of(contract, day, cancel));
        var theirs = new FindRecords(view).Of("contract-commitments", cancel).Select(record => Of(record, day));
        return
        [
            .. ours.Concat(theirs)
                .OrderBy(contract => contract.NoticeBy ?? DateOnly.MaxValue)
                .ThenBy(contract => contract.End ?? DateOnly.MaxValue)
                .ThenBy(contract => contract.Id, StringComparer.Ordinal),
        ];
    }

    private ReviewedContract Of(Contract contract, DateOnly day, CancellationToken cancel)
    {
        var parts = contract.Years.Select(year => Parts(contract, year, cancel)).ToList();
        var settled = ContractMath.Settle(
            [.. contract.Years.Zip(parts, (year, counted) => Spend(year, counted))],
            contract.RolloverPercent
        );
        return new ReviewedContract(
            contract.ContractId ?? contract.Name,
            contract.Vendor,
            contract.Type,
            contract.Name,
            new Currency(contract.Currency),
            contract.Start,
            contract.End,
            contract.NoticeBy >= day ? contract.NoticeBy : null,
            contract.Renewal.ToString().ToLowerInvariant(),
            contract.DiscountPercent,
            [
                .. contract.Years.Select(
                    (year, i) =>
                        new ReviewedYear(
                            year.From,
                            year.To,
                            year.Amount,
                            HasSpend(year) ? settled[i] : null,
                            year.To <= day
                        )
                        {
                            Parts = HasSpend(year) ? parts[i] : [],
                        }
                ),
            ],
            "rulebook"
        );
    }

    /// <summary>The books must reach into the year to say anything of it.</summary>
    private bool HasSpend(ContractYear year) =>
        year.From <= through
        && view.Deliveries.Any(booked =>
            booked.Delivery.BillingPeriod.Start < year.To && booked.Delivery.BillingPeriod.End > year.From
        );

    private static YearOfSpend Spend(ContractYear year, List<CountedPart> parts) =>
        new(
            year.Amount,
            parts[0].Billed,
            [.. parts.Where(part => part.MaxPercent is not null).Select(part => (part.Billed, part.MaxPercent!.Value))]
        );

    private List<CountedPart> Parts(Contract contract, ContractYear year, CancellationToken cancel)
    {
        if (year.From > through)
            return [new CountedPart("eligible", Amount.Zero, null, new CostQuery())];
        var eligible = contract.Eligible?.ToFilters() ?? [new CostFilter("ServiceProviderName", [contract.Vendor])];
        return
        [
            Part("eligible", eligible, null),
            .. contract.Capped.Select(one => Part(one.Name, one.Where.ToFilters(), one.MaxPercent)),
        ];

        CountedPart Part(string name, IReadOnlyList<CostFilter> where, decimal? maxPercent)
        {
            var behind = new CostQuery
            {
                Measure = CostMeasure.BilledCost,
                Where = where,
                From = year.From,
                To = year.To <= through ? year.To : through.AddDays(1),
            };
            var billed = ask.Answer(behind, cancel)
                .Totals.Where(total => total.Currency.Code == contract.Currency)
                .Aggregate(Amount.Zero, (sum, total) => sum + total.Amount);
            return new CountedPart(name, billed, maxPercent, behind);
        }
    }

    private static ReviewedContract Of(BusinessRecord record, DateOnly day)
    {
        var start = record.Day("ContractCommitmentPeriodStart") ?? record.Day("ContractPeriodStart");
        var end = record.Day("ContractCommitmentPeriodEnd") ?? record.Day("ContractPeriodEnd");
        var amount = record.Amount("ContractCommitmentCost");
        var years =
            start is { } from && end is { } to && amount is { } committed
                ? new[] { new ReviewedYear(from, to, committed, null, to <= day) }
                : [];
        return new ReviewedContract(
            $"{record.Text("ContractId")} {record.Text("ContractCommitmentId")}",
            record.Text("ServiceProviderName") ?? record.Text("InvoiceIssuerName") ?? "(unknown)",
            record.Text("ContractCommitmentType") ?? record.Text("ContractCommitmentCategory") ?? "Commitment",
            record.Text("ContractCommitmentDescription"),
            record.Text("BillingCurrency") is { } code ? new Currency(code) : null,
            start,
            end,
            null,
            "unknown",
            record.Amount("ContractCommitmentDiscountPercentage") is { } ratio ? ratio.ToDecimal() * 100 : null,
            years,
            record.Delivery
        );
    }
}
