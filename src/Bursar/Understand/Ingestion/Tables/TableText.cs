using System.Text;

namespace Bursar.Understand.Ingestion.Tables;

/// <summary>Writes cells as the CSV text that the engine reads.</summary>
internal sealed class TableText(string path) : IDisposable
{
    private readonly StreamWriter writer = new(path, append: false, new UTF8Encoding(false));

    public void Write(IEnumerable<string?> cells)
    {
        var first = true;
        foreach (var cell in cells)
        {
            if (!first)
                writer.Write(',');
            first = false;
            if (cell is null)
                continue;
            writer.Write('"');
            writer.Write(cell.Replace("\"", "\"\"", StringComparison.Ordinal));
            writer.Write('"');
        }
        writer.Write('\n');
    }

    public void Dispose() => writer.Dispose();
}
