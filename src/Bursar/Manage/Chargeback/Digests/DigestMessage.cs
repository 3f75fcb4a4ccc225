using System.Text;
using Bursar.Cli.Output;
using Bursar.Core.Time;
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
    private const int ReasonsMax = 3;
    private const string OwnPages = "http://127.0.0.1:4717";

    public string Word => DigestPeriods.Word(Digest.Cadence, Period);

    /// <summary>One key for one digest of one period, so that a receiver can tell a repetition.</summary>
    public string Key => $"{Digest.Name}-{Word}";

    /// <summary>"Claims: $1.2M in September 2026".</summary>
    public string Title =>
        $"{Statement.Subject.Title}: "
        + string.Join(" and ", Statement.Sheets.Select(sheet => Display.Short(sheet.Money(sheet.Total))))
        + $" in {Display.Range(Statement.Days)}";

    public IEnumerable<string> Totals =>
        Statement.Sheets.Select(sheet =>
            $"{Display.Full(sheet.Money(sheet.Total))}, {StatementRecord.Change(sheet)} against {Display.Range(Statement.Against)}."
        );

    public IEnumerable<string> Reasons =>
        Statement.Sheets.SelectMany(sheet => sheet.Drivers.Take(ReasonsMax)).Select(driver => driver.Says);

    /// <summary>The page of the statement.</summary>
    public string Link
    {
        get
        {
            var (name, value) = Digest.Owner is { } owner ? ("owner", owner) : ("scope", Digest.Scope!);
            var page = WebAddress.With(WebAddress.With("/showback", name, value), "period", Word);
            return (Digest.Link ?? OwnPages).TrimEnd('/') + page;
        }
    }

    /// <summary>The same books give the same bytes.</summary>
    public byte[] Bytes() =>
        Encoding.UTF8.GetBytes(
            Digest.WrittenIn switch
            {
                DigestForm.Text => Text(),
                DigestForm.Slack => Json(Slack()),
                DigestForm.Teams => Json(Teams()),
                _ => Json(Fields()),
            }
        );

    public string Text()
    {
        var text = new StringBuilder().Append(Title).Append('\n');
        foreach (var total in Totals)
            text.Append(total).Append('\n');
        text.Append('\n');
        foreach (var reason in Reasons)
            text.Append("- ").Append(reason).Append('\n');
        return text.Append("\nNext: ").Append(Next).Append("\nOpen: ").Append(Link).Append('\n').ToString();
    }

    public ResultRecord Fields() =>
        ResultRecord.Of(
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
            ("reasons", Reasons.ToList()),
            ("next", Next),
            ("link", Link),
            ("journalSequence", Statement.Sequence)
        );

    private ResultRecord Slack()
    {
        return ResultRecord.Of(
            ("text", Escaped(Title)),
            (
                "blocks",
                new List<ResultRecord>
                {
                    ResultRecord.Of(
                        ("type", "header"),
                        ("text", ResultRecord.Of(("type", "plain_text"), ("text", Title)))
                    ),
                    Section(string.Join('\n', Totals)),
                    Section(string.Join('\n', Reasons.DefaultIfEmpty("Nothing moved.").Select(one => "• " + one))),
                    Section($"Next: {Next}"),
                    ResultRecord.Of(
                        ("type", "section"),
                        ("text", ResultRecord.Of(("type", "mrkdwn"), ("text", $"<{Link}|Open the statement>")))
                    ),
                }
            )
        );

        static ResultRecord Section(string words) =>
            ResultRecord.Of(
                ("type", "section"),
                ("text", ResultRecord.Of(("type", "mrkdwn"), ("text", Escaped(words))))
            );

        static string Escaped(string words) =>
            words
                .Replace("&", "&amp;", StringComparison.Ordinal)
                .Replace("<", "&lt;", StringComparison.Ordinal)
                .Replace(">", "&gt;", StringComparison.Ordinal);
    }

    private ResultRecord Teams()
    {
        List<ResultRecord> body =
        [
            ResultRecord.Of(("type", "TextBlock"), ("size", "Large"), ("wrap", true), ("text", Title)),
            .. Totals.Select(Block),
            .. Reasons.Select(reason => Block("- " + reason)),
            Block($"Next: {Next}"),
        ];
        var card = ResultRecord.Of(
            ("$schema", "http://adaptivecards.io/schemas/adaptive-card.json"),
            ("type", "AdaptiveCard"),
            ("version", "1.4"),
            ("body", body),
            (
                "actions",
                new List<ResultRecord>
                {
                    ResultRecord.Of(("type", "Action.OpenUrl"), ("title", "Open the statement"), ("url", Link)),
                }
            )
        );
        return ResultRecord.Of(
            ("type", "message"),
            (
                "attachments",
                new List<ResultRecord>
                {
                    ResultRecord.Of(("contentType", "application/vnd.microsoft.card.adaptive"), ("content", card)),
                }
            )
        );

        static ResultRecord Block(string words) =>
            ResultRecord.Of(("type", "TextBlock"), ("wrap", true), ("text", words));
    }

    private static string Json(ResultRecord record)
    {
        using var text = new StringWriter { NewLine = "\n" };
        JsonResult.Write(record, text);
        return text.ToString();
    }
}
