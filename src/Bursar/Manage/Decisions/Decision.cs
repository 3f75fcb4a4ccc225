using System.ComponentModel;
using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Rulebooks;

namespace Bursar.Manage.Decisions;

/// <summary>How sure the people who wrote it are.</summary>
internal enum Confidence
{
    Low,
    Medium,
    High,
}

/// <summary>Something a person has to decide by a day: the ask, the options, and what waiting costs.</summary>
internal sealed record Decision : Declaration
{
    [Description(
        "The headline of the ask, a sentence that begins with a verb: Approve 0.6M to leave Frankfurt on time."
    )]
    public required string Title { get; init; }

    [Description("What is asked for, in one sentence.")]
    public required string Ask { get; init; }

    [Description("The last day on which deciding still helps.")]
    public required DateOnly DueBy { get; init; }

    [Description("What happens after that day.")]
    public string? Consequence { get; init; }

    [Description("Who decides, as the brief addresses them: the COO.")]
    public string? Audience { get; init; }

    [Description("Who carries it out."), RefersTo("owners")]
    public string? Owner { get; init; }

    [Description("The priority it serves."), RefersTo("Priority")]
    public string? Priority { get; init; }

    [Description("The part of the cost it is about."), RefersTo("Scope")]
    public string? Scope { get; init; }

    [Description("The currency of all its amounts, three capital letters."), CurrencyCode]
    public string? Currency { get; init; }

    [Description("What every month without a decision costs.")]
    public Amount? CostOfWaitingPerMonth { get; init; }

    [Description("The choices.")]
    public IReadOnlyList<DecisionOption> Options { get; init; } = [];

    [Description("The name of the option that is proposed.")]
    public string? Recommended { get; init; }

    [Description("The main risk, in one sentence.")]
    public string? Risk { get; init; }

    [Description("How sure the figures and days are.")]
    public Confidence? Confidence { get; init; }

    [Description("When to come back and decide again.")]
    public string? StopRule { get; init; }

    [Description("The day on which it was decided or dropped; then it is due no longer.")]
    public DateOnly? ClosedOn { get; init; }

    public override void Check(RulebookCheck check)
    {
        var names = Options.Select(option => option.Name).ToList();
        if (Recommended is not null && !names.Contains(Recommended))
        {
            check.Error(
                this,
                "recommended",
                "unknown-option",
                $"No option is called \"{Recommended}\".{DidYouMean.Question(Recommended, names)}",
                names.Count == 0 ? "Give options." : "Options are " + string.Join(", ", names.Distinct()) + "."
            );
        }
        foreach (var same in Options.GroupBy(option => option.Name).Where(same => same.Count() > 1))
            check.Error(
                same.Last(),
                "name",
                "duplicate-name",
                $"Two options are called \"{same.Key}\".",
                "Give one of them another name."
            );
        foreach (var option in Options)
            CheckAmounts(option, check);
        if (Currency is null && (CostOfWaitingPerMonth is not null || Options.Any(option => option.Amount is not null)))
            check.Error(
                this,
                "title",
                "missing-key",
                "This decision has amounts, but no currency.",
                "Add currency: with three capital letters."
            );
    }

    private static void CheckAmounts(DecisionOption option, RulebookCheck check)
    {
        var given = new[] { option.AmountLow, option.Amount, option.AmountHigh }.OfType<Amount>().ToList();
        if (given.SequenceEqual(given.Order()))
            return;
        check.Error(
            option,
            "amount",
            "amounts-out-of-order",
            "The amount does not lie between amountLow and amountHigh.",
            "Put the three in order."
        );
    }
}

/// <summary>One of the choices of a decision, with what it costs: likely, and from low to high.</summary>
internal sealed record DecisionOption : RulebookRecord
{
    [Description("A short name: Second crew.")]
    public required string Name { get; init; }

    [Description("What comes of it, in a few words: out by April 2027.")]
    public required string Summary { get; init; }

    [Description("What it costs, likely.")]
    public Amount? Amount { get; init; }

    [Description("What it costs at best.")]
    public Amount? AmountLow { get; init; }

    [Description("What it costs at worst.")]
    public Amount? AmountHigh { get; init; }
}
