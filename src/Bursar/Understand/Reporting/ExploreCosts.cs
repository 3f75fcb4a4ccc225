using Bursar.Core.Time;
using Bursar.Warehouse.Queries;
using Bursar.Web.Addresses;

namespace Bursar.Understand.Reporting;

/// <summary>Answers a question about cost, and the same question for the period that it is compared with.</summary>
public sealed class ExploreCosts(AnswerCost ask)
{
    public async Task<ExploreView> AnswerAsync(CostQuestion question, CancellationToken cancellationToken)
    {
        // Compared with how it was, an answer is restated: to today's structure where nobody says to which.
        if (question is { Compare: Comparison.Structure, Query.Structure: null })
            question = question with { Query = question.Query with { Structure = Structure.Today } };
        var asked = question.Query with { Top = question.Query.Top ?? ExploreTables.GroupsOf(question.Query) };
        var answer = await ask(asked, question.AsOf, cancellationToken);
        if (question.Compare == Comparison.Structure)
        {
            var asWas = question.Query with { Structure = null, Over = null, Top = null };
            return new ExploreView(question, answer, null, await ask(asWas, question.AsOf, cancellationToken));
        }
        if (question.Compare == Comparison.None || answer.Query.Period is not { Days: > 0 } period)
            return new ExploreView(question, answer, null, null);
        var earlier = Earlier(period, question.Compare);
        // Without the limit to the largest groups: a group that leads today may have been small then.
        var compared = question.Query with
        {
            From = earlier.Start,
            To = earlier.End,
            Over = null,
            Top = null,
        };
        return new ExploreView(question, answer, earlier, await ask(compared, question.AsOf, cancellationToken));
    }

    /// <summary>The period of the same length just before, in months when it is made of whole months; or the same one a
    /// year earlier.</summary>
    internal static DateRange Earlier(DateRange period, Comparison comparison)
    {
        if (comparison == Comparison.Year)
            return new DateRange(period.Start.AddYears(-1), period.End.AddYears(-1));
        if (period.Start.Day != 1 || period.End.Day != 1)
            return new DateRange(period.Start.AddDays(-period.Days), period.Start);
        var months = ((period.End.Year - period.Start.Year) * 12) + period.End.Month - period.Start.Month;
        return new DateRange(period.Start.AddMonths(-months), period.Start);
    }
}
