namespace Bursar.Web;

/// <summary>What stands on every page about the books behind it.</summary>
/// <param name="Company">Whose books they are; null when the rulebook does not say.</param>
/// <param name="DataAsOf">The newest day with charges.</param>
/// <param name="AsOf">The moment asked for, as the reader wrote it; null is now.</param>
/// <param name="Draft">True when rules that are not published shaped the figures.</param>
/// <param name="Incomplete">True when rows that belong to the figures are in quarantine.</param>
/// <param name="JournalHead">The hash of the journal's last entry; empty for books without an entry.</param>
/// <param name="Month">The newest month with charges on all its days, or the only one there is; null without
/// charges.</param>
public sealed record BooksMark(
    string? Company,
    DateOnly? DataAsOf,
    string? AsOf,
    bool Draft,
    bool Incomplete,
    string JournalHead,
    Core.Time.BillingPeriod? Month = null
)
{
    /// <summary>True when some of the figures are estimates, whose bill has not arrived.</summary>
    public bool Estimated { get; init; }

    /// <summary>True when some of the figures are of months that their providers say are still open.</summary>
    public bool NotFinal { get; init; }
}

/// <summary>Tells the state of the books as of a moment (null is now).</summary>
/// <exception cref="Core.Diagnostics.RefusedException">The text is no moment, or the books cannot be read.</exception>
public delegate Task<BooksMark> ReadBooksMark(string? asOf, CancellationToken cancellationToken);
