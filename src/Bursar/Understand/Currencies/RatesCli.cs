using System.CommandLine;
using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Core.Diagnostics;
using Bursar.Rulebooks;

namespace Bursar.Understand.Currencies;

/// <summary><c>bursar rates</c>.</summary>
internal static class RatesCli
{
    private static readonly ResultColumn[] Columns =
    [
        new("name", ColumnKind.Whole),
        new("use", ColumnKind.Whole),
        new("base", ColumnKind.Whole),
        new("currencies"),
        new("from", ColumnKind.Whole),
        new("to", ColumnKind.Whole),
        new("source"),
    ];

    public static ShellCommand Create(Shell shell) =>
        new ShellCommand(shell, "rates", "The exchange rates of the rulebook, and the days they reach")
        {
            Import(shell),
        }
            .OnlyNow()
            .WithFormat()
            .WithExample("bursar rates", "Which rates there are: actual and plan, by source")
            .Runs(run =>
            {
                var (rulebook, diagnostics) = Rulebook.LoadFolder(run.Door.Rulebook, run.Door.Rulebook);
                var code = run.Report(diagnostics.Where(found => found.Severity == Severity.Error));
                var documents = rulebook.All<ExchangeRates>().ToList();
                run.Print(new ResultTable(Columns, [.. documents.Select(document => Row(document, rulebook))]));
                if (documents.Count == 0)
                    run.Note("The rulebook has no kind: ExchangeRates. `bursar rates import FILE` makes one.");
                return code;
            });

    private static ShellCommand Import(Shell shell)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "eurofxref-hist.csv or eurofxref.csv as the bank publishes it, or the zip of either",
        };
        var name = new Option<string>("--name")
        {
            Description = "How the document and its file are called (default: ecb)",
            HelpName = "NAME",
            DefaultValueFactory = _ => "ecb",
        };
        var currencies = new Option<string?>("--currencies")
        {
            Description = "Only these, comma between them: USD,GBP",
            HelpName = "CODES",
        };
        var from = new Option<string?>("--from")
        {
            Description = "Only from this day on: 2024-01-01",
            HelpName = "DAY",
        };
        return new ShellCommand(shell, "import", "Take the European Central Bank's rates into the rulebook")
        {
            file,
            name,
            currencies,
            from,
        }
            .OnlyNow()
            .WithExample(
                "bursar rates import eurofxref-hist.zip --currencies USD,GBP,INR --from 2025-01-01",
                "Makes ecb.yaml and ecb.csv in the rulebook, or adds the days that are new"
            )
            .Runs(run =>
            {
                var codes = (run.Get(currencies) ?? "")
                    .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                    .Select(code => code.ToUpperInvariant())
                    .ToHashSet();
                var (written, findings) = new ImportRates(run.Door.Rulebook).Import(
                    run.Get(file)!,
                    NameOf(run.Get(name)!),
                    codes,
                    run.Get(from) is { } day ? DayOf(day) : null
                );
                if (written is null)
                    return run.Report(findings);
                run.Io.Out.WriteLine(written.Yaml);
                run.Io.Out.WriteLine(written.Csv);
                run.Note(
                    $"{written.Days} days have rates, {written.NewDays} of them new"
                        + (written.Changed > 0 ? $"; {written.Changed} earlier rates were changed." : ".")
                        + " They count from the next `bursar publish` on."
                );
                return ExitCode.Fine;
            });
    }

    private static string NameOf(string name) =>
        name.Length > 0 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
            ? name
            : throw new RefusedException(
                "rates/bad-name",
                $"\"{name}\" cannot be the name of a document and its file.",
                "Use letters, digits, dash and underscore.",
                ExitCode.WrongUsage
            );

    private static DateOnly DayOf(string text) =>
        RateTable.Day(text)
        ?? throw new RefusedException(
            "rates/bad-day",
            $"\"{text}\" is no day.",
            "Write year-month-day: 2024-01-01.",
            ExitCode.WrongUsage
        );

    private static IReadOnlyList<object?> Row(ExchangeRates document, Rulebook rulebook)
    {
        var file = rulebook.Files.FirstOrDefault(file => file.Path == document.File);
        var rates = RateTable.Of(document, file is null ? null : new YamlFile(file.Path, file.Text), new Findings());
        var last = rates.Count == 0 ? (DateOnly?)null : rates.Max(rate => rate.Date).AddDays(document.MaxAgeDays - 1);
        return
        [
            document.Name,
            document.Use.ToString().ToLowerInvariant(),
            document.Base,
            string.Join(' ', rates.Select(rate => rate.Currency).Distinct().Order(StringComparer.Ordinal)),
            rates.Count == 0 ? null : rates.Min(rate => rate.Date).ToString("yyyy-MM-dd"),
            last?.ToString("yyyy-MM-dd"),
            document.Source,
        ];
    }
}
