using Bursar.Core.Amounts;
using Bursar.Manage.Decisions;
using Bursar.Rulebooks;

namespace Bursar.Manage.Briefs;

/// <summary>
/// A decision as the page asks for it: the ask, the choices with their amounts, what waiting costs, who carries it out.
/// </summary>
internal sealed class SayDecision(BriefFacts facts)
{
    public BriefAsk Ask(Decision decision)
    {
        var currency = new Currency(decision.Currency ?? facts.Currency.Code);
        var amounts = decision
            .Options.SelectMany(option => new[] { option.Amount, option.AmountLow, option.AmountHigh })
            .OfType<Amount>()
            .ToList();
        var scale = amounts.Count == 0 ? facts.Scale : BriefScale.Fitting(amounts, currency);
        return new BriefAsk(
            "The ask",
            [
                BriefText.Join([
                    BriefText.Plain(decision.Ask),
                    decision.Consequence is { } after ? BriefText.Plain(after) : null,
                ]),
            ],
            [.. decision.Options.Select(option => Option(decision, option, scale, currency))],
            [
                BriefText.Join([Waiting(decision, scale, currency), Risk(decision)]),
                BriefText.Join([Owner(decision), Confidence(decision), Stop(decision)]),
            ],
            IsDecision: true
        );
    }

    private static BriefLine Option(Decision decision, DecisionOption option, BriefScale scale, Currency currency)
    {
        var isRecommended = option.Name == decision.Recommended;
        return new BriefLine(
            BriefText.Plain(option.Name + (isRecommended ? " (recommended)" : "")),
            option.Amount is { } amount ? Cost(decision, option, amount, scale, currency) : BriefText.Plain(""),
            BriefText.Plain(option.Summary),
            isRecommended ? LineTone.Recommended : LineTone.Plain
        )
        {
            Range = option is { AmountLow: { } low, AmountHigh: { } high }
                ? BriefText.Plain($"({scale.Figure(low)}–{scale.Figure(high)})")
                : null,
        };
    }

    private static BriefText Cost(
        Decision decision,
        DecisionOption option,
        Amount amount,
        BriefScale scale,
        Currency currency
    )
    {
        var figure = new BriefFigure
        {
            Text = scale.Write(amount, currency),
            Meaning =
                $"What \"{option.Name}\" costs, as the decision \"{decision.Name}\" in the rulebook says"
                + (
                    option is { AmountLow: not null, AmountHigh: not null }
                        ? "; from the lowest to the highest in brackets."
                        : "."
                ),
            Amount = new Money(amount, currency),
            Parts =
            [
                .. new[] { ("At best", option.AmountLow), ("At worst", option.AmountHigh) }
                    .Where(part => part.Item2 is not null)
                    .Select(part => new BriefPart(part.Item1, new Money(part.Item2!.Value, currency))),
            ],
        };
        return BriefText.Of($"{figure}");
    }

    private static BriefText? Waiting(Decision decision, BriefScale scale, Currency currency)
    {
        if (decision.CostOfWaitingPerMonth is not { } cost)
            return null;
        var fitting = BriefScale.Fitting([cost], currency);
        var own =
            fitting.Power < scale.Power && cost >= Amount.From(50_000m) ? new BriefScale(scale.Power, 2) : fitting;
        var figure = new BriefFigure
        {
            Text = own.Write(cost, currency),
            Meaning = $"What a month of waiting costs, as the decision \"{decision.Name}\" in the rulebook says.",
            Amount = new Money(cost, currency),
        };
        return BriefText.Of($"Each month of waiting costs {figure}.");
    }

    private static BriefText? Risk(Decision decision) =>
        decision.Risk is { } risk ? BriefText.Plain($"Main risk: {Lower(risk)}") : null;

    private BriefText? Owner(Decision decision)
    {
        if (decision.Owner is not { } id)
            return null;
        var name =
            facts
                .View.Rulebook.All<Organisation>()
                .SelectMany(organisation => organisation.Owners)
                .FirstOrDefault(owner => owner.Id == id)
                ?.Name
            ?? id;
        return BriefText.Of($"Owner: {new BriefName(Lower(name))}.");
    }

    private static BriefText? Confidence(Decision decision) =>
        decision.Confidence is { } confidence
            ? BriefText.Plain($"Confidence: {confidence.ToString().ToLowerInvariant()}.")
            : null;

    private static BriefText? Stop(Decision decision) =>
        decision.StopRule is { } rule ? BriefText.Plain($"Stop rule: {Lower(rule)}") : null;

    /// <summary>Goes on after a colon; words in capitals stay.</summary>
    private static string Lower(string text) =>
        text.Length > 1 && char.IsUpper(text[0]) && !char.IsUpper(text[1])
            ? char.ToLowerInvariant(text[0]) + text[1..]
            : text;
}
