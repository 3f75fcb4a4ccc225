using Bursar.Cli;
using Bursar.Cli.Help;
using Bursar.Cli.Output;
using Bursar.Understand.Validation.Evaluation;

namespace Bursar.Understand.Validation.Output;

/// <summary>Prints how files came out.</summary>
internal static class PrintReports
{
    public static void Print(ShellRun run, IReadOnlyList<ConformanceReport> reports)
    {
        switch (run.Door.Format)
        {
            case OutputFormat.Json:
                run.Print(
                    reports.Count == 1
                        ? Record(reports[0])
                        : ResultRecord.Of(
                            (
                                "files",
                                reports.Select(report => new ResultRecord([
                                    new("file", report.File),
                                    .. Record(report).Fields,
                                ]))
                            )
                        )
                );
                break;
            case OutputFormat.Csv:
                run.Print(Lines(reports));
                break;
            default:
                foreach (var report in reports)
                    PrintTable(run, report);
                break;
        }
    }

    public static ResultRecord Record(ConformanceReport report) =>
        ResultRecord.Of(
            ("focusVersion", report.FocusVersion),
            ("dataset", report.Dataset),
            (
                "rules",
                report.Evaluation.Results.Select(result =>
                    ResultRecord.Of(
                        ("id", result.Rule.Id),
                        ("status", Status(result)),
                        ("keyword", result.Rule.Keyword),
                        ("violations", result.Violations),
                        ("firstRows", result.FirstRows.Select(Row))
                    )
                )
            )
        );

    private static ResultRecord Row(FoundRow row) =>
        ResultRecord.Of(
            ("row", row.Row),
            (
                "values",
                new ResultRecord([.. row.Values.Select(pair => KeyValuePair.Create(pair.Key, (object?)pair.Value))])
            )
        );

    private static string Status(RuleResult result) => result.Status.ToString().ToLowerInvariant();

    private static ResultTable Lines(IReadOnlyList<ConformanceReport> reports) =>
        new(
            [
                new("file"),
                new("focusVersion"),
                new("dataset"),
                new("id"),
                new("status"),
                new("keyword"),
                new("violations", ColumnKind.Figure),
                new("expected"),
                new("reason"),
            ],
            [
                .. from report in reports
                from result in report.Evaluation.Results
                select (IReadOnlyList<object?>)
                    [
                        report.File,
                        report.FocusVersion,
                        report.Dataset,
                        result.Rule.Id,
                        Status(result),
                        result.Rule.Keyword,
                        result.Violations,
                        SayCheck.Expected(result.Rule),
                        result.Reason,
                    ],
            ]
        );

    /// <summary>For people: what is broken, worst first, each rule a paragraph; then the sum of it.</summary>
    private static void PrintTable(ShellRun run, ConformanceReport report)
    {
        var (output, width) = (run.Io.Out, run.Io.Width);
        Say(SayReport.Title(report), indent: 0);
        output.WriteLine();
        foreach (var finding in report.Findings)
        {
            var name = $"{finding.Rule.Keyword, -12}{finding.Rule.Id}";
            var broken = SayReport.Violations(finding);
            output.WriteLine(name + broken.PadLeft(Math.Max(width - name.Length, broken.Length + 2)));
            Say(SayCheck.Expected(finding.Rule), indent: 2);
            foreach (var row in SayReport.FirstRows(finding))
                Say(row, indent: 4);
            Say($"{SayReport.Affected(finding)} {SayMeaning.Of(finding)}".Trim(), indent: 2);
            output.WriteLine();
        }
        Say(SayReport.Summary(report), indent: 0);
        Say(SayReport.Features(report), indent: 0);

        void Say(string text, int indent)
        {
            foreach (var line in HelpText.Wrap(text, width - indent))
                output.WriteLine(new string(' ', indent) + line);
        }
    }
}
