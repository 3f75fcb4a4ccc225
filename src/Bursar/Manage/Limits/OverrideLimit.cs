using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Books;
using Bursar.Workspaces;

namespace Bursar.Manage.Limits;

/// <summary>Gives a limit another amount until a day: one entry in the journal.</summary>
internal sealed class OverrideLimit(Workspace workspace, BooksView view)
{
    private const int LongestDays = 366;

    /// <exception cref="RefusedException">There is no such limit, or it cannot be overridden so.</exception>
    public MadeOverride To(string name, string amount, DateOnly until, string reason)
    {
        var limit = Find(name);
        if (!TryRead(amount, out var allowed) || allowed <= Amount.Zero)
            throw Refused(
                "bad-amount",
                $"\"{amount}\" is no amount that may be spent.",
                $"Write an amount above zero, in {limit.Currency}: --to 45000."
            );
        if (until < view.Today)
            throw Refused(
                "override-over",
                $"{until:yyyy-MM-dd} is over: the override would never hold.",
                $"Name the last day on which it holds, today ({view.Today:yyyy-MM-dd}) or later."
            );
        if (until > view.Today.AddDays(LongestDays))
            throw Refused(
                "override-long",
                $"An override until {until:yyyy-MM-dd} is no exception any more.",
                "Name a day within a year, or change the limit in the rulebook."
            );
        if (reason.Trim() is not { Length: > 0 } said)
            throw Refused("no-reason", "An override needs a reason: later readers will ask.", "Write --reason \"…\".");
        var fact = new LimitOverridden(name, allowed, limit.Currency, until, said);
        var entry = workspace.Books.Append(
            BooksOfRecord.DefaultActor,
            NewEntry.Of(LimitOverridden.Kind, fact, LimitFactsJson.Line.LimitOverridden)
        );
        return new MadeOverride(fact, entry.Seq, entry.At, entry.Actor);
    }

    /// <summary>The limit, or the limit whose value is named: "keys/claims-summary".</summary>
    private SpendLimit Find(string name)
    {
        var all = view.Rulebook.All<SpendLimit>().ToList();
        return all.Find(one => one.Name == name)
            ?? all.Find(one =>
                one.Each is not null
                && name.Length > one.Name.Length + 1
                && name.StartsWith(one.Name + "/", StringComparison.Ordinal)
            )
            ?? throw Refused(
                "unknown",
                $"No limit is called \"{name}\".{DidYouMean.Question(name, all.Select(one => one.Name))}",
                "`bursar limits` lists them; kind: SpendLimit in the rulebook declares one."
            );
    }

    private static bool TryRead(string text, out Amount amount)
    {
        try
        {
            amount = Amount.Parse(text);
            return true;
        }
        catch (FormatException)
        {
            amount = default;
            return false;
        }
    }

    private static RefusedException Refused(string code, string message, string remedy) =>
        new("limits/" + code, message, remedy, exitCode: 2);
}
