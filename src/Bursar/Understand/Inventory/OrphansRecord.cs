using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Understand.Allocation.Items;

namespace Bursar.Understand.Inventory;

/// <summary>Orphan cost and orphan items as doors show them.</summary>
internal static class OrphansRecord
{
    public static ResultRecord Of(Orphans orphans, bool forPeople)
    {
        var query = orphans.Query;
        var fields = new List<(string, object?)>
        {
            ("measure", query.Measure.ToString()),
            ("from", query.From),
            ("to", query.To!.Value.AddDays(-1)),
            ("cost", orphans.Costs.SelectMany(cost => Parts(cost, forPeople)).ToList()),
            ("orphans", orphans.Costs.SelectMany(Places).ToList()),
            ("items", orphans.ItemCount),
            ("itemsWithoutCost", orphans.Items.Select(Item).ToList()),
        };
        if (!forPeople)
        {
            fields.Add(
                (
                    "totals",
                    orphans
                        .Costs.Select(cost =>
                            ResultRecord.Of(
                                ("currency", cost.Total.Currency.Code),
                                ("total", cost.Total),
                                ("withoutApplication", new Money(cost.WithoutApplication, cost.Total.Currency)),
                                ("withoutOwner", new Money(cost.WithoutOwner, cost.Total.Currency))
                            )
                        )
                        .ToList()
                )
            );
            fields.Add(("notes", orphans.Notes));
        }
        return ResultRecord.Of([.. fields]);
    }

    /// <summary>"no configuration item".</summary>
    public static string Words(CostLink? link) =>
        link switch
        {
            CostLink.Linked => "linked",
            CostLink.NoItem => "no configuration item",
            CostLink.NoApplication => "no application",
            CostLink.NoOwner => "no owner",
            CostLink.TaxAndCredits => "tax and credits",
            _ => "",
        };

    private static IEnumerable<ResultRecord> Parts(OrphanCost cost, bool forPeople)
    {
        foreach (var (link, amount) in cost.Parts)
            yield return Line(Words(link), amount, cost.Total);
        if (forPeople)
            yield return Line("total", cost.Total.Amount, cost.Total);
    }

    private static ResultRecord Line(string link, Amount amount, Money total) =>
        ResultRecord.Of(
            ("link", link),
            ("cost", new Money(amount, total.Currency)),
            ("currency", total.Currency.Code),
            ("sharePercent", Percent(amount.ShareOf(total.Amount)))
        );

    private static IEnumerable<ResultRecord> Places(OrphanCost cost) =>
        cost.Largest.Select(part =>
            ResultRecord.Of(
                ("missing", Words(part.Link)),
                ("account", part.Account),
                ("service", part.Service),
                ("resource", part.Resource),
                ("cost", new Money(part.Cost, cost.Total.Currency)),
                ("currency", cost.Total.Currency.Code)
            )
        );

    private static ResultRecord Item(ConfigurationItem item) =>
        ResultRecord.Of(
            ("id", item.Id),
            ("name", item.Name),
            ("class", item.Class),
            ("application", item.Application),
            ("owner", item.Owner)
        );

    private static decimal? Percent(decimal? share) =>
        share is { } value ? decimal.Round(value * 100, 2, MidpointRounding.AwayFromZero) : null;
}
