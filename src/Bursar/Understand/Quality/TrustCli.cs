using System.CommandLine;
using System.Globalization;
using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Workspaces;

namespace Bursar.Understand.Quality;

/// <summary><c>bursar trust</c>.</summary>
internal static class TrustCli
{
    public static ShellCommand Create(Shell shell)
    {
        var scope = new Option<string?>("--scope")
        {
            Description = "Only this scope of the rulebook, with its parts",
            HelpName = "NAME",
        };
        var month = TimeText.MonthOption("The month whose figures are judged");
        return new ShellCommand(shell, "trust", "How far figures can be trusted, by scope, and why") { scope, month }
            .WithFormat()
            .WithExample("bursar trust", "All cost, its parts, and every scope of the rulebook")
            .WithExample("bursar trust --month 2026-09 --format json", "September, every part to the last digit")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft);
                    var period = ReviewQuality.Month(view, run.Get(month));
                    var score = new ScoreTrust(view);
                    var scores = run.Get(scope) is { } name
                        ? [score.OfScope(name, period, cancel)]
                        : score.All(period, cancel);
                    run.Print(
                        run.Door.Format == OutputFormat.Table
                            ? ForPeople(scores)
                            : ResultRecord.Of(("scores", scores.Select(QualityRecords.Of)))
                    );
                    foreach (var caveat in scores[0].Caveats)
                        run.Note(caveat);
                    run.TellIfDraft(view.IsDraft);
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    /// <summary>"82 of 100, of 3 of 4 parts".</summary>
    public static string Score(TrustScore score) =>
        score.Score is not { } known
            ? "not measured"
            : Points(known)
                + " of 100"
                + (score.Measured == score.Parts.Count ? "" : $", of {score.Measured} of {score.Parts.Count} parts");

    public static string Points(decimal score) =>
        decimal.Round(score * 100, 0, MidpointRounding.AwayFromZero).ToString(CultureInfo.InvariantCulture);

    private static ResultRecord ForPeople(IReadOnlyList<TrustScore> scores)
    {
        var first = scores[0];
        return ResultRecord.Of(
            ("scope", first.Scope ?? "all cost"),
            ("month", first.Month.ToString()),
            ("cost", first.Cost),
            ("trust", Score(first)),
            ("dataAsOf", first.DataAsOf),
            (
                "parts",
                new ResultTable(
                    [new("part"), new("score", ColumnKind.Figure), new("weight", ColumnKind.Figure), new("basis")],
                    [
                        .. first.Parts.Select(part =>
                            (IReadOnlyList<object?>)
                                [part.Name, part.Score is { } known ? Points(known) : "–", part.Weight, part.Sentence]
                        ),
                    ]
                )
            ),
            (
                "scopes",
                new ResultTable(
                    [
                        new("scope"),
                        new("cost", ColumnKind.Figure),
                        new("trust", ColumnKind.Figure),
                        .. first.Parts.Select(part => new ResultColumn(part.Name, ColumnKind.Figure, Spare: true)),
                    ],
                    [
                        .. scores
                            .Skip(1)
                            .Select(score =>
                                (IReadOnlyList<object?>)
                                    [
                                        score.Scope,
                                        score.Cost,
                                        score.Score is { } known ? Points(known) : "–",
                                        .. score.Parts.Select(part =>
                                            (object?)(part.Score is { } one ? Points(one) : "–")
                                        ),
                                    ]
                            ),
                    ]
                )
            )
        );
    }
}
