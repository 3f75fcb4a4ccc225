using Bursar.Core.Diagnostics;
using Bursar.Rulebooks;
using Bursar.Workspaces;

namespace Bursar.Quantify.Budgets;

/// <summary>Who may release what is held back, and who decides when nothing else was enough (BUD-02, BUD-04).</summary>
internal sealed class BudgetRights(BooksView view)
{
    /// <exception cref="RefusedException">The organisation has no such owner.</exception>
    public void RequireOwner(string? name)
    {
        var owners = view.Rulebook.All<Organisation>().SelectMany(one => one.Owners).Select(one => one.Id).ToList();
        if (name is not null && owners.Count > 0 && !owners.Contains(name))
            throw Refused(
                "unknown-owner",
                $"The organisation has no owner \"{name}\".{DidYouMean.Question(name, owners)}",
                "Owners are declared in kind: Organisation."
            );
    }

    /// <exception cref="RefusedException">The level says that somebody else releases it.</exception>
    public static void RequireReleaser(Budget budget, Holdback? level, string? by)
    {
        if (level?.ReleasedBy is not { } releaser || releaser == by)
            return;
        throw Refused(
            "not-the-releaser",
            by is null
                ? $"What {budget.Name} holds back at the level {level.Level} is released by {releaser}, and nobody is named."
                : $"What {budget.Name} holds back at the level {level.Level} is released by {releaser}, not by {by}.",
            $"Once {releaser} agreed, write --by {releaser}; the journal keeps the name. releasedBy: of the holdback says who may."
        );
    }

    /// <summary>Who answers for a budget above it decides; of one that is a part of nothing, its own owner.</summary>
    /// <exception cref="RefusedException">Somebody else does.</exception>
    public static void RequireDecider(BudgetBook book, Budget budget, string? by)
    {
        var deciders = Deciders(book, budget);
        if (by is not null && (deciders.Count == 0 || deciders.Contains(by)))
            return;
        throw Refused(
            "not-the-decider",
            by is null
                ? $"A decision about {budget.Name} has somebody who takes it, and nobody is named."
                : $"A decision about {budget.Name} is not taken by {by}.",
            deciders.Count == 0
                ? "Write --by OWNER: who decided."
                : $"Write --by {string.Join(" or --by ", deciders)}: whoever answers for the budget above it, or for it where there is none."
        );
    }

    private static List<string> Deciders(BudgetBook book, Budget budget)
    {
        var above = new List<string>();
        for (var (one, depth) = (book.ParentOf(budget), 0); one is not null && depth < 20; depth++)
        {
            if (one.Owner is { } owner && !above.Contains(owner))
                above.Add(owner);
            one = book.ParentOf(one);
        }
        return above.Count > 0 ? above
            : budget.Owner is { } own ? [own]
            : [];
    }

    private static RefusedException Refused(string code, string message, string remedy) =>
        new("budgets/" + code, message, remedy, exitCode: 2);
}
