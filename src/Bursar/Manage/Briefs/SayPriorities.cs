using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Manage.Strategy;
using Bursar.Rulebooks;

namespace Bursar.Manage.Briefs;

/// <summary>
/// What the money is for: the priorities, what each costs and achieves, and what none of them claims.
/// </summary>
internal sealed class SayPriorities(BriefFacts facts)
{
    private const int LinesMax = 6;
    private const string Heading = "What it is for";

    private readonly MapSpend map = new(facts.View, facts.Ask, facts.Measure);

    public BriefSection Section()
    {
        if (!facts.View.Rulebook.All<Priority>().Any())
        {
            return new BriefSection(
                Heading,
                [
                    BriefText.Plain(
                        "No priorities are declared yet, so this page cannot say what the money is for. "
                            + "Name the first three in the rulebook, and the costs that serve them."
                    ),
                ],
                []
            );
        }
        var period = DateRange.Of(facts.Month);
        var spend = map.For(period, facts.Currency, facts.Cancel);
        var shown = spend
            .ByPriority.Where(priority => !priority.Cost.IsZero)
            .OrderBy(priority => priority.Priority.Class == PriorityClass.Strategic ? 0 : 1)
            .ThenByDescending(priority => priority.Cost)
            .ThenBy(priority => priority.Priority.Name, StringComparer.Ordinal)
            .ToList();
        var rest = shown.Skip(LinesMax).ToList();
        List<Amount> parts = [.. shown.Take(LinesMax).Select(priority => priority.Cost)];
        if (rest.Count > 0)
            parts.Add(BriefMath.Sum(rest.Select(priority => priority.Cost)));
        parts.Add(spend.Unclaimed);
        var rounded = RoundedParts.Of(parts, spend.Total, facts.Scale.Step);
        List<BriefLine> lines = [.. shown.Take(LinesMax).Select((priority, i) => Line(priority, rounded[i]))];
        if (rest.Count > 0)
        {
            lines.Add(
                new BriefLine(
                    BriefText.Plain($"{rest.Count} more"),
                    Figure(parts[^2], rounded[^2], "What the other priorities cost together."),
                    null,
                    LineTone.Rest
                )
            );
        }
        lines.Add(
            new BriefLine(
                BriefText.Plain("Claimed by none"),
                Figure(spend.Unclaimed, rounded[^1], "What no priority of any class claims."),
                Unclaimed(spend, period),
                LineTone.Rest
            )
        );
        return new BriefSection(Heading, [], lines) { Closing = [.. Closing(spend)] };
    }

    private BriefLine Line(PrioritySpend spend, Amount rounded) =>
        new(
            BriefText.Name(spend.Priority.DisplayName ?? spend.Priority.Name),
            Figure(
                spend.Cost,
                rounded,
                $"What serves the priority \"{spend.Priority.Name}\", by the weights of its initiatives and their scopes.",
                [
                    .. spend.Initiatives.Select(part => new BriefPart(
                        part.Initiative.DisplayName ?? part.Initiative.Name,
                        new Money(part.Cost, facts.Currency)
                    )),
                ],
                [.. spend.Initiatives.SelectMany(part => part.Initiative.Scopes).Select(link => link.Scope).Distinct()]
            ),
            spend.Priority.Outcome is { } outcome
                ? BriefText.Plain(outcome.Replace(" %", "\u00a0%", StringComparison.Ordinal))
                : null
        );

    private BriefText Figure(
        Amount amount,
        Amount rounded,
        string meaning,
        IReadOnlyList<BriefPart>? parts = null,
        IReadOnlyList<string>? scopes = null
    ) =>
        BriefText.Of(
            $"{new BriefFigure
        {
            Text = facts.Scale.Write(rounded, facts.Currency),
            Meaning = meaning + " Rounded so that the lines sum to the month.",
            Amount = new Money(amount, facts.Currency),
            Parts = parts ?? [],
            Questions = [.. (scopes ?? []).Select(name => facts.View.Rulebook.Find<Scope>(name)).OfType<Scope>()
                .Select(scope => facts.Question(facts.Month, [.. scope.Charges.ToFilters()]))],
            Commands = [$"bursar strategy --month {facts.Month}"],
        }}"
        );

    private BriefText? Unclaimed(StrategySpend spend, DateRange period)
    {
        if (spend.Unclaimed.ShareOf(spend.Total) is not > 0.005m)
            return null;
        var largest = map.LargestUnclaimed(period, 1, facts.Cancel)
            .Where(part => part.Cost.Currency == facts.Currency)
            .ToList();
        if (largest is not [var (title, cost)])
            return null;
        var scale = facts.Scale.Finer(cost.Amount, facts.Currency);
        var amount = new BriefFigure
        {
            Text = scale.Write(cost.Amount, facts.Currency),
            Meaning = "The largest part of what no priority claims.",
            Amount = cost,
            Commands = [$"bursar strategy --month {facts.Month}"],
        };
        return BriefText.Of($"the largest part is {new BriefName(title)}, {amount}");
    }

    private IEnumerable<BriefText> Closing(StrategySpend spend)
    {
        var without = spend
            .WithoutSpend.Where(priority => priority.HoldsOn(facts.Month.Start))
            .Select(priority => priority.DisplayName ?? priority.Name)
            .ToList();
        if (without.Count > 0)
            yield return BriefText.Of($"Nothing is spent on {new BriefName(string.Join(", ", without))}.");
        if (spend.Capped.Count == 0)
            yield break;
        var cut = BriefMath.Sum(
            spend.Capped.Select(claim => claim.Cost.Times((claim.ClaimedPercent - claim.GrantedPercent) / 100))
        );
        var figure = new BriefFigure
        {
            Text = facts.Scale.Finer(cut, facts.Currency).Write(cut, facts.Currency),
            Meaning =
                "Claims above all there is. They are served in order: strategic, mandatory, run, then as declared; "
                + "this much was cut.",
            Amount = new Money(cut, facts.Currency),
            Commands = [$"bursar strategy --month {facts.Month}"],
        };
        yield return BriefText.Of($"Some cost is claimed twice; {figure} of those claims was cut.");
    }
}
