using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Books;
using Bursar.Workspaces;

namespace Bursar.Rulebooks.Commands;

/// <summary>
/// Four eyes on money (ALC-10): where the organisation requires it, a rulebook that moves money is in force only once
/// somebody other than its author agreed.
/// </summary>
internal sealed class ApproveRulebook(Workspace workspace)
{
    private const int HashLengthMin = 6;

    /// <summary>
    /// Whether somebody else must agree. The rules in force say so; nobody can switch that off by the very rulebook
    /// that needs it. Documents on which cost rests must differ: a new budget or word moves nothing.
    /// </summary>
    /// <param name="proposed">The rulebook.</param>
    /// <param name="effective">The first day of charges that it is to hold for; null for all.</param>
    public bool IsNeeded(Rulebook proposed, DateOnly? effective)
    {
        var turns = workspace.Books.Current().RulebooksInForce;
        var last = turns.Count == 0 ? Rulebook.Empty : workspace.Published(turns[^1].Rulebook.Hash).Turns[0].Rulebook;
        var asks = turns.Count == 0 ? proposed : last;
        // The same rules for earlier days move what other rules held before.
        var holdsThen = turns.Count > 0 && turns[^1].From <= (effective ?? DateOnly.MinValue);
        return asks.All<Organisation>().Any(one => one.Approval == PublishApproval.Required)
            && !(holdsThen && Hash(last) == Hash(proposed));
    }

    /// <summary>Refuses an approver who is the author.</summary>
    /// <exception cref="RefusedException">It is.</exception>
    public static void RequireSomebodyElse(string approver, string author)
    {
        if (!string.Equals(approver.Trim(), author.Trim(), StringComparison.OrdinalIgnoreCase))
            return;
        throw new RefusedException(
            "rulebook/approved-by-author",
            $"{author} wrote this rulebook, and the organisation requires that somebody else approves it.",
            "Ask somebody else: `bursar publish --approver NAME`, or leave the approver out and it waits as a proposal."
        );
    }

    /// <summary>The proposal that waits under a hash, or the beginning of one.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public PublishedRulebook Waiting(string hash)
    {
        var waiting = workspace.Books.Current().WaitingRulebooks.ToList();
        var named = waiting
            .Where(one => hash.Length >= HashLengthMin && one.Hash.StartsWith(hash, StringComparison.OrdinalIgnoreCase))
            .ToList();
        if (named.Count > 0)
            return named[^1];
        throw new RefusedException(
            "rulebook/nothing-waits",
            $"No proposed rulebook \"{hash}\" waits for approval.",
            waiting.Count == 0
                ? "Nothing waits: `bursar publish` proposes the working copy where the organisation requires approval."
                : $"These wait: {string.Join(", ", waiting.Select(one => $"{one.Hash[..12]} (by {one.PublishedBy})"))}.",
            exitCode: 2
        );
    }

    private static string Hash(Rulebook rulebook) =>
        DocumentHash.Of(
            "money",
            rulebook.Declarations.Where(one => RulebookKinds.Find(one.Kind) is { MovesMoney: true })
        );
}
