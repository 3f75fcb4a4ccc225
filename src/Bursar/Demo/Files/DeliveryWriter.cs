using Bursar.Core.Time;

namespace Bursar.Demo.Files;

/// <summary>
/// Writes the files of one delivery, cut into parts where the provider does so, and keeps their sums.
/// </summary>
internal sealed class DeliveryWriter : IDisposable
{
    private readonly string root;
    private readonly FileShape shape;
    private readonly Func<int, string> partPath;
    private readonly long rowsPerPart;
    private readonly Action<int> onRows;
    private readonly List<string> files = [];
    private CsvOutput? output;
    private long rowsInPart;
    private int rowsUnreported;

    /// <summary>
    /// Part n (from 1) is written to <paramref name="partPath"/> below the root; rows are reported by the thousands.
    /// </summary>
    public DeliveryWriter(
        string root,
        FileShape shape,
        BillingPeriod month,
        Func<int, string> partPath,
        Action<int> onRows,
        long rowsPerPart = long.MaxValue
    )
    {
        this.root = root;
        this.shape = shape;
        this.partPath = partPath;
        this.rowsPerPart = rowsPerPart;
        this.onRows = onRows;
        Month = month;
        NextPart();
    }

    /// <summary>The billing period of all lines.</summary>
    public BillingPeriod Month { get; }

    public DeliveryTotals Totals { get; } = new();

    public IReadOnlyList<string> Files => files;

    public void Write(LineTemplate template, in Line line)
    {
        if (rowsInPart == rowsPerPart)
            NextPart();
        output!.Write(template, line);
        Totals.Add(template, line, Month);
        rowsInPart++;
        if (++rowsUnreported < 4096)
            return;
        onRows(rowsUnreported);
        rowsUnreported = 0;
    }

    public void Dispose()
    {
        output?.Dispose();
        output = null;
        Totals.Close();
        onRows(rowsUnreported);
        rowsUnreported = 0;
    }

    private void NextPart()
    {
        output?.Dispose();
        var path = partPath(files.Count + 1);
        output = new CsvOutput(Path.Combine(root, path), shape, Month);
        files.Add(path);
        rowsInPart = 0;
    }
}
