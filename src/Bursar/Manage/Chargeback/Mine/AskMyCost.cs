using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Manage.Limits;
using Bursar.Understand.Allocation;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Workspaces;

namespace Bursar.Manage.Chargeback.Mine;

/// <summary>
/// Answers an owner: what it costs so far, what changed and why, what is not labelled, and what to do next.
/// </summary>
internal sealed class AskMyCost(BooksView view, IOwnersNews news)
{
    /// <summary>An account is an owner's when this part of what has an owner there is.</summary>
    private const decimal MostlyMin = 0.5m;

    /// <summary>What lacks a label is worth a person's time from this part of the cost on.</summary>
    private const decimal WorthMin = 0.01m;

    /// <summary>A rise is worth a look from this part of the cost on.</summary>
    private const decimal RiseMin = 0.05m;

    private static readonly CostFilter WithoutTax = new("ChargeCategory", ["Tax", "Credit"], Negated: true);

    private readonly AskCosts ask = new(view);

    /// <returns>Null when the books are empty.</returns>
    public MyCost? Of(string owner, CancellationToken cancel)
    {
        if (ReportSubject.DataThrough(view) is not { } last)
            return null;
        var month = BillingPeriod.Containing(last);
        var write = new WriteStatement(view);
        var subject = Subjects.Of(view, null, [KeyValuePair.Create("x_Owner", (string?)owner)]);
        var soFar = write.Of(subject, DateRange.Of(month), cancel);
        var before = DateRange.Of(month.Previous);
        var direct = new CostQuery
        {
            Measure = soFar.Measure,
            From = soFar.Days.Start,
            To = soFar.Days.End,
        };
        var own = view.Lens.Over(direct with { Where = [.. subject.Where, WithoutTax] });
        var missing = Missing(own, cancel);
        var near = Near(view.Lens.Over(direct with { Where = [WithoutTax] }), owner, cancel);
        List<LimitStatus> limits =
        [
            .. new MeasureLimits(view).Review(cancel).Items.Where(one => one.Limit.Owner == owner),
        ];
        var (next, behind) = Passed(limits) ?? news.Urgent(view, owner, cancel) ?? Next(soFar, missing, near);
        return new MyCost(
            owner,
            soFar,
            (before, ask.Answer(write.Question(subject, before), cancel).Totals),
            missing,
            near,
            next,
            behind
        )
        {
            Limits = limits,
        };
    }

    /// <summary>
    /// Own charges without a value in a field for which the organisation has values, or without a tag that all
    /// must have.
    /// </summary>
    private List<MissingPart> Missing(CostQuery mine, CancellationToken cancel)
    {
        string[] fields =
        [
            .. SharedFields.Names.Where((name, i) => name != "x_Owner" && Subjects.Declared(view.Rulebook, i).Any()),
        ];
        string[] tags =
        [
            .. view
                .Rulebook.All<TagPolicy>()
                .Where(policy => policy.AppliesTo is null)
                .SelectMany(policy => policy.Keys)
                .Where(key => key.Required)
                .Select(key => "Tags/" + key.Key)
                .Distinct(),
        ];
        fields = [.. fields, .. tags];
        if (fields.Length == 0)
            return [];
        var rows = ask.Answer(mine with { By = fields }, cancel).Rows;
        return
        [
            .. fields
                .SelectMany(
                    (field, i) =>
                        rows.Where(row => row.Keys[i] is null)
                            .GroupBy(row => row.Currency)
                            .Select(same => new MissingPart(
                                field.StartsWith("Tags/", StringComparison.Ordinal)
                                    ? $"no tag {field[5..]}"
                                    : Subjects.TitleOf(view, field, null),
                                new Money(StatementMath.Sum(same.Select(row => row.Total)), same.Key),
                                mine with
                                {
                                    Where = [.. mine.Where, new CostFilter(field, [null])],
                                }
                            ))
                )
                .Where(part => part.Cost.Amount > Amount.Zero)
                .OrderByDescending(part => part.Cost.Amount)
                .ThenBy(part => part.What, StringComparer.Ordinal),
        ];
    }

    /// <summary>Cost without an owner, in accounts where most of what has an owner is this owner's.</summary>
    private List<MissingPart> Near(CostQuery all, string owner, CancellationToken cancel)
    {
        var rows = ask.Answer(all with { By = ["SubAccountId", "SubAccountName", "x_Owner"] }, cancel).Rows;
        return
        [
            .. rows.Where(row => row.Keys[0] is not null)
                .GroupBy(row => (row.Keys[0], row.Keys[1], row.Currency))
                .Where(account => IsMostly(owner, account))
                .Select(account => new MissingPart(
                    account.Key.Item2 ?? account.Key.Item1!,
                    new Money(
                        StatementMath.Sum(account.Where(row => row.Keys[2] is null).Select(row => row.Total)),
                        account.Key.Currency
                    ),
                    all with
                    {
                        Where =
                        [
                            .. all.Where,
                            new CostFilter("SubAccountId", [account.Key.Item1]),
                            new CostFilter("x_Owner", [null]),
                        ],
                    }
                ))
                .Where(part => part.Cost.Amount > Amount.Zero)
                .OrderByDescending(part => part.Cost.Amount)
                .ThenBy(part => part.What, StringComparer.Ordinal),
        ];
    }

    private static bool IsMostly(string owner, IEnumerable<CostRow> account)
    {
        var owned = account.Where(row => row.Keys[2] is not null).ToList();
        var mine = StatementMath.Sum(owned.Where(row => row.Keys[2] == owner).Select(row => row.Total));
        return mine > Amount.Zero && mine.ShareOf(StatementMath.Sum(owned.Select(row => row.Total))) > MostlyMin;
    }

    /// <summary>The limit that stands worst, when it is no longer harmless.</summary>
    private static (string Says, CostQuery? Behind)? Passed(List<LimitStatus> limits) =>
        limits.Where(one => one.State > LimitState.Ok).MaxBy(one => one.State) is { } worst
            ? ($"See to {worst.Title}: {LimitTables.Sentence(worst)}", null)
            : null;

    /// <summary>The first that is worth it: what has no label, what nobody uses, what rose.</summary>
    private static (string Next, CostQuery? Behind) Next(
        Statement soFar,
        List<MissingPart> missing,
        List<MissingPart> near
    )
    {
        var sheet = soFar.Sheets[0];
        if (near.Find(part => IsWorth(part.Cost, sheet, WorthMin)) is { } stray)
            return (
                $"Say whether {Display.Full(stray.Cost)} without an owner in {stray.What} is yours: tag it, or write a rule.",
                stray.Behind
            );
        if (missing.Find(part => IsWorth(part.Cost, sheet, WorthMin)) is { } part)
            return ($"Label {Display.Full(part.Cost)} that has {part.What}: tag it, or write a rule.", part.Behind);
        var unused = sheet.Lines.FirstOrDefault(line => line.Part == StatementPart.UnusedCommitments);
        if (unused is not null && IsWorth(sheet.Money(unused.Cost), sheet, WorthMin))
            return (
                $"Use or give back commitments: {Display.Full(sheet.Money(unused.Cost))} of them stood unused.",
                unused.Behind
            );
        if (
            sheet.Drivers.FirstOrDefault(driver => driver.Behind is not null) is { } driver
            && IsWorth(sheet.Money(driver.Change), sheet, RiseMin)
        )
            return ($"Look at {driver.Title}: {driver.Says}", driver.Behind);
        return ("Nothing to do: all of it is labelled, and nothing rose by much.", null);
    }

    private static bool IsWorth(Money money, StatementSheet sheet, decimal shareMin) =>
        money.Currency == sheet.Currency && money.Amount > Amount.Zero && money.Amount >= sheet.Total.Times(shareMin);
}
