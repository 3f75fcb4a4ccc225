using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Manage.Decisions;
using Bursar.Understand.Allocation;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;

namespace Bursar.Manage.Briefs;

/// <summary>Chooses what the page leads with: the decision that is due next, or else the one thing to watch.</summary>
internal sealed class ChooseAsk(BriefFacts facts)
{
    /// <summary>Cost that nobody owns is worth a headline from this share on, whatever changed.</summary>
    private const decimal UnownedShareMin = 0.10m;

    private static readonly BriefText HowToWrite = BriefText.Of(
        $"Write it with {new BriefName("bursar suggest --write")}, read it, and publish it."
    );

    public (BriefText Title, BriefAsk Ask, string? Audience) Choose(ChangeExplained? changes, Trust trust)
    {
        if (Due() is { } decision)
            return (BriefText.Plain(decision.Title), new SayDecision(facts).Ask(decision), decision.Audience);
        var (title, ask) = Watch(changes, trust);
        return (title, ask, null);
    }

    /// <summary>
    /// The open decision with the nearest day that has not passed; of the same day, the one declared first.
    /// </summary>
    private Decision? Due()
    {
        var day = ReportSubject.DataThrough(facts.View) ?? facts.Month.Start;
        return facts
            .View.Rulebook.All<Decision>()
            .Where(decision => decision.DueBy >= day && (decision.ClosedOn is null || decision.ClosedOn > day))
            .OrderBy(decision => decision.DueBy)
            .FirstOrDefault();
    }

    private (BriefText Title, BriefAsk Ask) Watch(ChangeExplained? changes, Trust trust)
    {
        var place = changes?.Drivers.Where(driver => !driver.IsReason).MaxBy(driver => driver.Change.Abs());
        var isUnowned = trust.UnownedShare >= UnownedShareMin || place is null || trust.Unowned > place.Change.Abs();
        if (isUnowned && trust.Unowned > Amount.Zero)
            return Unowned(trust);
        return place is null || place.Change.IsZero ? Nothing() : Change(place);
    }

    private (BriefText Title, BriefAsk Ask) Unowned(Trust trust)
    {
        var question = facts.Question(facts.Month, JudgeTrust.Without(trust.Field)) with
        {
            Split = CostSplit.Tax | CostSplit.Credits,
        };
        var amount = facts.Figure(
            trust.Unowned,
            facts.Scale.Finer(trust.Unowned, facts.Currency),
            $"Cost without {trust.Field}. Tax and credits are left out.",
            question
        );
        var best = new SuggestRules(facts.View, facts.Measure)
            .Find(DateRange.Of(facts.Month), facts.Currency, facts.Cancel)
            .FirstOrDefault(suggestion => suggestion.In(facts.Currency) > Amount.Zero);
        var title = BriefText.Of($"Nobody is known to own {amount} of {facts.MonthName}’s cost{Apart(trust)}");
        var paragraph = best is null
            ? BriefText.Plain(
                "No single rule would explain it. Ask the providers’ account owners to label what they run."
            )
            : BriefText.Of(
                $"One rule would explain {Explained(best)} of it: {BriefText.Name(best.Sentence)}. {HowToWrite}"
            );
        return (title, Watching(paragraph));
    }

    /// <summary>Said where it matters, so that no part looks larger than the whole.</summary>
    private string Apart(Trust trust) => trust.Cost == facts.Total ? "" : " before tax and credits";

    private BriefFigure Explained(RuleSuggestion best) =>
        new()
        {
            Text = facts
                .Scale.Finer(best.In(facts.Currency), facts.Currency)
                .Write(best.In(facts.Currency), facts.Currency),
            Meaning = best.Evidence,
            Amount = new Money(best.In(facts.Currency), facts.Currency),
            Questions = [best.Behind],
            Commands = [$"bursar suggest --month {facts.Month}"],
        };

    private (BriefText Title, BriefAsk Ask) Change(ChangeDriver place)
    {
        var scale = facts.Scale.Finer(place.Change, facts.Currency);
        var amount = new BriefFigure
        {
            Text = scale.Write(place.Change.Abs(), facts.Currency),
            Meaning = place.Meaning,
            Amount = new Money(place.Change.Abs(), facts.Currency),
            Questions = place.Questions,
        };
        var (than, before) = (place.Change.IsNegative ? "less" : "more", BriefFacts.NameOf(facts.Month.Previous));
        var title = BriefText.Of($"{place.Subject} cost {amount} {than} than {before}");
        return (
            title,
            Watching(
                BriefText.Plain(
                    "It is the largest change for which the books know no reason. Ask its owner what it bought."
                )
            )
        );
    }

    private (BriefText Title, BriefAsk Ask) Nothing() =>
        (
            BriefText.Plain($"{facts.MonthName} asks for no decision"),
            Watching(
                BriefText.Plain("Nothing moved without a known reason, and it is known who pays for every charge.")
            )
        );

    private static BriefAsk Watching(BriefText paragraph) =>
        new("To watch", [BriefText.Plain("No decision is due."), paragraph], [], [], IsDecision: false);
}
