using System.CommandLine;
using System.Globalization;
using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Core.Diagnostics;
using Bursar.Rulebooks;
using Bursar.Understand.Allocation.Items;

namespace Bursar.Understand.Inventory;

/// <summary><c>bursar organisation</c>.</summary>
internal static class OrganisationCli
{
    private static readonly ResultColumn[] Columns =
    [
        new("list", ColumnKind.Whole),
        new("units", ColumnKind.Figure, Decimals: 0),
        new("today", ColumnKind.Figure, "Hold today", Decimals: 0),
        new("lastChange", ColumnKind.Whole, "Last change"),
    ];

    public static ShellCommand Create(Shell shell) =>
        new ShellCommand(shell, "organisation", "What the rulebook knows of the organisation, and when it last changed")
        {
            Import(shell),
        }
            .OnlyNow()
            .WithFormat()
            .WithExample("bursar organisation", "Cost centres, applications, owners, configuration items")
            .Runs(run =>
            {
                var (rulebook, diagnostics) = Rulebook.LoadFolder(run.Door.Rulebook, run.Door.Rulebook);
                var code = run.Report(diagnostics.Where(found => found.Severity == Severity.Error));
                var today = DateOnly.FromDateTime(run.Io.Clock.GetUtcNow().UtcDateTime);
                var lists = rulebook
                    .All<Organisation>()
                    .SelectMany(organisation => organisation.Lists)
                    .GroupBy(list => list.List)
                    .Select(same => Row(same.Key, [.. same.SelectMany(list => list.Units)], unit => unit.Id, today));
                var items = rulebook
                    .All<ConfigurationItems>()
                    .Select(document => Row(document.Name, document.AllIn(rulebook), item => item.Id, today));
                run.Print(
                    new ResultTable(Columns, [.. lists, .. items])
                    {
                        WhenEmpty = "The rulebook has no kind: Organisation. `bursar init` starts one.",
                    }
                );
                if (rulebook.All<Organisation>().All(one => one.Lists.All(list => list.Units.Count == 0)))
                    run.Note(
                        "No list has a name yet. Write them into rulebook/organisation.yaml; `bursar organisation import FILE` takes a register."
                    );
                return code;
            });

    private static ShellCommand Import(Shell shell)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "csv or json, as a CMDB, a service registry or an application portfolio exports it",
        };
        var name = new Option<string>("--name")
        {
            Description = "How the document and its file are called (default: cmdb)",
            HelpName = "NAME",
            DefaultValueFactory = _ => "cmdb",
        };
        var map = new Option<string?>("--map")
        {
            Description = "Columns whose headings are not recognised: resource=u_cloud_id,owner=u_lead",
            HelpName = "COLUMNS",
        };
        var from = new Option<string?>("--from")
        {
            Description = "The day from which changes hold (default: today)",
            HelpName = "DAY",
        };
        var partial = new Option<bool>("--partial") { Description = "What is not in the file goes on as it was" };
        return new ShellCommand(shell, "import", "Take a register's items into the rulebook, keeping what held before")
        {
            file,
            name,
            map,
            from,
            partial,
        }
            .OnlyNow()
            .WithExample("bursar organisation import cmdb_ci.csv", "Makes cmdb.yaml and cmdb.csv in the rulebook")
            .WithExample(
                "bursar organisation import servers.csv --name servers --map resource=u_cloud_id",
                "A second register, with a heading of its own"
            )
            .Runs(run =>
            {
                var (written, findings) = new ImportItems(run.Door.Rulebook).Import(
                    run.Get(file)!,
                    NameOf(run.Get(name)!),
                    MapOf(run.Get(map)),
                    TimeText.Day(run.Get(from)) ?? DateOnly.FromDateTime(run.Io.Clock.GetUtcNow().UtcDateTime),
                    run.Get(partial)
                );
                if (written is null)
                    return run.Report(findings);
                run.Io.Out.WriteLine(written.Yaml);
                run.Io.Out.WriteLine(written.Csv);
                run.Note(
                    $"{written.Items} items read: {written.New} new, {written.Changed} changed, {written.Ended} ended. "
                        + "They count from the next `bursar publish` on."
                );
                return ExitCode.Fine;
            });
    }

    private static string NameOf(string name) =>
        name.Length > 0 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
            ? name
            : throw Wrong(
                "organisation/bad-name",
                $"\"{name}\" cannot be the name of a document and its file.",
                "Use letters, digits, dash and underscore."
            );

    private static Dictionary<string, string> MapOf(string? text)
    {
        var map = new Dictionary<string, string>();
        foreach (
            var part in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        )
        {
            var pair = part.Split('=', 2, StringSplitOptions.TrimEntries);
            if (pair is not [var column, { Length: > 0 } heading] || !ItemColumns.Names.Contains(column))
                throw Wrong(
                    "organisation/bad-map",
                    $"\"{part}\" maps no column.",
                    $"Write COLUMN=HEADING; columns are {string.Join(", ", ItemColumns.Names)}."
                );
            map[column] = heading;
        }
        return map;
    }

    private static RefusedException Wrong(string code, string message, string remedy) =>
        new(code, message, remedy, ExitCode.WrongUsage);

    private static IReadOnlyList<object?> Row<T>(
        string list,
        IReadOnlyList<T> units,
        Func<T, string> id,
        DateOnly today
    )
        where T : IEffectiveDated =>
        [
            list,
            units.Select(id).Distinct().Count(),
            units.Where(unit => unit.HoldsOn(today)).Select(id).Distinct().Count(),
            units
                .SelectMany(unit => new[] { unit.From, unit.To })
                .OfType<DateOnly>()
                .Where(day => day <= today)
                .Select(day => (DateOnly?)day)
                .Max()
                ?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ];
}
