using Bursar.Core.Amounts;

namespace Bursar.Warehouse.DuckDb.Functions;

/// <summary><c>focus_amount(text, ordinal)</c>: an amount, digit by digit.</summary>
/// <remarks>More than 18 decimals are rounded half away from zero, and counted with what that took away.</remarks>
internal sealed class FocusAmount(CellLogs logs) : CellFunction(logs)
{
    public override string Name => "focus_amount";

    public override ScalarType Returns => ScalarType.Amount;

    protected override void Read(
        ReadOnlySpan<byte> text,
        int row,
        int ordinal,
        ScalarOutput output,
        ref ChunkCounter counter
    )
    {
        if (AmountText.TryReadPlain(text, out var units))
        {
            output.SetUnits(row, units);
            return;
        }
        var reading = AmountText.TryRead(text, out var amount, out var residue);
        if (reading is AmountReading.Exact or AmountReading.Rounded)
        {
            output.SetUnits(row, amount.Units);
            if (reading == AmountReading.Rounded)
                counter.Rounded(ordinal, residue);
            return;
        }
        output.SetNull(row);
        counter.Unreadable(ordinal);
    }
}
