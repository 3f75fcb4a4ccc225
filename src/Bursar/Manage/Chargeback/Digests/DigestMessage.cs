using Bursar.Cli.Output;
using Bursar.Core.Time;
using Bursar.Understand.Sources.Outlets;
using Bursar.Web;
using Bursar.Web.Addresses;

namespace Bursar.Manage.Chargeback.Digests;

/// <summary>What a digest says.</summary>
/// <param name="Digest">Which digest.</param>
/// <param name="Period">Of when.</param>
/// <param name="Statement">The statement that it sums up.</param>
/// <param name="Next">What to do now, in one sentence.</param>
internal sealed record DigestMessage(Digest Digest, DateRange Period, Statement Statement, string Next)
{
    /// <summary>Where its budgets stand, a sentence each; null where it does not tell of budgets.</summary>
    public IReadOnlyList<string>? Budgets { get; init; }

    private const int ReasonsMax = 3;
    private const string OwnPages = "http://127.0.0.1:4717";

    public string Word => DigestPeriods.Word(Digest.Cadence, Period);

    /// <summary>One key for one digest of one period, so that a receiver can tell a repetition.</summary>
    public string Key => $"{Digest.Name}-{Word}";

    /// <summary>"Claims: $1.2M in September 2026".</summary>
    public string Title =>
        $"{Statement.Subject.Title}: "
        + string.Join(" and ", Statement.Sheets.Select(sheet => Display.Short(sheet.Money(sheet.Total))))
        + $" {When}";

    /// <summary>"in September 2026", "from 5 to 11 October 2026".</summary>
    private string When
    {
        get
        {
            var words = Display.During(Statement.Days);
            return char.ToLowerInvariant(words[0]) + words[1..];
        }
    }

    public IEnumerable<string> Totals =>
        Statement.Sheets.Select(sheet =>
            $"{Display.Full(sheet.Money(sheet.Total))}, {StatementRecord.Change(sheet)} against {Display.Range(Statement.Against)}."
        );

    public IEnumerable<string> Reasons =>
        Statement.Sheets.SelectMany(sheet => sheet.Drivers.Take(ReasonsMax)).Select(driver => driver.Says);

    /// <summary>The page of the statement.</summary>
    public string Link => (Digest.Link ?? OwnPages).TrimEnd('/') + Page;

    /// <summary>Its address within the site.</summary>
    public string Page
    {
        get
        {
            var (name, value) = Digest.Owner is { } owner ? ("owner", owner) : ("scope", Digest.Scope!);
            return WebAddress.With(WebAddress.With("/showback", name, value), "period", Word);
        }
    }

    /// <summary>What is sent.</summary>
    public OutMessage Out() =>
        new(Key, Title, [.. Totals, .. Budgets ?? []], [.. Reasons], Next, Link, "the statement", Fields());

    public ResultRecord Fields() =>
        ResultRecord.Of([
            ("key", Key),
            ("digest", Digest.Name),
            ("title", Title),
            ("of", Statement.Subject.Title),
            ("owner", Digest.Owner),
            ("scope", Digest.Scope),
            ("period", Word),
            ("from", Statement.Days.Start),
            ("to", Statement.Days.End.AddDays(-1)),
            ("measure", Statement.Measure.ToString()),
            (
                "totals",
                Statement
                    .Sheets.Select(sheet =>
                        ResultRecord.Of(
                            ("currency", sheet.Currency.Code),
                            ("total", sheet.Total),
                            ("before", sheet.Before),
                            ("change", sheet.Change)
                        )
                    )
                    .ToList()
            ),
            .. Budgets is { } budgets ? [("budgets", budgets)] : Array.Empty<(string, object?)>(),
            ("reasons", Reasons.ToList()),
            ("next", Next),
            ("link", Link),
            ("journalSequence", Statement.Sequence),
        ]);
}
