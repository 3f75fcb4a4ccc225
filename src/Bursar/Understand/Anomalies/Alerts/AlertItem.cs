using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Workspaces;

namespace Bursar.Understand.Anomalies.Alerts;

/// <summary>What an alert is about.</summary>
internal enum AlertSubject
{
    /// <summary>Cost that is not what it was.</summary>
    Anomalies,

    /// <summary>Budgets that are exceeded, or whose forecast is.</summary>
    Budgets,

    /// <summary>Units that cost more than their target allows.</summary>
    Units,
}

/// <summary>Something to tell that is no anomaly: a budget's breach, a unit that costs too much.</summary>
/// <param name="Key">One for one breach, so that nobody is told twice.</param>
/// <param name="Title">What it is, in one line.</param>
/// <param name="Sentence">The same with its figures.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Over">By how much it is above what it may be.</param>
/// <param name="Next">What to do now.</param>
/// <param name="Page">Where it is shown.</param>
/// <param name="Fields">The same for programs.</param>
internal sealed record AlertItem(
    string Key,
    string Title,
    string Sentence,
    string? Owner,
    Money Over,
    string Next,
    string Page,
    ResultRecord Fields
);

/// <summary>Finds what there is to tell; told before or not.</summary>
internal delegate IReadOnlyList<AlertItem> FindToTell(BooksView view, CancellationToken cancel);

/// <summary>Who finds what alerts are about, besides anomalies.</summary>
internal sealed record AlertSources(FindToTell Budgets, FindToTell Units)
{
    public IReadOnlyList<AlertItem> Find(AlertSubject subject, BooksView view, CancellationToken cancel) =>
        subject switch
        {
            AlertSubject.Budgets => Budgets(view, cancel),
            AlertSubject.Units => Units(view, cancel),
            _ => [],
        };
}
