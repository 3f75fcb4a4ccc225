using Bursar.Core.Amounts;

namespace Bursar.Manage.Briefs;

/// <summary>What changed and why: the reasons as lines that sum to the change.</summary>
internal sealed class SayChange(BriefFacts facts)
{
    public BriefSection Section(ChangeExplained explained)
    {
        var scale = facts.Scale.Finer(
            explained.Drivers.Select(driver => driver.Change.Abs()).Append(explained.Change.Abs()).Max(),
            facts.Currency
        );
        List<Amount> parts = [.. explained.Drivers.Select(driver => driver.Change), explained.Other];
        var rounded = RoundedParts.Of(parts, explained.Change, scale.Step);
        List<BriefLine> lines =
        [
            .. explained.Drivers.Select((driver, i) => new BriefLine(driver.Title, Figure(driver, rounded[i], scale))),
        ];
        lines.Add(
            new BriefLine(
                BriefText.Plain("Other"),
                Figure(
                    new ChangeDriver(
                        BriefText.Plain("Other"),
                        explained.Other,
                        "Everything else: the change less the lines above it.",
                        IsReason: false
                    )
                    {
                        Questions = [facts.Question(facts.Month), facts.Question(facts.Month.Previous)],
                    },
                    rounded[^1],
                    scale
                ),
                null,
                LineTone.Rest
            )
        );
        lines.Add(
            new BriefLine(
                BriefText.Plain($"Change against {BriefFacts.NameOf(facts.Month.Previous)}"),
                Total(explained, scale),
                null,
                LineTone.Total
            )
        );
        return new BriefSection(Heading(explained.Change, scale), [], lines);
    }

    private static string Heading(Amount change, BriefScale scale) =>
        scale.Rounded(change).IsZero ? "What changed"
        : change.IsNegative ? "Why it fell"
        : "Why it rose";

    private BriefText Figure(ChangeDriver driver, Amount rounded, BriefScale scale) =>
        BriefText.Of(
            $"{new BriefFigure
    {
        Text = WithSign(rounded, scale),
        Meaning = driver.Meaning + " Rounded so that the lines sum to the change.",
        Amount = new Money(driver.Change, facts.Currency),
        Parts = driver.Parts,
        Questions = driver.Questions,
    }}"
        );

    private BriefText Total(ChangeExplained explained, BriefScale scale) =>
        BriefText.Of(
            $"{new BriefFigure
    {
        Text = WithSign(explained.Change, scale),
        Meaning = $"What {facts.Month} cost, less what {facts.Month.Previous} cost.",
        Amount = new Money(explained.Change, facts.Currency),
        Questions = [facts.Question(facts.Month), facts.Question(facts.Month.Previous)],
    }}"
        );

    private string WithSign(Amount amount, BriefScale scale)
    {
        var text = scale.Write(amount, facts.Currency);
        return scale.Rounded(amount) > Amount.Zero ? "+" + text : text;
    }
}
