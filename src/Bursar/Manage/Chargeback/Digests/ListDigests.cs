using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Manage.Chargeback.Mine;
using Bursar.Understand.Reporting;
using Bursar.Web;
using Bursar.Workspaces;

namespace Bursar.Manage.Chargeback.Digests;

/// <summary>Says which digests there are, which are due, and what they would say.</summary>
internal sealed class ListDigests(BooksView view, IOwnersNews news)
{
    /// <summary>A rise is worth a look from this part of the cost on.</summary>
    private const decimal RiseMin = 0.05m;

    /// <param name="name">Only this one; null for all.</param>
    /// <exception cref="RefusedException">None has that name.</exception>
    public IReadOnlyList<DigestLine> Lines(string? name) => Lines(view, name);

    /// <summary>The same of books, for those who only list them.</summary>
    public static IReadOnlyList<DigestLine> Lines(BooksView view, string? name)
    {
        var all = view.Rulebook.All<Digest>().ToList();
        var chosen = name is null ? all : all.Where(one => one.Name == name).ToList();
        if (name is not null && chosen.Count == 0)
            throw new RefusedException(
                "digests/unknown",
                $"No digest is called \"{name}\".{DidYouMean.Question(name, all.Select(one => one.Name))}",
                "`bursar digests` lists them; kind: Digest in the rulebook declares one.",
                exitCode: 2
            );
        var sent = Sent(view).ToLookup(one => (one.Fact.Digest, one.Fact.From, one.Fact.To));
        return
        [
            .. chosen.Select(digest =>
            {
                if (ReportSubject.DataThrough(view) is not { } last)
                    return new DigestLine(digest, null, DigestState.NoData);
                var period = DigestPeriods.Newest(digest.Cadence, last);
                return sent[(digest.Name, period.Start, period.End)].FirstOrDefault() is { } one
                    ? new DigestLine(digest, period, DigestState.Sent, one.Seq, one.At)
                    : new DigestLine(digest, period, DigestState.Due);
            }),
        ];
    }

    /// <summary>What was sent, the newest first; of one digest, or of all.</summary>
    public IReadOnlyList<SentDigest> Sent(string? name) =>
        [.. Sent(view).Where(one => name is null || one.Fact.Digest == name).OrderByDescending(one => one.Seq)];

    private static IEnumerable<SentDigest> Sent(BooksView view) =>
        view
            .State.Entries.Where(entry => entry.Kind == DigestSent.Kind)
            .Select(entry => new SentDigest(entry.Read(DigestJson.Default.DigestSent), entry.Seq, entry.At));

    /// <summary>What a digest says of a period.</summary>
    public DigestMessage Message(Digest digest, DateRange period, CancellationToken cancel)
    {
        var subject = Subjects.Of(
            view,
            digest.Scope,
            digest.Owner is { } owner ? [KeyValuePair.Create(ShowbackCli.UsualField, (string?)owner)] : []
        );
        var statement = new WriteStatement(view).Of(subject, period, cancel);
        return new DigestMessage(digest, period, statement, Next(digest, statement, cancel))
        {
            Budgets = digest.Budgets ? news.Budgets(view, digest, cancel) : null,
        };
    }

    private string Next(Digest digest, Statement statement, CancellationToken cancel)
    {
        if (digest.Owner is { } owner)
            return new AskMyCost(view, news).Of(owner, cancel)!.Next;
        var sheet = statement.Sheets[0];
        return
            sheet.Drivers.FirstOrDefault(driver => driver.Behind is not null) is { } driver
            && driver.Change > Core.Amounts.Amount.Zero
            && driver.Change >= sheet.Total.Times(RiseMin)
            ? $"Look at {driver.Title}: it rose by {Display.Full(sheet.Money(driver.Change))}."
            : "Nothing to do: nothing rose by much.";
    }
}
