using System.Globalization;
using System.Text;
using Bursar.Cli;
using Bursar.Core.Amounts;
using Bursar.Understand.Reporting;
using Bursar.Workspaces;

namespace Bursar.Manage.Audit;

/// <summary>The cover letter of an evidence archive: what is in it, and how to check it.</summary>
internal static class EvidenceText
{
    public static string Of(string commandLine, BooksView view, Explanation explanation)
    {
        var answer = explanation.Answer;
        var text = new StringBuilder();
        Line($"Evidence for a figure of {view.Rulebook.OrganisationName ?? "these books"}");
        Line("");
        Line($"  {commandLine}");
        Line("");
        foreach (var total in answer.Totals)
            Line($"  {answer.Query.Measure}: {Exact(total)}");
        if (view.IsDraft)
            Line("  DRAFT: it rests on rules that nobody has published.");
        foreach (var note in answer.Notes)
            Line($"  {note}");
        Line("");
        var deliveries = explanation.Deliveries.Select(one => one.Booked.Id).Distinct().Count();
        Line(
            $"It rests on {Number(explanation.Rows.Count, "source row")} of {Number(deliveries, "delivery", "deliveries")}, "
                + "on the rules in rules/,"
        );
        Line($"and on the journal to entry {view.State.HeadSeq}, whose hash is");
        Line($"  {view.State.HeadHash}");
        Line("");
        Line("  figure.csv       the answer");
        Line("  figure.json      the answer opened: by delivery, by rule, with what a reader must know");
        Line(
            "  rows.csv         every source row: delivery, provider's file, record in it, what it counts in the figure"
        );
        Line("  deliveries.csv   the provider's files that they came from, with SHA-256 of each as it came");
        Line("  rules/           the rules in force, as they are written");
        Line(
            "  journal.jsonl    who delivered, published and decided what, and when; each entry holds the hash of the one before"
        );
        Line("  SHA256SUMS       the checksums of all of these");
        Line("");
        Line("To check it:");
        Line("  sha256sum -c SHA256SUMS         no file here was changed");
        Line("  bursar audit check FILE.zip     that, and: the journal's chain holds, the rows come to the figure");
        Line($"  bursar verify --head {view.State.HeadHash[..12]}    in the books: they continue this journal");
        Line("To ask the same books again:");
        Line($"  {commandLine} --as-of \"#{view.State.HeadSeq}\"");
        Line("");
        Line($"Written by Bursar {Shell.Version}.");
        return text.ToString();

        void Line(string line) => text.Append(line).Append('\n');
    }

    private static string Exact(Money money) => $"{money.Amount} {money.Currency}";

    private static string Number(long count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many ?? one + "s")}");
}
