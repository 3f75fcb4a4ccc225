using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Quality;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Web;

namespace Bursar.Manage.Briefs;

/// <summary>How far the numbers can be trusted, in sentences.</summary>
internal sealed class SayTrust(BriefFacts facts)
{
    private const CostSplit Apart = CostSplit.Tax | CostSplit.Credits;

    public BriefSection Section(Trust trust) =>
        new(
            "How far to trust it",
            [
                BriefText.Join([
                    Owners(trust),
                    Complete(trust),
                    Missing(trust),
                    Invoiced(trust),
                    Late(trust),
                    Newest(),
                    Score(trust),
                ]),
            ],
            []
        );

    /// <summary>One figure for all of it; what was not measured is said, never taken for whole.</summary>
    private BriefText? Score(Trust trust)
    {
        if (trust.Score.Score is not { } score)
            return null;
        var points = new BriefFigure
        {
            Text = TrustCli.Points(score),
            Meaning = "Trust in these figures, of 100: " + string.Join(" ", trust.Score.Parts.Select(Part)),
            Commands = [$"bursar trust --month {facts.Month}"],
        };
        return trust.Score.Measured == trust.Score.Parts.Count
            ? BriefText.Of($"Trust: {points} of 100.")
            : BriefText.Of($"Trust: {points} of 100; agreement with {Unmeasured(trust.Score)} was not measured.");
    }

    private static string Part(TrustPart part) =>
        $"{part.Name} {(part.Score is { } score ? TrustCli.Points(score) : "not measured")} (weight {part.Weight}): {part.Sentence}";

    private static string Unmeasured(TrustScore score) =>
        string.Join(
            " and ",
            score
                .Parts.Where(part => part.Score is null)
                .Select(part => part.Name == "reconciliation" ? "invoices" : part.Name)
        );

    private BriefText Owners(Trust trust)
    {
        var who = trust.Field == "x_Owner" ? "owner" : "cost centre";
        if (trust.Unowned.IsZero)
            return BriefText.Plain($"Every charge has a known {who}.");
        var questions = new[]
        {
            facts.Question(facts.Month, JudgeTrust.Without(trust.Field)) with
            {
                Split = Apart,
            },
            facts.Question(facts.Month) with
            {
                Split = Apart,
            },
        };
        var share = BriefFacts.Percent(
            trust.UnownedShare,
            $"Cost without {trust.Field}, of all cost. Tax and credits are left out.",
            questions
        );
        var amount = facts.Figure(
            trust.Unowned,
            facts.Scale.Finer(trust.Unowned, facts.Currency),
            $"Cost without {trust.Field}. Tax and credits are left out.",
            questions[0]
        );
        var apart = trust.Cost == facts.Total ? "" : " before tax and credits";
        return BriefText.Of($"{share} of the cost{apart} ({amount}) has no known {who}.");
    }

    private BriefText? Complete(Trust trust)
    {
        if (trust.Completeness?.ByCost is not { } byCost)
            return null;
        var question = facts.Completeness.Question(DateRange.Of(facts.Month));
        var share = new BriefFigure
        {
            Text = Display.Percent(byCost, Math.Abs(byCost) >= 0.0995m ? 0 : 1),
            Meaning =
                "The part of the cost with all seven labels: cost centre, product, application, legal entity, "
                + "environment, project, owner. Tax and credits are left out.",
            Share = byCost,
            Parts =
            [
                new("With all seven", new Money(trust.Completeness.CompleteCost, facts.Currency)),
                new("All cost", new Money(trust.Completeness.Cost, facts.Currency)),
            ],
            Questions = [question],
        };
        return BriefText.Of($"{share} carries all seven labels that we ask for, such as cost centre and product.");
    }

    private BriefText? Missing(Trust trust)
    {
        if (trust.QuarantinedRows == 0)
            return null;
        var count = new BriefFigure
        {
            Text = Display.Count(trust.QuarantinedRows),
            Meaning = $"Rows delivered for {facts.Month} that could not be read. They are missing from every total.",
            Commands = ["bursar deliveries"],
        };
        var one = trust.QuarantinedRows == 1;
        if (trust.QuarantinedCost.IsZero)
            return BriefText.Of(
                $"{count} {(one ? "row" : "rows")} could not be read and {(one ? "is" : "are")} missing."
            );
        var worth = facts.Figure(
            trust.QuarantinedCost,
            BriefScale.For(trust.QuarantinedCost, facts.Currency),
            "What those rows would add, as far as their amounts can be read."
        );
        return BriefText.Of(
            $"{count} {(one ? "row" : "rows")} worth {worth} could not be read and {(one ? "is" : "are")} missing."
        );
    }

    private BriefText? Invoiced(Trust trust)
    {
        var parts = trust.Invoices?.Amounts.Where(part => part.Amount.Currency == facts.Currency).ToList() ?? [];
        var all = parts.Aggregate(Amount.Zero, (sum, part) => sum + part.Amount.Amount);
        var tied = parts.Find(part => part.State == "tied")?.Amount.Amount ?? Amount.Zero;
        if (tied.ShareOf(all) is not { } share)
            return null;
        var figure = new BriefFigure
        {
            Text = Display.Percent(share, share == 1 ? 0 : 1),
            Meaning = "The part of the cost whose invoices equal their charges, or differ for a known reason.",
            Share = share,
            Parts =
            [
                .. parts.Select(part => new BriefPart(part.State, part.Amount)),
                new("All cost", new Money(all, facts.Currency)),
            ],
            Commands = [$"bursar invoices --period {facts.Month}"],
        };
        return BriefText.Of($"{figure} is on invoices that agree with it.");
    }

    private static BriefText? Late(Trust trust) =>
        trust.Late.Count == 0 ? null : BriefText.Of($"Late: {new BriefName(string.Join(", ", trust.Late))}.");

    private BriefText? Newest() =>
        ReportSubject.DataThrough(facts.View) is not { } day
            ? null
            : BriefText.Plain(
                facts.IsWhole
                    ? $"Data to {Display.Day(day)}."
                    : $"Data to {Display.Day(day)}, so the month is not complete."
            );
}
