using Bursar.Core.Time;
using Bursar.Warehouse.Queries;

namespace Bursar.Manage.Briefs;

/// <summary>Finds credits that were there the month before and are gone.</summary>
internal sealed class FindEndedCredits(BriefFacts facts)
{
    private const int CreditsMax = 2;

    /// <summary>A credit counts from this part of the month's cost on.</summary>
    private const decimal LeastShare = 0.001m;

    public FoundDrivers Find(IReadOnlyList<CostFilter> rest)
    {
        var now = Credits(facts.Month, rest).Select(row => row.Keys[1]).ToHashSet();
        var gone = Credits(facts.Month.Previous, rest)
            .Where(row => row.Keys[1] is not null && !now.Contains(row.Keys[1]))
            .Where(row => row.Total.IsNegative && row.Total.Abs() >= facts.Total.Abs().Times(LeastShare))
            .OrderBy(row => row.Total)
            .Take(CreditsMax)
            .ToList();
        if (gone.Count == 0)
            return new FoundDrivers([], rest);
        var described = gone.Select(row => row.Keys[1]).Distinct().ToList();
        return new FoundDrivers(
            [.. gone.Select(Driver).OfType<ChangeDriver>()],
            [.. rest, new CostFilter("ChargeDescription", described, Negated: true)]
        );
    }

    private IReadOnlyList<CostRow> Credits(BillingPeriod month, IReadOnlyList<CostFilter> rest) =>
        facts.Rows(
            facts.Question(month, [new CostFilter("ChargeCategory", ["Credit"]), .. rest]) with
            {
                By = ["ServiceProviderName", "ChargeDescription"],
            }
        );

    /// <summary>All charges of that description, so that the reason and the rest together are the whole.</summary>
    private ChangeDriver Driver(CostRow credit)
    {
        var those = new CostFilter("ChargeDescription", [credit.Keys[1]]);
        var (before, now) = (facts.Question(facts.Month.Previous, those), facts.Question(facts.Month, those));
        return new ChangeDriver(
            BriefText.Of($"A credit from {new BriefName(credit.Keys[0] ?? "a provider")} ended"),
            facts.Sum(now) - facts.Sum(before),
            $"The credit \"{credit.Keys[1]}\" of {facts.Month.Previous} is not there any more.",
            IsReason: true
        )
        {
            Questions = [before, now],
        };
    }
}
