using System.CommandLine;
using System.Globalization;
using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Reporting.WhatIf;

/// <summary><c>bursar diff</c>.</summary>
internal static class DiffCli
{
    /// <summary>How a change is printed.</summary>
    private enum Form
    {
        Table,
        Json,
        Csv,
        Markdown,
    }

    private const int TopUsual = 10;

    public static ShellCommand Create(Shell shell)
    {
        var old = Side("OLD", NamedRules.Published, "Rules as they are: a folder, published, working, #12 or a hash");
        var @new = Side("NEW", NamedRules.Working, "Rules as they would be: the same");
        var period = new Option<string?>("--period")
        {
            Description = "A month, 2026-08, or a range, 2026-07..2026-09 (default: the newest whole month)",
            HelpName = "TIME",
        };
        var by = new Option<string[]>("--by")
        {
            Description = "Who gains and loses: shared fields, comma between them (default: x_CostCentre)",
            HelpName = "FIELDS",
        };
        var measure = Choice.Option("--measure", "Which cost", CostMeasure.EffectiveCost, verbatim: true);
        var allocation = Choice.Option(
            "--allocation",
            "direct: where charges are; distributed: shared costs with those who use them",
            CostAllocation.Direct
        );
        var top = new Option<int>("--top")
        {
            Description = $"So many rows of a table for people; the others as one (default: {TopUsual})",
            HelpName = "N",
            DefaultValueFactory = _ => TopUsual,
        };
        var fail = new Option<bool>("--fail-on-change") { Description = "Exit code 1 when anything moves" };
        var limit = new Option<string?>("--limit")
        {
            Description = "Exit code 1 when more than this moves, in any currency",
            HelpName = "AMOUNT",
        };
        var format = Choice.Option("--format", "How to print the result", Form.Table);
        var lens = new LensOptions();
        var command = new ShellCommand(
            shell,
            "diff",
            "What a change of rules moves: who gains, who loses, by which rule, before it is published"
        )
        {
            Remarks =
                "Both rulebooks read the same deliveries; a working copy, a folder or a hash as if it held for the charges of "
                + "all days. Nothing in the books changes, and the differences sum to zero.",
        };
        foreach (var side in new[] { old, @new })
            command.Arguments.Add(side);
        foreach (var option in new Option[] { period, by, measure, allocation })
            command.Options.Add(option);
        foreach (var option in lens.OfCurrency.Concat([top, fail, limit, format]))
            command.Options.Add(option);
        return command
            .WithExample("bursar diff", "What publishing the working copy would move")
            .WithExample("bursar diff --format markdown", "The same, to put into a pull request")
            .WithExample("bursar diff \"#12\" published --period 2026-01..2026-06", "What has changed since entry 12")
            .WithExample("bursar diff published proposal --by x_Product --limit 10000", "In a pipeline")
            .Runs(
                (run, cancel) =>
                {
                    var most = Limit(run.Get(limit));
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var (before, after) = (Named(run.Get(old)!), Named(run.Get(@new)!));
                    if (run.TellIfEmpty(after.View))
                        return Task.FromResult(ExitCode.Fine);
                    var question = new ChangeQuestion(ChangeQuestion.Period(run.Get(period), after.View))
                    {
                        By = ChangeQuestion.Fields(run.Get(by) ?? []),
                        Measure = ChangeQuestion.Cost(run.Get(measure)),
                        Allocation = run.Get(allocation),
                        Conversion = lens.Read(run).Conversion,
                    };
                    var change = new CompareRulebooks(before, after).Of(question, cancel);
                    Print(run, change, run.Get(format), Math.Max(1, run.Get(top)));
                    return Task.FromResult(Code(run, change, run.Get(fail), most));

                    NamedRules Named(string name) => NamedRules.Of(workspace, name, run.Door.AsOf, folders: true);
                }
            );
    }

    private static void Print(ShellRun run, RulebookChange change, Form form, int top)
    {
        switch (form)
        {
            case Form.Json:
                ResultPrinter.Print(ChangeTables.Record(change), OutputFormat.Json, run.Io);
                break;
            case Form.Csv:
                ResultPrinter.Print(ChangeTables.Groups(change), OutputFormat.Csv, run.Io);
                break;
            case Form.Markdown:
                ChangeMarkdown.Write(change, top, run.Io.Out);
                break;
            default:
                foreach (var sentence in ChangeWords.Sentences(change))
                    run.Io.Out.WriteLine(sentence);
                if (change.Currencies.Count == 0)
                    run.Io.Out.WriteLine("There is no cost in this period.");
                if (change.IsAny)
                {
                    run.Io.Out.WriteLine();
                    run.Print(ChangeTables.Groups(change, top));
                    run.Io.Out.WriteLine();
                    run.Print(ChangeTables.Rules(change, top));
                }
                break;
        }
        if (form == Form.Markdown)
            return;
        foreach (var note in change.Notes)
            run.Note(note);
    }

    private static int Code(ShellRun run, RulebookChange change, bool fails, Amount? most)
    {
        var over = change.Currencies.Where(one => one.Moved > most).ToList();
        foreach (var one in over)
            run.Warn(
                $"{ChangeWords.Money(one.Moved, one.Currency)} {one.Currency} moves, more than the limit of {ChangeWords.Money(most!.Value, one.Currency)}."
            );
        return over.Count > 0 || (fails && change.IsAny) ? ExitCode.Findings : ExitCode.Fine;
    }

    private static Amount? Limit(string? text) =>
        text is null ? null
        : decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? Amount.From(number)
        : throw new RefusedException(
            "diff/bad-limit",
            $"\"{text}\" is no amount for --limit.",
            "Write a number without separators: --limit 10000.",
            ExitCode.WrongUsage
        );

    private static Argument<string> Side(string name, string usual, string description) =>
        new(name)
        {
            Description = $"{description} (default: {usual})",
            Arity = ArgumentArity.ZeroOrOne,
            DefaultValueFactory = _ => usual,
        };
}
