using Bursar.Cli;
using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Core.Focus;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Exports;

/// <summary>A file of charges as it was written.</summary>
/// <param name="Version">The FOCUS release of its columns.</param>
/// <param name="Sums">What it sums to, by currency: read from the file, and equal to the books.</param>
/// <param name="Notes">What a reader of the file must know: estimates, rows in quarantine.</param>
internal sealed record WrittenFocus(
    FocusVersion Version,
    IReadOnlyList<WrittenCharges> Sums,
    IReadOnlyList<string> Notes
);

/// <summary>
/// Takes charges out of the books as a FOCUS Cost and Usage dataset, with what allocation says of each in x_ columns.
/// Nothing is kept back: what Bursar knows of a charge can be taken elsewhere.
/// </summary>
internal sealed class WriteFocus(BooksView view)
{
    /// <summary>Writes the charges of whole billing periods that fit the conditions, and proves the file.</summary>
    /// <param name="asked">Conditions and billing periods; its measure, grain and groups make no difference.</param>
    /// <param name="version">The release whose columns are written.</param>
    /// <param name="path">The file: .csv, .csv.gz or .parquet; one that is there is written over.</param>
    /// <param name="cancel">Ends the work; no file is left.</param>
    /// <exception cref="RefusedException">There is nothing to write, or it cannot be written there.</exception>
    public WrittenFocus Write(CostQuery asked, FocusVersion version, string path, CancellationToken cancel)
    {
        var format = FormatOf(path);
        RequireWholeMonths(asked);
        var star = view.Star(cancel);
        var query = AskCost.Resolve(
            new CostQuery
            {
                Where = asked.Where,
                From = asked.From,
                To = asked.To,
                Time = TimeBasis.Billing,
            },
            star.Columns,
            []
        );
        var effective = new AskCosts(view).Answer(query, cancel);
        var billed = new AskCosts(view).Answer(query with { Measure = CostMeasure.BilledCost }, cancel);
        using var session = view.Engine.Connect();
        var files = ListRows.Files(
            view,
            view.Deliveries.Select(booked => (string?)booked.Id).ToHashSet(),
            session,
            cancel
        );
        var charges = files.Select(file => file.Charges).Where(file => IsIn(query, file.PeriodStart)).ToList();
        if (charges.Count == 0)
            throw new RefusedException(
                "export/no-charges",
                "There are no charges in these billing periods.",
                "`bursar deliveries` shows which months the books hold."
            );
        var staged = $"{path}.{Guid.NewGuid():n}";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            var sums = ExportCharges.Write(query, star, charges, version, staged, format, session, cancel);
            RequireSame(CostMeasure.BilledCost, billed.Totals, sums.Select(sum => new Money(sum.Billed, sum.Currency)));
            RequireSame(
                CostMeasure.EffectiveCost,
                effective.Totals,
                sums.Select(sum => new Money(sum.Effective, sum.Currency))
            );
            File.Move(staged, path, overwrite: true);
            return new WrittenFocus(version, sums, [.. effective.Notes.Concat(billed.Notes).Distinct()]);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException(
                "export/cannot-write",
                $"{path} cannot be written: {cause.Message}",
                "Name a file in a folder that you may write to, on a disk with room."
            );
        }
        finally
        {
            if (File.Exists(staged))
                File.Delete(staged);
        }
    }

    /// <summary>The form that a file's name says.</summary>
    /// <exception cref="RefusedException">It says none.</exception>
    public static ChargesFormat FormatOf(string path) =>
        path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase) ? ChargesFormat.Parquet
        : path.EndsWith(".csv.gz", StringComparison.OrdinalIgnoreCase) ? ChargesFormat.CsvGz
        : path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? ChargesFormat.Csv
        : throw new RefusedException(
            "export/unknown-form",
            $"\"{path}\" says no form to write.",
            "Name a file that ends on .csv, .csv.gz or .parquet.",
            ExitCode.WrongUsage
        );

    private static bool IsIn(CostQuery query, DateOnly period) => !(period < query.From) && !(period >= query.To);

    /// <summary>A charge is exported whole, with the billing period that it is in.</summary>
    private static void RequireWholeMonths(CostQuery asked)
    {
        if (asked.From is { Day: not 1 } || asked.To is { Day: not 1 })
            throw new RefusedException(
                "export/part-of-a-month",
                "Charges are exported whole, by billing period.",
                "Give --from and --to as months: --from 2026-09 --to 2026-09.",
                ExitCode.WrongUsage
            );
    }

    private static void RequireSame(CostMeasure measure, IReadOnlyList<Money> books, IEnumerable<Money> file)
    {
        var written = file.ToDictionary(sum => sum.Currency.Code, sum => sum.Amount);
        foreach (var code in books.Select(total => total.Currency.Code).Union(written.Keys))
        {
            var expected = books.FirstOrDefault(total => total.Currency.Code == code).Amount;
            var found = written.GetValueOrDefault(code);
            if (expected != found)
                throw new InvalidOperationException(
                    $"The file has {measure} {found} {code}, the books have {expected}."
                );
        }
    }
}
