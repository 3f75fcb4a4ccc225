using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Rulebooks;
using Bursar.Understand.Allocation;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.Queries;
using Bursar.Web.Addresses;
using Bursar.Workspaces;

namespace Bursar.Manage.Audit.Issued;

/// <summary>
/// One number (ITF-10): finds issued figures of the same scope and period that differ, and why. The question of the one
/// is turned into the question of the other a step at a time, and asked again at each; what a step changes is its
/// cause. So the causes sum to the difference, and what cannot be asked again is said to be unknown.
/// </summary>
internal sealed class CompareIssued(Workspace workspace, BooksState state)
{
    private const int DeliveriesShown = 4;

    private readonly Dictionary<(long Entry, string Rules), AskCosts> asks = [];

    /// <summary>Each figure that differs from the one issued last of the same scope and period.</summary>
    public IReadOnlyList<IssuedDifference> Differences(CancellationToken cancel) =>
        [
            .. FindIssued
                .Figures(state)
                .GroupBy(one => (Scope: Scope(one.Figure), one.Figure.From, one.Figure.To, one.Figure.Currency))
                .OrderByDescending(same => same.Key.From)
                .ThenBy(same => same.Key.Scope, StringComparer.Ordinal)
                .ThenBy(same => same.Key.Currency, StringComparer.Ordinal)
                .SelectMany(same =>
                {
                    var last = same.Last();
                    return same.Where(one => one.Figure.Amount != last.Figure.Amount)
                        .Select(one => new IssuedDifference(
                            same.Key.Scope,
                            IssuedQuestion.Period(one.Figure),
                            new Currency(same.Key.Currency),
                            one,
                            last,
                            Causes(one.Figure, last.Figure, cancel)
                        ));
                }),
        ];

    /// <summary>What is left out of a scope by category (tax, credits) is another measure of the same scope.</summary>
    private static string Scope(IssuedFigure figure) =>
        IssuedQuestion.Scope(figure.Where.Where(text => !IsCategory(text)));

    private static bool IsCategory(string text) => FilterText.Read(text)?.Column == "ChargeCategory";

    private List<CausePart> Causes(IssuedFigure first, IssuedFigure second, CancellationToken cancel)
    {
        var total = second.Amount - first.Amount;
        List<CausePart> causes;
        try
        {
            causes = Steps(first, second, cancel);
        }
        catch (RefusedException refused)
        {
            // The books of that moment are gone, or the rules are: nothing can be told apart.
            return [new(DifferenceCause.Unknown, total, $"It cannot be asked again: {refused.Diagnostic.Message}")];
        }
        var rest = causes.Aggregate(total, (left, cause) => left - cause.Amount);
        if (!rest.IsZero)
            causes.Add(
                new(
                    DifferenceCause.Unknown,
                    rest,
                    first.Draft == true || second.Draft == true
                        ? "Unknown: one of them was a draft, and the rules of that moment are not kept."
                        : "Unknown: asked again, the books do not give what was issued."
                )
            );
        return causes;
    }

    private List<CausePart> Steps(IssuedFigure first, IssuedFigure second, CancellationToken cancel)
    {
        var (asked, goal) = (IssuedQuestion.Of(first), IssuedQuestion.Of(second));
        var rules = first.Draft == true ? second.Entry : first.Entry;
        var deliveries = first.Entry;
        var currency = new Currency(first.Currency);
        var causes = new List<CausePart>();
        var before = Ask();
        deliveries = second.Entry;
        asked = asked with { To = goal.To };
        Step(DifferenceCause.Timing, () => Arrived(first, second));
        rules = second.Draft == true ? rules : second.Entry;
        Step(DifferenceCause.Rules, () => Rulebooks(first, second));
        asked = asked with { Measure = goal.Measure };
        Step(DifferenceCause.Measure, () => $"{first.Measure} in the one, {second.Measure} in the other.");
        asked = asked with { Where = goal.Where };
        Step(DifferenceCause.Measure, () => $"{Categories(first)} in the one, {Categories(second)} in the other.");
        asked = asked with { Time = goal.Time };
        Step(DifferenceCause.Grain, () => $"{TimeWords(first)} in the one, {TimeWords(second)} in the other.");
        asked = asked with { Allocation = goal.Allocation };
        Step(
            DifferenceCause.SharedCost,
            () => $"Shared cost is {Shared(first)} in the one, {Shared(second)} in the other."
        );
        asked = asked with { Structure = goal.Structure };
        Step(
            DifferenceCause.Structure,
            () =>
                $"Structure: {first.Structure ?? Structure.AsWas} in the one, {second.Structure ?? Structure.AsWas} in the other."
        );
        asked = asked with { Conversion = goal.Conversion };
        Step(
            DifferenceCause.Rates,
            () => $"Rates: {first.Rates ?? "as billed"} in the one, {second.Rates ?? "as billed"} in the other."
        );
        return causes;

        Amount Ask() =>
            AskOf(deliveries, rules)
                .Answer(asked, cancel)
                .Totals.FirstOrDefault(total => total.Currency == currency)
                .Amount;

        void Step(DifferenceCause cause, Func<string> says)
        {
            var now = Ask();
            if (now != before)
                causes.Add(new(cause, now - before, says()));
            before = now;
        }
    }

    /// <summary>The deliveries of one moment under the rules of another.</summary>
    private AskCosts AskOf(long deliveries, long rules)
    {
        var turns = workspace.Books.AsOf(rules).RulebooksInForce;
        var key = string.Join(' ', turns.Select(turn => $"{turn.Rulebook.Hash}:{turn.From:yyyy-MM-dd}"));
        if (asks.TryGetValue((deliveries, key), out var known))
            return known;
        var inForce =
            turns.Count == 0
                ? new RulesInTurn(Rulebook.Empty, AllocationRules.Compile(Rulebook.Empty))
                : workspace.Published(turns);
        return asks[(deliveries, key)] = new AskCosts(workspace.ViewBy(inForce, AsOf.Read($"#{deliveries}")));
    }

    private string Arrived(IssuedFigure first, IssuedFigure second)
    {
        var (from, to) = (Math.Min(first.Entry, second.Entry), Math.Max(first.Entry, second.Entry));
        var between = state
            .Deliveries.Where(booked =>
                (booked.CommittedSeq > from && booked.CommittedSeq <= to)
                || (booked.WithdrawnSeq > from && booked.WithdrawnSeq <= to)
            )
            .Where(booked => booked.Delivery.Dataset == "CostAndUsage")
            .Select(booked => booked.Id)
            .ToList();
        var names =
            between.Count == 0
                ? "nothing was delivered between them"
                : string.Join(", ", between.Take(DeliveriesShown))
                    + (between.Count > DeliveriesShown ? $" and {between.Count - DeliveriesShown} more" : "")
                    + (between.Count == 1 ? " lies" : " lie")
                    + " between them";
        return $"Asked at journal entry {first.Entry} and at {second.Entry}; {names}.";
    }

    private string Rulebooks(IssuedFigure first, IssuedFigure second) =>
        $"Rulebook {Name(first.Entry)} in the one, {Name(second.Entry)} in the other.";

    private string Name(long entry) =>
        workspace.Books.AsOf(entry).Rulebook is { } rulebook ? rulebook.Hash[..12] : "(none)";

    private static string Categories(IssuedFigure figure) =>
        string.Join(", ", figure.Where.Where(IsCategory)) is { Length: > 0 } text ? text : "All charges";

    private static string TimeWords(IssuedFigure figure) =>
        figure.Time is null ? "The days that charges serve" : "The billing period";

    private static string Shared(IssuedFigure figure) => figure.Allocation is null ? "in its pools" : "divided";
}
