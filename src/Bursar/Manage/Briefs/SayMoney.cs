using System.Globalization;
using System.Text.RegularExpressions;
using Bursar.Core.Amounts;
using Bursar.Quantify.Budgets;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Web;

namespace Bursar.Manage.Briefs;

/// <summary>The money: what the month cost, against its budget, or else the trend of the last months.</summary>
internal sealed partial class SayMoney(BriefFacts facts)
{
    private const int CreditHorizonDays = 100;

    public BriefSection Section()
    {
        var budgets = new CheckBudgets(facts.View, facts.Ask)
            .Of(facts.Month, facts.Cancel)
            .Where(status => status.Currency == facts.Currency)
            .ToList();
        var everything = budgets.Find(status => status.IsForEverything && status.Budget.Measure == facts.Measure);
        List<BriefText?> texts =
        [
            Spent(everything),
            everything is null ? Trend() : null,
            ScopedBudget(budgets),
            EndingCredit(),
            OtherCurrencies(),
        ];
        return new BriefSection("Money", [BriefText.Join(texts)], []);
    }

    private BriefText Spent(BudgetStatus? budget)
    {
        var month = facts.IsWhole ? facts.MonthName : facts.MonthName + " so far";
        return BriefText.Of($"{month} cost {TotalFigure()}{Against(budget)}{AgainstBefore(budget is not null)}.");
    }

    private BriefFigure TotalFigure() =>
        facts.Figure(
            facts.Total,
            facts.Scale,
            $"What {Display.Month(facts.Month)} cost. {facts.CostMeaning}",
            facts.Question(facts.Month)
        );

    private BriefText Against(BudgetStatus? budget)
    {
        if (budget is null)
            return BriefText.Plain("");
        var amount = facts.Figure(
            budget.Amount,
            facts.Scale,
            $"The budget \"{budget.Budget.Name}\" for {budget.Month}, as the rulebook declares it."
        );
        if (!facts.IsWhole)
            return BriefText.Of($"; the budget for the whole month is {amount}");
        var over = Difference(budget.Over, budget.Amount, "the budget", "over", "under", budget.Behind);
        return BriefText.Of($", {over} the budget of {amount}");
    }

    private BriefText AgainstBefore(bool hasBudget)
    {
        if (facts.Before is not { } before || before.IsZero)
            return BriefText.Plain("");
        var name = BriefFacts.NameOf(facts.Month.Previous);
        var (earlier, now) = (facts.Question(facts.Month.Previous), facts.Question(facts.Month));
        if (!facts.IsWhole)
        {
            var all = facts.Figure(before, facts.Scale, $"What {facts.Month.Previous} cost.", earlier);
            return BriefText.Of($"; all of {name} cost {all}");
        }
        var change = Difference(facts.Total - before, before, name, "more", "less", now, earlier);
        return BriefText.Of($"{(hasBudget ? " and" : ",")} {change} than {name}");
    }

    /// <summary>"$0.79M (4.5 %) over".</summary>
    private BriefText Difference(
        Amount difference,
        Amount whole,
        string than,
        string above,
        string below,
        params CostQuery[] questions
    )
    {
        var scale = facts.Scale.Finer(difference, facts.Currency);
        var amount = facts.Figure(
            difference.Abs(),
            scale,
            $"The difference between {facts.Month} and {than}.",
            questions
        );
        var share = BriefFacts.Percent(
            difference.Abs().ShareOf(whole.Abs()),
            $"That difference as a share of {than}.",
            questions
        );
        return BriefText.Of($"{amount} ({share}) {(difference.IsNegative ? below : above)}");
    }

    /// <summary>The months so far, when there is no budget to hold them against.</summary>
    private BriefText? Trend()
    {
        var months = new[] { -2, -1, 0 }
            .Select(facts.Month.Plus)
            .Where(month => facts.TotalOf(month) is not null)
            .ToList();
        if (months.Count < 2)
            return BriefText.Plain("No budget is declared, and there is no earlier month to compare with.");
        var parts = months.Select(month =>
        {
            var cost = facts.TotalOf(month)!.Value;
            var total = facts.Figure(cost, facts.Scale, $"What {month} cost.", facts.Question(month));
            return BriefText.Of($"{BriefFacts.NameOf(month)} {total}");
        });
        var list = new BriefText([
            .. parts.SelectMany((part, i) => i == 0 ? part.Pieces : [new BriefPiece(", "), .. part.Pieces]),
        ]);
        return BriefText.Of($"No budget is declared. Trend, not a forecast: {list}.");
    }

    /// <summary>The part of the organisation that is furthest over its own budget.</summary>
    private BriefText? ScopedBudget(IEnumerable<BudgetStatus> budgets)
    {
        var worst = budgets
            .Where(status => facts.IsWhole && !status.IsForEverything && status.Over > Amount.Zero)
            .MaxBy(status => status.Over);
        if (worst is null)
            return null;
        var scale = facts.Scale.Finer(worst.Over, facts.Currency);
        var over = facts.Figure(
            worst.Over,
            scale,
            $"What \"{worst.Budget.Name}\" spent beyond its budget in {worst.Month}.",
            worst.Behind
        );
        var amount = facts.Figure(
            worst.Amount,
            facts.Scale.Finer(worst.Amount, facts.Currency),
            $"Its budget for {worst.Month}, as the rulebook declares it."
        );
        var name = new BriefName(worst.Budget.DisplayName ?? worst.Budget.Name);
        return BriefText.Of($"{name} is {over} over its own budget of {amount}.");
    }

    /// <summary>
    /// A credit whose own description says that it ends soon: from then on the same things cost more.
    /// </summary>
    private BriefText? EndingCredit()
    {
        if (ReportSubject.DataThrough(facts.View) is not { } dataTo)
            return null;
        var credit = new CostFilter("ChargeCategory", ["Credit"]);
        var rows = facts
            .Rows(facts.Question(facts.Month, credit) with { By = ["ServiceProviderName", "ChargeDescription"] })
            .Select(row => (Row: row, Ends: EndIn(row.Keys[1], dataTo)))
            .Where(pair => pair.Ends is not null && pair.Row.Total.IsNegative)
            .OrderBy(pair => pair.Row.Total)
            .ThenBy(pair => pair.Row.Keys[1], StringComparer.Ordinal)
            .ToList();
        if (rows is not [var (row, ends), ..])
            return null;
        var question = facts.Question(facts.Month, credit, new CostFilter("ChargeDescription", [row.Keys[1]]));
        var amount = facts.Figure(
            row.Total.Abs(),
            facts.Scale.Finer(row.Total, facts.Currency),
            $"The credit of {facts.Month} whose description names the day it ends: \"{row.Keys[1]}\".",
            question
        );
        var from = new BriefName(row.Keys[0] ?? "a provider");
        var day = ends!.Value.ToString("d MMMM", CultureInfo.InvariantCulture);
        return BriefText.Of($"A credit of {amount} a month from {from} ends on {day}.");
    }

    private static DateOnly? EndIn(string? description, DateOnly dataTo)
    {
        if (description is null || EndDay().Match(description) is not { Success: true } match)
            return null;
        return
            DateOnly.TryParseExact(match.Value, "yyyy-MM-dd", out var day)
            && day >= dataTo
            && day < dataTo.AddDays(CreditHorizonDays)
            ? day
            : null;
    }

    private BriefText? OtherCurrencies()
    {
        if (facts.Others.Count == 0)
            return null;
        var amounts = facts
            .Others.Select(currency =>
            {
                var total = facts.TotalOf(facts.Month, currency) ?? Amount.Zero;
                return new BriefFigure
                {
                    Text = BriefScale.For(total, currency).Write(total, currency),
                    Meaning = $"What {facts.Month} cost in {currency}. It is part of no other figure of this page.",
                    Amount = new Money(total, currency),
                    Questions = [facts.Question(facts.Month, new CostFilter("BillingCurrency", [currency.Code]))],
                };
            })
            .ToList();
        var list = new BriefText([
            .. amounts.SelectMany(
                (figure, i) => i == 0 ? BriefText.Of($"{figure}").Pieces : BriefText.Of($" and {figure}").Pieces
            ),
        ]);
        return InAll() is { } whole
            ? BriefText.Of($"Another {list} is {Converted(whole)} at the rates of its days: {InAll(whole)} in all.")
            : BriefText.Of($"Another {list} is kept apart, since no exchange rate is agreed.");
    }

    /// <summary>
    /// What the month cost in the currency that the company reports in; null unless every currency has rates.
    /// </summary>
    private Amount? InAll()
    {
        if (facts.View.Rulebook.ReportingCurrency != facts.Currency.Code)
            return null;
        var totals = facts.Ask.Answer(InCurrency(), facts.Cancel).Totals;
        return totals.Count == 1 ? totals[0].Amount : null;
    }

    private BriefFigure Converted(Amount whole)
    {
        var amount = whole - facts.Total;
        return facts.Figure(
            amount,
            BriefScale.For(amount, facts.Currency),
            $"What {facts.Month} cost in other currencies, each day at its exchange rate. It is part of no other figure "
                + "of this page but the sum of all.",
            InCurrency(new CostFilter("BillingCurrency", [facts.Currency.Code], Negated: true))
        );
    }

    private BriefFigure InAll(Amount whole) =>
        facts.Figure(
            whole,
            facts.Scale.Finer(whole, facts.Currency),
            $"What {facts.Month} cost in all currencies, each day at its exchange rate.",
            InCurrency()
        );

    private CostQuery InCurrency(params CostFilter[] where) =>
        facts.Question(facts.Month, where) with
        {
            Conversion = new Conversion(facts.Currency),
        };

    [GeneratedRegex(@"\b20\d\d-[01]\d-[0-3]\d\b")]
    private static partial Regex EndDay();
}
