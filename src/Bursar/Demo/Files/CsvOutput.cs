using System.IO.Compression;
using System.Text;
using Bursar.Core.Time;

namespace Bursar.Demo.Files;

/// <summary>Writes a provider's CSV file, plain or gzipped, byte by byte and always the same bytes.</summary>
internal sealed class CsvOutput : IDisposable
{
    private readonly FileShape shape;
    private readonly Stream stream;
    private readonly byte[] buffer = new byte[1 << 17];
    private readonly byte[] billingStart;
    private readonly byte[] billingEnd;
    private readonly byte[] billingMonth;
    private int used;

    public CsvOutput(string path, FileShape shape, BillingPeriod month)
    {
        this.shape = shape;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Stream file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 1);
        stream = path.EndsWith(".gz") ? new GZipStream(file, CompressionLevel.Fastest) : file;
        billingStart = TimeBytes(month.Start);
        billingEnd = TimeBytes(month.End);
        billingMonth = Encoding.ASCII.GetBytes(month.ToString().Replace("-", ""));
        if (shape.ByteOrderMark)
            Append([0xEF, 0xBB, 0xBF]);
        Append(Encoding.UTF8.GetBytes(shape.Header + shape.NewLine));
    }

    public void Write(LineTemplate template, in Line line)
    {
        foreach (var (text, slot) in template.Pieces)
        {
            Append(text);
            if (buffer.Length - used < 64)
                Flush();
            WriteSlot(slot, line);
        }
    }

    public void Dispose()
    {
        Flush();
        stream.Dispose();
    }

    private void WriteSlot(Slot slot, in Line line)
    {
        switch (slot)
        {
            case Slot.BilledCost:
                WriteAmount(line.Billed);
                break;
            case Slot.EffectiveCost:
                WriteAmount(line.Effective);
                break;
            case Slot.ListCost:
                WriteAmount(line.List);
                break;
            case Slot.ContractedCost:
                WriteAmount(line.Contracted);
                break;
            case Slot.Quantity:
                used += Digits.WriteQuantity(buffer.AsSpan(used), line.Quantity);
                break;
            case Slot.ChargeStart:
                WriteTime(line.Start);
                break;
            case Slot.ChargeEnd:
                WriteTime(line.End);
                break;
            case Slot.BillingStart:
                Append(billingStart);
                break;
            case Slot.BillingEnd:
                Append(billingEnd);
                break;
            case Slot.BillingMonth:
                Append(billingMonth);
                break;
        }
    }

    private void WriteAmount(long pips) => used += Digits.WriteAmount(buffer.AsSpan(used), pips, shape.Amounts);

    private void WriteTime(DateTime time) => used += Digits.WriteTime(buffer.AsSpan(used), time, shape.Times);

    private byte[] TimeBytes(DateOnly day)
    {
        Span<byte> text = stackalloc byte[32];
        return text[..Digits.WriteTime(text, day.ToDateTime(default), shape.Times)].ToArray();
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        if (text.Length > buffer.Length - used)
            Flush();
        text.CopyTo(buffer.AsSpan(used));
        used += text.Length;
    }

    private void Flush()
    {
        stream.Write(buffer, 0, used);
        used = 0;
    }
}
