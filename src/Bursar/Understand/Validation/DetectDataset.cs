using Bursar.Core.Diagnostics;
using Bursar.Core.Focus;
using Bursar.Understand.Ingestion;

namespace Bursar.Understand.Validation;

/// <summary>What a file is judged as.</summary>
/// <param name="Version">The release.</param>
/// <param name="Dataset">The dataset.</param>
/// <param name="Reason">How the release was found; empty when it was given.</param>
internal sealed record DetectedDataset(FocusVersion Version, FocusDataset Dataset, string Reason);

/// <summary>Finds the dataset and release of a file from its columns, unless they are given.</summary>
internal static class DetectDataset
{
    private static readonly ILookup<FocusDataset, FocusColumn> Columns = FocusColumns.All.ToLookup(column =>
        column.Dataset
    );

    /// <exception cref="RefusedException">No column is of FOCUS, or the release has no such dataset.</exception>
    public static DetectedDataset Of(
        PreparedFile prepared,
        FileLayout layout,
        FocusVersion? version,
        FocusDataset? dataset
    )
    {
        var file = prepared.File.Name;
        var headers = layout.Columns.Select(column => column.Header).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var (found, known) = Enum.GetValues<FocusDataset>()
            .Where(one => dataset is null || one == dataset)
            .Select(one => (one, Known: Columns[one].Where(column => headers.Contains(column.Id)).ToList()))
            .MaxBy(one => one.Known.Count);
        if (known.Count == 0 && prepared.IsJson)
            throw new RefusedException(
                "validate/not-focus",
                $"{file} is JSON, and none of its fields is a column of FOCUS; they begin: "
                    + $"{string.Join(", ", layout.Columns.Take(6).Select(column => column.Header))}.",
                "Name the provider's FOCUS export itself (csv, csv.gz or parquet). A manifest, profile or schema beside it is not judged; "
                    + "an official requirements model goes behind --model."
            );
        if (known.Count == 0)
            throw new RefusedException(
                "validate/not-focus",
                $"{file} has no column of FOCUS {dataset?.ToString() ?? "datasets"}; its header begins: "
                    + $"{string.Join(", ", layout.Columns.Take(6).Select(column => column.Header))}.",
                "Check that the first line is the header, and that the file is the provider's FOCUS export."
            );
        var first = Columns[found].Min(column => column.Introduced);
        if (version is { } given)
            return given >= first
                ? new DetectedDataset(given, found, "")
                : throw new RefusedException(
                    "validate/no-such-dataset",
                    $"FOCUS {given.Number()} has no dataset {found}; it begins with {first.Number()}.",
                    $"Say --focus {first.Number()} or later, or leave it out.",
                    exitCode: 2
                );
        var newest = known.MaxBy(column => column.Introduced)!;
        if (
            found == FocusDataset.CostAndUsage
            && newest.Introduced == FocusVersion.V1_3
            && known.TrueForAll(column => column.LastIn == FocusVersion.V1_4)
        )
            return new DetectedDataset(FocusVersion.V1_4, found, "it has no column that 1.4 removed");
        return new DetectedDataset(
            newest.Introduced,
            found,
            newest.Introduced == first ? "it has no column that a later release introduced" : $"it has {newest.Id}"
        );
    }
}
