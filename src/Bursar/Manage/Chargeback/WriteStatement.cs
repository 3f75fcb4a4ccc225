using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Understand.Allocation.SharedCosts;
using Bursar.Understand.Reporting;
using Bursar.Understand.Reporting.Pools;
using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Workspaces;

namespace Bursar.Manage.Chargeback;

/// <summary>
/// Writes the statement of a team, a product or a scope (SHW-01): the same books give the same statement.
/// </summary>
/// <param name="view">The books.</param>
/// <param name="hidesPrices">Whether it says nothing about prices: for readers who may not know them.</param>
/// <param name="measure">Which cost; null is effective cost, or what is invoiced where nothing says it.</param>
internal sealed class WriteStatement(BooksView view, bool hidesPrices = false, CostMeasure? measure = null)
{
    /// <summary>By what charges are asked: the first four make the lines, the others the drivers.</summary>
    private static readonly string[] By =
    [
        CostColumns.AllocationType,
        CostColumns.SharedCost,
        "ChargeCategory",
        "CommitmentDiscountStatus",
        "ServiceName",
        "SubAccountName",
    ];

    private readonly AskCosts ask = new(view);

    /// <param name="subject">Whom it is about.</param>
    /// <param name="asked">The period; null is the newest whole month.</param>
    /// <param name="cancel">Ends the asking.</param>
    /// <exception cref="RefusedException">Nothing is known of the subject.</exception>
    public Statement Of(StatementSubject subject, DateRange? asked, CancellationToken cancel)
    {
        var period = asked ?? DateRange.Of(ReportSubject.NewestWholeMonth(view));
        var (days, against) = Covered(period, ReportSubject.DataThrough(view));
        var behind = Question(subject, days);
        var now = ask.Answer(behind with { By = By }, cancel);
        var before = ask.Answer(Question(subject, against) with { By = By }, cancel);
        if (now.Rows.Count + before.Rows.Count == 0)
            RequireKnown(subject);
        var main = ReportSubject.MainCurrency(view, now.Rows.Concat(before.Rows));
        var currencies = now.Rows.Concat(before.Rows).Select(row => row.Currency).Append(main).Distinct().ToList();
        List<StatementSheet> sheets =
        [
            .. currencies
                .OrderByDescending(currency => currency == main)
                .ThenBy(currency => currency)
                .Select(currency =>
                    Sheet(
                        subject,
                        behind,
                        against,
                        currency,
                        [.. now.Rows.Where(row => row.Currency == currency)],
                        [.. before.Rows.Where(row => row.Currency == currency)],
                        currencies.Count > 1,
                        cancel
                    )
                ),
        ];
        return new Statement
        {
            Subject = subject,
            Organisation = view.Rulebook.OrganisationName,
            Measure = behind.Measure,
            Period = period,
            Days = days,
            Against = against,
            Behind = behind,
            Sheets = sheets,
            Notes = [.. Notes(subject, period, days, against), .. Moved(subject, sheets), .. now.Notes],
            IsDraft = now.Draft,
            IsIncomplete = now.Incomplete,
            DataAsOf = now.DataAsOf,
            Sequence = now.AsOfSequence,
        };
    }

    /// <summary>The question that gives the total of some days.</summary>
    public CostQuery Question(StatementSubject subject, DateRange days) =>
        view.Lens.Over(
            new CostQuery
            {
                Measure = measure ?? ReportSubject.Measure(view),
                Where = subject.Where,
                From = days.Start,
                To = days.End,
                Allocation = view.HasSharedCosts ? CostAllocation.Distributed : CostAllocation.Direct,
            }
        );

    /// <summary>
    /// The days that the data covers, and as many of the period before: a month that is not over is compared with the
    /// same days of the month before.
    /// </summary>
    public static (DateRange Days, DateRange Against) Covered(DateRange period, DateOnly? dataThrough)
    {
        var before = StatementPeriod.Before(period);
        if (dataThrough is not { } last || last < period.Start || last.AddDays(1) >= period.End)
            return (period, before);
        var days = new DateRange(period.Start, last.AddDays(1));
        var end = before.Start.AddDays(days.Days);
        return (days, new DateRange(before.Start, end < before.End ? end : before.End));
    }

    private StatementSheet Sheet(
        StatementSubject subject,
        CostQuery behind,
        DateRange against,
        Currency currency,
        IReadOnlyList<CostRow> now,
        IReadOnlyList<CostRow> before,
        bool isPart,
        CancellationToken cancel
    )
    {
        var total = StatementMath.Sum(now.Select(row => row.Total));
        var totalBefore = StatementMath.Sum(before.Select(row => row.Total));
        var units = new FindUnitCosts(view).Of(subject, behind, against, currency, total, totalBefore, isPart, cancel);
        var drivers = new FindDrivers(view, ask, hidesPrices).Of(
            behind,
            against,
            currency,
            now,
            before,
            Subjects.Detail(subject, view),
            cancel
        );
        return new StatementSheet(
            currency,
            Lines(behind, currency, total, now, before),
            total,
            totalBefore,
            drivers,
            units
        );
    }

    /// <summary>Where a total moved by more than its scope, or the organisation, wants to see pass.</summary>
    private IEnumerable<string> Moved(StatementSubject subject, IEnumerable<StatementSheet> sheets)
    {
        if (Subjects.Profile(subject, view).ChangePercent is not { } limit)
            yield break;
        foreach (var sheet in sheets)
            if (sheet.Change.ShareOf(sheet.Before) is { } share && Math.Abs(share) * 100 > limit)
                yield return $"The change of {Display.Percent(share)} is beyond the {limit:0.##} % that are agreed"
                    + $" ({sheet.Currency}).";
    }

    private List<StatementLine> Lines(
        CostQuery behind,
        Currency currency,
        Amount total,
        IReadOnlyList<CostRow> now,
        IReadOnlyList<CostRow> before
    )
    {
        var costs = ByLine(now);
        var costsBefore = ByLine(before);
        var keys = costs
            .Keys.Union(costsBefore.Keys)
            .Where(key => !(costs.GetValueOrDefault(key).IsZero && costsBefore.GetValueOrDefault(key).IsZero))
            .OrderBy(key => key.Part)
            .ThenByDescending(key => costs.GetValueOrDefault(key).Abs())
            .ThenBy(key => key.Pool, StringComparer.Ordinal)
            .ToList();
        var shown = RoundedParts.Of(
            [.. keys.Select(key => costs.GetValueOrDefault(key))],
            total,
            RoundedParts.Step(currency.Decimals)
        );
        return
        [
            .. keys.Zip(
                shown,
                (key, rounded) =>
                    new StatementLine(
                        key.Part,
                        key.Pool,
                        Title(key.Part, key.Pool),
                        Says(key.Part, key.Pool),
                        costs.GetValueOrDefault(key),
                        rounded,
                        costsBefore.GetValueOrDefault(key),
                        behind with
                        {
                            Where = [.. behind.Where, .. StatementMath.Where(key.Part, key.Pool, view.HasSharedCosts)],
                        }
                    )
            ),
        ];
    }

    private static Dictionary<(StatementPart Part, string? Pool), Amount> ByLine(IReadOnlyList<CostRow> rows) =>
        rows.GroupBy(row =>
                (StatementMath.PartOf(row.Keys[0], row.Keys[1], row.Keys[2], row.Keys[3]), Pool: row.Keys[1])
            )
            .ToDictionary(same => same.Key, same => StatementMath.Sum(same.Select(row => row.Total)));

    private string Title(StatementPart part, string? pool) =>
        part switch
        {
            _ when CommitmentPools.IsOnDemand(pool) => $"Up to the price on demand: {CommitmentPools.PolicyOf(pool)}",
            _ when CommitmentPools.IsBenefit(pool) => $"Benefit of commitments: {CommitmentPools.PolicyOf(pool)}",
            _ when CommitmentPools.IsUnused(pool) => $"Unused commitments: {CommitmentPools.PolicyOf(pool)}",
            StatementPart.Central when Declared(pool) is { Method: SharedCostMethod.Rates } =>
                $"Not recovered by rates: {pool}",
            StatementPart.Direct => "Direct use",
            StatementPart.Commitments => "Use under commitments",
            StatementPart.UnusedCommitments => "Unused commitments",
            StatementPart.Shared => $"Shared: {pool}",
            StatementPart.Central => $"Kept centrally: {pool}",
            _ => part.ToString(),
        };

    private string Says(StatementPart part, string? pool) =>
        part switch
        {
            _ when CommitmentPools.IsOnDemand(pool) =>
                "What use under commitments would have cost more without them; their benefit is a line of its own.",
            _ when CommitmentPools.IsBenefit(pool) => $"What commitments saved, {Driver(pool)}.",
            _ when CommitmentPools.IsUnused(pool) =>
                $"Commitments that were paid for and that nothing used, {Driver(pool)}.",
            StatementPart.Central when Declared(pool) is { Method: SharedCostMethod.Rates } =>
                "What the real cost is beyond what rates charged; below zero, what they charged beyond the cost.",
            StatementPart.Direct => "Charges of its own, as the rules allocate them.",
            StatementPart.Commitments => "Use that a commitment paid for, at its lower price.",
            StatementPart.UnusedCommitments => "Commitments that were paid for and that nothing used.",
            StatementPart.Purchases => "Bought outright: subscriptions, licences, marketplace offers.",
            StatementPart.Adjustments => "Corrections that the providers made.",
            StatementPart.Shared => $"Its part of what several use, divided by {Driver(pool)}.",
            StatementPart.Central => "Shared cost that the organisation keeps; it stands where its charges are.",
            StatementPart.Credits => "What the providers gave back.",
            _ => "Tax on the invoices.",
        };

    private string Driver(string? pool) =>
        Declared(pool) is { } declared ? PoolTables.Driver(declared) : "the rules of its time";

    private SharedCost? Declared(string? pool) => view.Rulebook.Pools().FirstOrDefault(one => one.Name == pool);

    private IEnumerable<string> Notes(StatementSubject subject, DateRange period, DateRange days, DateRange against)
    {
        yield return "For information: this statement books nothing.";
        if (days != period)
            yield return $"{Display.Range(period)} is not over in the data: {Display.Range(days)} is compared with "
                + $"{Display.Range(against)}.";
        if (
            Subjects.Profile(subject, view).RefreshDays is { } limit
            && ReportSubject.DataThrough(view) is { } last
            && view.Today.DayNumber - last.DayNumber > limit
        )
            yield return $"The data is {view.Today.DayNumber - last.DayNumber} days old; {limit} are agreed.";
    }

    private void RequireKnown(StatementSubject subject)
    {
        foreach (var (field, value) in subject.Fields)
        {
            if (value is null || Subjects.IsDeclared(view, field, value))
                continue;
            var known = ask.Answer(new CostQuery { By = [field] }, default)
                .Rows.Select(row => row.Keys[0])
                .OfType<string>()
                .ToList();
            if (known.Contains(value))
                continue;
            throw new RefusedException(
                "showback/unknown-subject",
                $"No charge has the {field} \"{value}\", and the organisation does not know it.{DidYouMean.Question(value, known)}",
                $"`bursar showback --by {field}` lists those that have cost.",
                exitCode: 2
            );
        }
    }
}
