using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Demo.Company;
using Bursar.Demo.Sources;

namespace Bursar.Demo;

/// <summary>
/// The stories planted in the demo company's spend, with the amounts that were really written for them.
/// </summary>
internal sealed class StoryBook(IReadOnlyList<DeliveryTotals> live)
{
    private static readonly DateOnly LoopDay = DateOnly.FromDateTime(ModelApiUsage.LoopStart);

    private static readonly BillingPeriod August = new(2026, 8);
    private static readonly BillingPeriod September = new(2026, 9);

    private Amount Cluster => In(StoryNames.IdleCluster, September) + In(StoryNames.BusyCluster, September);

    /// <summary>What is found by asking who owns it.</summary>
    public IEnumerable<DemoStory> Allocation() =>
        [
            Story(
                StoryNames.HiddenTag,
                September,
                In(StoryNames.HiddenTag, September),
                "Cost centres stand under three other spellings of the tag (cost-center, CostCenter, costcentre).",
                "bursar suggest"
            ),
            Story(
                StoryNames.Untagged,
                September,
                In(StoryNames.HiddenTag, September) + In(StoryNames.Untagged, September),
                "Nobody owns this in September: the three spellings, and what has no tag at all.",
                "bursar costs --by x_CostCentre --from 2026-09 --to 2026-09"
            ),
            Story(
                StoryNames.Reorganisation,
                new(2026, 7),
                In(StoryNames.Reorganisation, new(2026, 7)),
                "On 1 July cost centre 4310 became 4350; the teams kept their tags. July's cost of claims-core stands under 4350, June's under 4310.",
                "bursar costs --by x_CostCentre --over month --from 2026-06 --to 2026-07"
            ),
            Story(
                StoryNames.IdleCluster,
                September,
                In(StoryNames.IdleCluster, September),
                $"34 % of the cluster quote-eks-prod (${Cluster}) is capacity that no program used.",
                "bursar costs --by Tags/aws:eks:namespace --from 2026-09 --to 2026-09"
            ),
        ];

    /// <summary>What is found by asking what changed.</summary>
    public IEnumerable<DemoStory> Usage() =>
        [
            Story(
                StoryNames.LapsedPlan,
                September,
                In(StoryNames.LapsedPlan, September) - In(StoryNames.LapsedPlan, August),
                "A savings plan lapsed on 31 August; the claims fleet ran as before and cost that much more in September.",
                "bursar costs --by x_Application --over month --where ServiceProviderName=AWS"
            ),
            new(
                StoryNames.AgentLoop,
                "An AI agent repeated itself for 31 hours at $2,600 an hour, from 19 September 06:00 UTC.",
                In(StoryNames.AgentLoop, null),
                "USD",
                LoopDay,
                LoopDay.AddDays(2),
                "bursar costs --by x_ApiKeyName --over day --where ServiceProviderName='Lumen Models' --from 2026-09"
            ),
        ];

    /// <summary>What a contract or a date makes.</summary>
    public IEnumerable<DemoStory> Contracts() =>
        [
            new(
                StoryNames.Prepaid,
                "The CRM is invoiced a year in advance; it costs the same every day until 31 January 2027.",
                In(StoryNames.Prepaid, null),
                "USD",
                new(2026, 2, 1),
                new(2027, 2, 1),
                "bursar costs --over month --where ServiceName='Northbeam CRM' --measure BilledCost"
            ),
            Story(
                StoryNames.EndingCredit,
                September,
                In(StoryNames.EndingCredit, September),
                "Google's monthly credit; its last day is 31 October 2026.",
                "bursar costs --over month --where ServiceProviderName='Google Cloud',ChargeCategory=Credit"
            ),
            Story(
                StoryNames.Lease,
                September,
                In(StoryNames.Lease, September),
                "The Frankfurt site lease renews for a year unless notice is given by 30 October 2026.",
                "bursar costs --by ResourceName --where x_Site=Frankfurt --from 2026-09 --to 2026-09"
            ),
        ];

    /// <summary>What came later than the month it belongs to.</summary>
    public IEnumerable<DemoStory> Corrections() =>
        [
            Story(
                StoryNames.LateUsage,
                August,
                In(StoryNames.LateUsage, August),
                "AWS delivered August again on 24 September with usage that came late.",
                "bursar deliveries"
            ),
            Story(
                StoryNames.Correction,
                August,
                In(StoryNames.Correction, August),
                "September's AWS invoice corrects a charge of August.",
                "bursar costs --by ChargeClass --time billing --from 2026-09"
            ),
        ];

    private static DemoStory Story(string name, BillingPeriod month, Amount amount, string what, string where) =>
        new(name, what, amount, "USD", month.Start, month.End, where);

    private Amount In(string story, BillingPeriod? month) =>
        Amount.FromUnits(
            live.SelectMany(totals => totals.Stories)
                .Where(entry => entry.Key.Story == story && (month is null || entry.Key.Month == month))
                .Aggregate(Int128.Zero, (sum, entry) => sum + entry.Value)
        );
}
