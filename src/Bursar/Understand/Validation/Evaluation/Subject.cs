using Bursar.Core.Focus;
using Bursar.Understand.Ingestion;

namespace Bursar.Understand.Validation.Evaluation;

/// <summary>A file that is judged: its columns under the names it gives them, and what it seems to be.</summary>
/// <param name="File">The file, proved whole.</param>
/// <param name="Layout">Its columns and dialect.</param>
/// <param name="Version">The FOCUS release it is judged by.</param>
/// <param name="Dataset">The FOCUS dataset it is judged as.</param>
internal sealed record Subject(PreparedFile File, FileLayout Layout, FocusVersion Version, FocusDataset Dataset)
{
    /// <summary>The column of exactly this id: FOCUS ids are case-sensitive.</summary>
    public bool Has(string id) => Layout.Columns.Any(column => column.Header == id);

    /// <summary>The column that holds the values of an id, whatever its case; null when there is none.</summary>
    public FileColumn? Find(string id) =>
        Layout.Columns.FirstOrDefault(column => column.Header == id)
        ?? Layout.Columns.FirstOrDefault(column => column.Header.Equals(id, StringComparison.OrdinalIgnoreCase));
}
