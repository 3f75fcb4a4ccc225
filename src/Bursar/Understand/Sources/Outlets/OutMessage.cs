using System.Text;
using Bursar.Cli.Output;

namespace Bursar.Understand.Sources.Outlets;

/// <summary>How a message is written.</summary>
internal enum MessageForm
{
    /// <summary>Plain text.</summary>
    Text,

    /// <summary>Named fields, for any program.</summary>
    Json,

    /// <summary>A message of Slack.</summary>
    Slack,

    /// <summary>An adaptive card of Microsoft Teams.</summary>
    Teams,
}

/// <summary>A short message of the books to people, in the form that its receiver reads.</summary>
/// <param name="Key">The same for the same message, so that a receiver can tell a repetition.</param>
/// <param name="Title">What it is about, in one line.</param>
/// <param name="Figures">Sentences with the figures.</param>
/// <param name="Reasons">What is behind them.</param>
/// <param name="Next">What to do now.</param>
/// <param name="Link">The page.</param>
/// <param name="LinkTitle">What the page is.</param>
/// <param name="Fields">The same for programs.</param>
internal sealed record OutMessage(
    string Key,
    string Title,
    IReadOnlyList<string> Figures,
    IReadOnlyList<string> Reasons,
    string Next,
    string Link,
    string LinkTitle,
    ResultRecord Fields
)
{
    /// <summary>The same books give the same bytes.</summary>
    public byte[] Bytes(MessageForm form) =>
        Encoding.UTF8.GetBytes(
            form switch
            {
                MessageForm.Text => Text(),
                MessageForm.Slack => Json(Slack()),
                MessageForm.Teams => Json(Teams()),
                _ => Json(Fields),
            }
        );

    public string Text()
    {
        var text = new StringBuilder().Append(Title).Append('\n');
        foreach (var figure in Figures)
            text.Append(figure).Append('\n');
        text.Append('\n');
        foreach (var reason in Reasons)
            text.Append("- ").Append(reason).Append('\n');
        return text.Append("\nNext: ").Append(Next).Append("\nOpen: ").Append(Link).Append('\n').ToString();
    }

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
                    Section(string.Join('\n', Figures)),
                    Section(string.Join('\n', Reasons.DefaultIfEmpty("Nothing moved.").Select(one => "• " + one))),
                    Section($"Next: {Next}"),
                    ResultRecord.Of(
                        ("type", "section"),
                        ("text", ResultRecord.Of(("type", "mrkdwn"), ("text", $"<{Link}|Open {LinkTitle}>")))
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
            .. Figures.Select(Block),
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
                    ResultRecord.Of(("type", "Action.OpenUrl"), ("title", $"Open {LinkTitle}"), ("url", Link)),
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
