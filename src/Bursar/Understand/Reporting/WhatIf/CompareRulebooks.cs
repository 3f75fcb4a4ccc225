using Bursar.Core.Diagnostics;
using Bursar.Understand.Currencies;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Reporting.WhatIf;

/// <summary>
/// Shows a change of rules in money before it is made: who gains, who loses, by which rule. The same deliveries are
/// read under two rulebooks; nothing in the books changes.
/// </summary>
internal sealed class CompareRulebooks(NamedRules old, NamedRules @new)
{
    /// <exception cref="RefusedException">Nothing is known of the currency, or the books are damaged.</exception>
    public RulebookChange Of(ChangeQuestion asked, CancellationToken cancel)
    {
        // One set of rates for both: a change of rates is no change of places.
        var question = asked.Conversion is null
            ? asked
            : asked with
            {
                Conversion = new FindRates(@new.View).Of(asked.Query),
            };
        var changes =
            question.Allocation == CostAllocation.Distributed
                ? Distributed(question, cancel)
                : Direct(question, cancel);
        var first = question.Conversion?.Target.Code ?? @new.View.Rulebook.ReportingCurrency;
        return new RulebookChange(
            old,
            @new,
            question,
            [.. changes.OrderBy(one => one.Currency.Code == first ? 0 : 1).ThenBy(one => one.Currency)],
            [.. Notes(question, cancel)],
            @new.View.DataThrough
        );
    }

    private IEnumerable<CurrencyChange> Direct(ChangeQuestion question, CancellationToken cancel)
    {
        var query = new MoveQuery
        {
            Measure = question.Measure,
            By = question.By,
            From = question.Days.Start,
            To = question.Days.End,
            Conversion = question.Conversion,
        };
        var (before, after) = (old.View.Star(cancel), @new.View.Star(cancel));
        var moves = old.View.Answers.MovesOf(query, before, after, Ask);
        return moves.GroupBy(move => move.Currency).Select(same => WhatIfMath.Direct(same.Key, [.. same]));

        IReadOnlyList<MovedCost> Ask()
        {
            using var session = old.View.Engine.Connect();
            return AskMoves.Of(
                query,
                AskCosts.Touched(old.View, before, question.Query),
                AskCosts.Touched(@new.View, after, question.Query),
                session,
                cancel
            );
        }
    }

    private IEnumerable<CurrencyChange> Distributed(ChangeQuestion question, CancellationToken cancel)
    {
        var (before, after) = (Rows(old, question, cancel), Rows(@new, question, cancel));
        return before
            .Concat(after)
            .Select(row => row.Currency)
            .Distinct()
            .Select(currency =>
                WhatIfMath.Distributed(
                    currency,
                    question.By.Count,
                    [.. before.Where(row => row.Currency == currency)],
                    [.. after.Where(row => row.Currency == currency)]
                )
            );
    }

    private static IReadOnlyList<CostRow> Rows(NamedRules side, ChangeQuestion question, CancellationToken cancel)
    {
        var files = side.View.Star(cancel, null, CostAllocation.Distributed);
        return side.View.Answers.Of(question.Query, files, Ask).Rows;

        CostSums Ask()
        {
            using var session = side.View.Engine.Connect();
            return AskCost.Of(question.Query, AskCosts.Touched(side.View, files, question.Query), session, cancel);
        }
    }

    private IEnumerable<string> Notes(ChangeQuestion question, CancellationToken cancel)
    {
        if (old.Hash.Length == 0)
            yield return "Nothing is published yet, so everything is unallocated before.";
        if (old.Hash == @new.Hash && old.Hash.Length > 0)
            yield return $"Both are the same rulebook, {old.Hash[..12]}.";
        if (question.Allocation == CostAllocation.Direct)
        {
            if (old.View.HasSharedCosts || @new.View.HasSharedCosts)
                yield return "Shared costs are where their charges are; the distributed view shows them with those who use them.";
            yield break;
        }
        foreach (var note in AskCosts.Shared(@new.View, question.Query, cancel).Distinct())
            yield return note;
    }
}
