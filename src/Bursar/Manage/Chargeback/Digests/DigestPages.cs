using System.Text;
using Bursar.Cli;
using Bursar.Core.Time;
using Bursar.Understand.Sources.Outlets;
using Bursar.Web;
using Bursar.Web.Addresses;

namespace Bursar.Manage.Chargeback.Digests;

/// <summary>Digests as a page sets them.</summary>
internal static class DigestPages
{
    /// <summary>"1 of 2 digests is due: digital-weekly, of 5 to 11 October 2026."</summary>
    public static string Lead(IReadOnlyList<DigestLine> lines)
    {
        var due = lines.Where(line => line.State == DigestState.Due).ToList();
        return due.Count == 0
            ? $"{Display.Count(lines.Count, "digest waits", "digests wait")}, each for the data of its next period."
            : $"{due.Count} of {Display.Count(lines.Count, "digest", "digests")} {(due.Count == 1 ? "is" : "are")} due: "
                + string.Join("; ", due.Select(line => $"{line.Digest.Name}, of {Display.Range(line.Period!.Value)}"))
                + ".";
    }

    /// <summary>"weekly, of 5 to 11 October 2026: sent 12 October 2026".</summary>
    public static string Words(DigestLine line) =>
        $"{Cadence(line.Digest)}"
        + (line.Period is { } period ? $", of {Display.Range(period)}: " : ": ")
        + State(line)
        + (line.At is { } at ? " " + Display.Time(at) : "");

    public static FigureTable List(IReadOnlyList<DigestLine> lines, string? asOf) =>
        new(
            "Digests: each is due once the data covers its whole period, and is sent once",
            ["Digest", "Of"],
            [Heading("How often"), Heading("Newest whole period"), Heading("State"), Heading("Sent"), Heading("To")],
            [
                .. lines.Select(line => new FigureRow(
                    [new(line.Digest.Name, Href(line.Digest.Name, asOf)), Whose(line.Digest, asOf)],
                    [
                        Text(Cadence(line.Digest)),
                        Text(line.Period is { } period ? Display.Range(period) : "–"),
                        Text(State(line)),
                        Text(line.At is { } at ? $"{Display.Time(at)}, entry {line.Entry}" : "–"),
                        Text($"{line.Digest.Place()} ({Form(line.Digest)})"),
                    ]
                )),
            ],
            []
        );

    public static FigureTable Sent(IReadOnlyList<SentDigest> sent) =>
        new(
            "What was sent, the newest first",
            ["Digest", "Of"],
            [Heading("Sent"), Heading("To"), Heading("Form"), new("Entry", null)],
            [
                .. sent.Select(one => new FigureRow(
                    [new(one.Fact.Digest), new(Display.Range(new DateRange(one.Fact.From, one.Fact.To)))],
                    [Text(Display.Time(one.At)), Text(one.Fact.Place), Text(one.Fact.Form), new(Display.Count(one.Seq))]
                )),
            ],
            []
        );

    /// <summary>The bytes of the message as they leave the machine.</summary>
    public static string AsSent(DigestMessage message) =>
        Encoding.UTF8.GetString(message.Out().Bytes(message.Digest.WrittenIn()));

    public static string Form(Digest digest) => digest.WrittenIn().ToString().ToLowerInvariant();

    public static string Href(string name, string? asOf) =>
        WebAddress.With(WebAddress.With("/digests", "name", name), "asof", asOf);

    private static FigureCell Whose(Digest digest, string? asOf) =>
        digest.Owner is { } owner
            ? new(owner, WebAddress.With(WebAddress.With("/mine", "owner", owner), "asof", asOf))
            : new(
                digest.Scope ?? "–",
                WebAddress.With(WebAddress.With("/showback", "scope", digest.Scope), "asof", asOf)
            );

    private static string Cadence(Digest digest) => digest.Cadence.ToString().ToLowerInvariant();

    private static string State(DigestLine line) => Choice.KebabCase(line.State.ToString()).Replace('-', ' ');

    private static FigureHeading Heading(string text) => new(text, null);

    private static FigureCell Text(string text) => new(text, Tone: CellTone.Text);
}
