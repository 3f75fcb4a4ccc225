using Bursar.Core.Diagnostics;
using Bursar.Core.Focus;

namespace Bursar.Understand.Ingestion;

/// <summary>What a file's columns say it is.</summary>
/// <param name="Version">The FOCUS release.</param>
/// <param name="Columns">The columns with the ids they are stored under.</param>
/// <param name="Notes">What was detected and why; aliases that were used; mandatory columns that are missing.</param>
internal sealed record DetectedFocus(
    FocusVersion Version,
    IReadOnlyList<FileColumn> Columns,
    IReadOnlyList<string> Notes
);

/// <summary>
/// Finds the FOCUS release of a Cost and Usage file from its column set: files carry no version of their own.
/// </summary>
internal static class FocusDetection
{
    /// <summary>The file is of FOCUS, and holds no charges.</summary>
    public const string OtherDataset = "ingestion/other-dataset";

    private static readonly string[] CostColumns = ["EffectiveCost", "BilledCost", "ListCost", "ContractedCost"];

    private static readonly string[] TimeColumns = ["BillingPeriodStart", "ChargePeriodStart"];

    /// <summary>Whether the columns are those of FOCUS Cost and Usage, or of another FOCUS dataset.</summary>
    public static bool Fits(IReadOnlyList<FileColumn> columns)
    {
        var ids = WithIds(columns, []).Select(column => column.Id).ToHashSet();
        return (CostColumns.Any(ids.Contains) && TimeColumns.Any(ids.Contains)) || ids.Contains("InvoiceDetailGrain");
    }

    /// <exception cref="RefusedException">The file is not FOCUS Cost and Usage; the message says what was missing and
    /// what to try.</exception>
    public static DetectedFocus Of(
        string fileName,
        IReadOnlyList<FileColumn> columns,
        bool isUsage = false,
        bool isJson = false
    )
    {
        var notes = new List<string>();
        var named = WithIds(columns, notes);
        var ids = named.Select(column => column.Id).ToHashSet();
        if (!isUsage || !ids.Contains("ConsumedQuantity") || !TimeColumns.Any(ids.Contains))
            RefuseUnlessCostAndUsage(fileName, ids, columns, isJson);
        var (version, reason) = VersionOf(ids);
        notes.Insert(0, $"FOCUS {version.Number()}: {reason}.");
        if (ids.Contains("BilledCost") && !ids.Contains("EffectiveCost"))
            notes.Add("There is no column EffectiveCost: BilledCost stands for it.");
        NoteMissing(ids, version, notes);
        return new DetectedFocus(version, named, notes);
    }

    /// <summary>
    /// Gives each column its id. Two columns never get the same: exact names come first, then the order of the file.
    /// </summary>
    private static List<FileColumn> WithIds(IReadOnlyList<FileColumn> columns, List<string> notes)
    {
        var taken = columns
            .Select(column => column.Header)
            .Where(FocusColumns.CostAndUsage.ContainsKey)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. columns.Select(column => column with { Id = StoredId(column.Header, taken, notes) })];
    }

    /// <summary>
    /// Today's id for a header: the id itself whatever its case, or the id that an older release's name stands for.
    /// </summary>
    private static string StoredId(string header, HashSet<string> taken, List<string> notes)
    {
        if (FocusColumns.CostAndUsage.ContainsKey(header))
            return header;
        var today =
            FocusColumns.CostAndUsage.Keys.FirstOrDefault(id => id.Equals(header, StringComparison.OrdinalIgnoreCase))
            ?? FocusColumns.Aliases.GetValueOrDefault(header);
        if (today is not null && taken.Add(today))
        {
            notes.Add($"Column {header} is read as {today}.");
            return today;
        }
        if (!ReservedColumns.Contains(header))
        {
            taken.Add(header);
            return header;
        }
        var kept = ReservedColumns.NameFor(header, taken);
        notes.Add($"Column {header} is kept as {kept}: {header} is a name that the books use themselves.");
        return kept;
    }

    /// <summary>
    /// The oldest release that knows all the FOCUS columns there are; without the 1.0–1.3 provider columns, 1.4.
    /// </summary>
    private static (FocusVersion Version, string Reason) VersionOf(HashSet<string> ids)
    {
        var known = ids.Where(FocusColumns.CostAndUsage.ContainsKey)
            .Select(id => FocusColumns.CostAndUsage[id])
            .ToList();
        var newest = known.MaxBy(column => column.Introduced)!;
        var retired = known.Where(column => column.LastIn < FocusVersion.V1_4).Select(column => column.Id).ToList();
        if (newest.Introduced == FocusVersion.V1_3 && retired.Count == 0)
            return (
                FocusVersion.V1_4,
                "has ServiceProviderName and neither ProviderName nor PublisherName, which 1.4 removed"
            );
        if (newest.Introduced == FocusVersion.V1_0)
            return (FocusVersion.V1_0, "has no column that a later release introduced");
        var sameRelease = known
            .Where(column => column.Introduced == newest.Introduced)
            .Select(column => column.Id)
            .Order()
            .Take(3);
        return (newest.Introduced, $"has {string.Join(", ", sameRelease)}, introduced in {newest.Introduced.Number()}");
    }

    private static void NoteMissing(HashSet<string> ids, FocusVersion version, List<string> notes)
    {
        var missing = FocusColumns
            .CostAndUsage.Values.Where(column =>
                column.Level == "Mandatory" && column.IsIn(version) && !ids.Contains(column.Id)
            )
            .Select(column => column.Id)
            .Order()
            .ToList();
        if (missing.Count > 0)
            notes.Add($"Mandatory columns that are not in the file: {string.Join(", ", missing)}.");
    }

    private static void RefuseUnlessCostAndUsage(
        string fileName,
        HashSet<string> ids,
        IReadOnlyList<FileColumn> columns,
        bool isJson
    )
    {
        if (CostColumns.Any(ids.Contains) && TimeColumns.Any(ids.Contains) && !ids.Contains("InvoiceDetailGrain"))
            return;
        var other = FocusColumns
            .All.Where(column => column.Dataset != FocusDataset.CostAndUsage && ids.Contains(column.Id))
            .GroupBy(column => column.Dataset)
            .OrderByDescending(group => group.Count())
            .FirstOrDefault();
        if (
            other is not null
            && other.Count() > ids.Count / 2
            && other.Any(column => !FocusColumns.CostAndUsage.ContainsKey(column.Id))
        )
            throw new RefusedException(
                OtherDataset,
                $"{fileName} is the FOCUS dataset {other.Key}; only Cost and Usage is taken so far.",
                "Deliver the Cost and Usage export of the same source."
            );
        var missing = CostColumns.Any(ids.Contains)
            ? "BillingPeriodStart (or ChargePeriodStart)"
            : "EffectiveCost (or BilledCost)";
        var found = ids.Count == 0 ? "nothing" : string.Join(", ", columns.Select(column => column.Header).Take(6));
        if (isJson)
            throw new RefusedException(
                "ingestion/not-focus",
                $"{fileName} is JSON, and its objects are no charges: no field of them is {missing}. Their fields begin: {found}.",
                "A file that describes others (a manifest, a profile, a schema) is left out: name the export itself. "
                    + $"If it is a bill in another form, `bursar source add {fileName}` proposes how to read it."
            );
        throw new RefusedException(
            "ingestion/not-focus",
            $"{fileName} is not a FOCUS Cost and Usage file: it has no column {missing}. Its header begins: {found}.",
            "Check that the first line is the header and that the file is the provider's FOCUS export, versions 1.0 to 1.4. "
                + $"For any other table, `bursar source add {fileName}` proposes how to read it. "
                + "A file that tells what was used and not what it costs needs a kind: Source with `counts: usage`."
        );
    }
}
