using System.CommandLine;
using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Core.Diagnostics;
using Bursar.Workspaces;

namespace Bursar.Understand.Records;

/// <summary><c>bursar records</c>.</summary>
internal static class RecordsCli
{
    private static readonly ResultColumn[] Columns =
    [
        new("kind", ColumnKind.Whole),
        new("records", ColumnKind.Figure),
        new("deliveries", ColumnKind.Figure),
        new("what"),
    ];

    public static ShellCommand Create(Shell shell)
    {
        var kind = new Argument<string?>("KIND")
        {
            Description = "The records of one kind, field by field",
            Arity = ArgumentArity.ZeroOrOne,
        };
        return new ShellCommand(shell, "records", "What finance knows: invoices, ledger, orders, assets, contracts")
        {
            kind,
            Import(shell),
        }
            .WithFormat()
            .WithExample("bursar records", "Which kinds there are, and how many of each")
            .WithExample("bursar records ledger --format csv", "The journal lines as they count")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var find = new FindRecords(workspace.View(run.Door.AsOf, run.Door.Draft));
                    run.Print(run.Get(kind) is { } named ? One(find, named, cancel) : List(find, cancel));
                    if (RecordKinds.All.All(one => find.Deliveries(one).Count == 0))
                        run.Note("No record is here yet. `bursar records import FILE` takes them.");
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    private static ResultTable List(FindRecords find, CancellationToken cancel) =>
        new(
            Columns,
            [
                .. RecordKinds.All.Select(kind =>
                    (IReadOnlyList<object?>)
                        [kind.Name, find.Of(kind.Name, cancel).Count, find.Deliveries(kind).Count, kind.Title]
                ),
            ]
        );

    private static ResultTable One(FindRecords find, string name, CancellationToken cancel)
    {
        var kind = RecordKinds.Named(name);
        var records = find.Of(kind.Name, cancel);
        var known = kind.Fields.Select(field => field.Name).ToList();
        var shown = records.SelectMany(record => record.Values.Keys).Distinct().ToList();
        var fields = known.Where(shown.Contains).Concat(shown.Except(known).Order(StringComparer.Ordinal)).ToList();
        var amounts = kind.Fields.Where(field => field.Type == FieldType.Amount).Select(field => field.Name).ToList();
        return new ResultTable(
            [
                .. fields.Select(field => new ResultColumn(
                    field,
                    amounts.Contains(field) ? ColumnKind.Figure : ColumnKind.Text
                )),
            ],
            [
                .. records.Select(record =>
                    (IReadOnlyList<object?>)
                        [
                            .. fields.Select(field =>
                                amounts.Contains(field) ? (object?)record.Amount(field) : record.Text(field)
                            ),
                        ]
                ),
            ]
        )
        {
            WhenEmpty =
                $"There are no {kind.Name} in the books. `bursar records import FILE --as {kind.Name}` takes them.",
        };
    }

    private static ShellCommand Import(Shell shell)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "csv, json or xlsx files, folders or globs",
            Arity = ArgumentArity.OneOrMore,
        };
        var kind = new Option<string?>("--as")
        {
            Description =
                $"What they are: {string.Join(", ", RecordKinds.All.Select(one => one.Name))} (default: as the header says)",
            HelpName = "KIND",
        };
        var map = Pairs("--map", "The column that holds a field, where its heading does not say", "FIELD=HEADING");
        var set = Pairs("--set", "One value for a field of all records", "FIELD=VALUE");
        var days = Choice.OptionalOption<DayOrder>("--days", "How days with slashes are written");
        return new ShellCommand(shell, "import", "Take records into the books; they never add to cost")
        {
            files,
            kind,
            map,
            set,
            days,
        }
            .OnlyNow()
            .WithExample("bursar records import ap-2026-03.csv", "Supplier invoices from accounts payable")
            .WithExample(
                "bursar records import gl.csv --as ledger --map \"Account=Kostenart\" --set Currency=EUR",
                "Journal lines under headings of their own"
            )
            .Runs(
                (run, cancel) =>
                {
                    var choices = new ReadingChoices
                    {
                        Kind = run.Get(kind) is { } named ? RecordKinds.Named(named) : null,
                        Columns = ReadPairs(run.Get(map), "--map FIELD=HEADING"),
                        Constants = ReadPairs(run.Get(set), "--set FIELD=VALUE"),
                        Days = run.Get(days),
                    };
                    using var workspace = Workspace.Create(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var report = new ImportRecords(workspace).Import(run.Get(files)!, choices, cancel);
                    foreach (var file in report.Files)
                        run.Note(Sentence(file));
                    return Task.FromResult(run.Report(report.Mistakes));
                }
            );
    }

    /// <summary>"12 invoices of ap.csv are in the books as records-invoices-2026-03-…".</summary>
    internal static string Sentence(ImportedFile file) =>
        file.IsNew
            ? $"{file.File}: {file.Records} records of {file.Kind.Name} are in the books as {file.Delivery}."
            : $"Nothing to do for {file.File}: {file.Delivery} holds these records already.";

    private static Option<string[]> Pairs(string name, string description, string help) =>
        new(name) { Description = description, HelpName = help };

    private static Dictionary<string, string> ReadPairs(string[]? texts, string form)
    {
        var pairs = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var text in texts ?? [])
        {
            var cut = text.IndexOf('=', StringComparison.Ordinal);
            if (cut < 1)
                throw new RefusedException(
                    "records/bad-pair",
                    $"\"{text}\" has no \"=\" between a field and what it is.",
                    $"Write {form}.",
                    ExitCode.WrongUsage
                );
            pairs[text[..cut].Trim()] = text[(cut + 1)..].Trim();
        }
        return pairs;
    }
}
