using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Rulebooks;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Manage.Strategy;

/// <summary>Shows where the money of a period goes, by what it is meant to achieve: one view per currency.</summary>
internal sealed class ReviewPriorities(BooksView view, AskCosts ask)
{
    private const int TrendMonths = 12;
    private const int UnclaimedParts = 8;

    private readonly MapSpend map = new(view, ask, ReportSubject.Measure(view));
    private readonly CostMeasure measure = ReportSubject.Measure(view);

    /// <summary>The views, the main currency first.</summary>
    /// <param name="period">The period; null is the newest whole month.</param>
    /// <param name="cancel">Ends the asking.</param>
    public IReadOnlyList<StrategyView> Of(DateRange? period, CancellationToken cancel)
    {
        var days = period ?? DateRange.Of(ReportSubject.NewestWholeMonth(view));
        var behind = view.Lens.Over(
            new CostQuery
            {
                Measure = measure,
                From = days.Start,
                To = days.End,
            }
        );
        var answer = ask.Answer(behind, cancel);
        var main = ReportSubject.MainCurrency(view, answer.Rows);
        var now = map.For(days, cancel);
        var before = map.For(Before(days), cancel);
        var unclaimed = map.LargestUnclaimed(days, UnclaimedParts, cancel);
        var scoped = map.Costs(days, cancel);
        var currencies = now.Keys.OrderByDescending(currency => currency == main).ThenBy(currency => currency).ToList();
        if (currencies.Count == 0)
            currencies.Add(main);
        var without = WithoutSpend(now.Values, days);
        return
        [
            .. currencies.Select(currency =>
                View(
                    new Facts(
                        days,
                        currency,
                        behind,
                        now.GetValueOrDefault(currency) ?? StrategyMath.Spend([], view.Rulebook),
                        before.GetValueOrDefault(currency),
                        [.. scoped.Where(cost => cost.Currency == currency).Select(cost => cost.Cost)],
                        [.. unclaimed.Where(part => part.Cost.Currency == currency)],
                        without,
                        [.. Notes(answer, now.Keys, currency)]
                    ),
                    cancel
                )
            ),
        ];
    }

    /// <summary>What was gathered for one currency.</summary>
    private sealed record Facts(
        DateRange Period,
        Currency Currency,
        CostQuery Behind,
        StrategySpend Now,
        StrategySpend? Before,
        IReadOnlyList<ScopedCost> Scoped,
        IReadOnlyList<(string Title, Money Cost)> Unclaimed,
        IReadOnlyList<string> WithoutSpend,
        IReadOnlyList<string> Notes
    );

    /// <summary>Priorities to which no cost leads, in whatever currency.</summary>
    private IReadOnlyList<string> WithoutSpend(IEnumerable<StrategySpend> spends, DateRange period)
    {
        var served = spends
            .SelectMany(spend => spend.ByPriority)
            .Where(spend => spend.Initiatives.Count > 0)
            .Select(spend => spend.Priority.Name)
            .ToHashSet();
        return
        [
            .. view
                .Rulebook.All<Priority>()
                .Where(priority => !served.Contains(priority.Name) && priority.HoldsOn(period.End.AddDays(-1)))
                .Select(priority => priority.DisplayName ?? priority.Name),
        ];
    }

    private StrategyView View(Facts facts, CancellationToken cancel)
    {
        var last = BillingPeriod.Containing(facts.Period.End.AddDays(-1));
        var months =
            facts.Now.ByPriority.Count == 0
                ? new Dictionary<BillingPeriod, StrategySpend>()
                : map.ByMonth(last.Plus(1 - TrendMonths), last, facts.Currency, cancel);
        var lines = new StrategyLines(view.Rulebook, facts.Now.Total, facts.Behind, facts.Scoped);
        var priorities = facts
            .Now.ByPriority.Where(spend => spend.Initiatives.Count > 0)
            .OrderByDescending(spend => spend.Cost)
            .ThenBy(spend => spend.Priority.Name, StringComparer.Ordinal)
            .Select(spend => lines.Of(spend, Trend(spend.Priority, months), Change(spend, facts.Before)));
        return new StrategyView(
            measure,
            facts.Period,
            facts.Currency,
            facts.Now.Total,
            facts.Behind,
            [.. priorities],
            new SpendLine("Claimed by no priority", facts.Now.Unclaimed, facts.Now.UnclaimedRatio, null),
            [
                .. facts.Unclaimed.Select(part => new SpendLine(
                    part.Title,
                    part.Cost.Amount,
                    part.Cost.Amount.ShareOf(facts.Now.Total),
                    null
                )),
            ],
            facts.WithoutSpend,
            lines.Caps(facts.Now.Capped),
            facts.Notes
        );
    }

    private static IReadOnlyList<Amount> Trend(
        Priority priority,
        IReadOnlyDictionary<BillingPeriod, StrategySpend> months
    ) =>
        [
            .. months
                .OrderBy(month => month.Key)
                .Select(month => month.Value.ByPriority.First(spend => spend.Priority.Name == priority.Name).Cost),
        ];

    private static decimal? Change(PrioritySpend spend, StrategySpend? before)
    {
        var earlier = before?.ByPriority.First(other => other.Priority.Name == spend.Priority.Name).Cost ?? Amount.Zero;
        return earlier.IsZero ? null : (spend.Cost - earlier).ShareOf(earlier.Abs());
    }

    private IEnumerable<string> Notes(CostAnswer answer, IEnumerable<Currency> currencies, Currency shown)
    {
        if (view.IsDraft)
            yield return "DRAFT: these figures rest on rules that are not published.";
        var all = currencies.Append(shown).Distinct().Order().ToList();
        if (all.Count > 1)
            yield return $"{string.Join(" and ", all)} are kept apart: currencies are never added.";
        foreach (var note in answer.Notes)
            yield return note;
    }

    private static DateRange Before(DateRange period)
    {
        if (period.Start.Day != 1 || period.End.Day != 1)
            return new DateRange(period.Start.AddDays(-period.Days), period.Start);
        var months = ((period.End.Year - period.Start.Year) * 12) + period.End.Month - period.Start.Month;
        return new DateRange(period.Start.AddMonths(-months), period.Start);
    }
}
