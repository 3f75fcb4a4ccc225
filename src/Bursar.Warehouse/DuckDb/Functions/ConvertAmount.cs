using Bursar.Core.Amounts;

namespace Bursar.Warehouse.DuckDb.Functions;

/// <summary><c>convert_amount(amount, rate)</c>: an amount in another currency, exact to the 18th decimal.</summary>
/// <remarks>
/// The product is that of <see cref="Amount.AtRate"/>. The engine's own would leave DECIMAL(38,18) or pass through a
/// binary fraction.
/// </remarks>
internal sealed class ConvertAmount : ScalarFunction
{
    public override string Name => "convert_amount";

    public override IReadOnlyList<ScalarType> Parameters { get; } = [ScalarType.Amount, ScalarType.Amount];

    public override ScalarType Returns => ScalarType.Amount;

    public override void Run(ScalarCall call)
    {
        var amounts = call.Argument(0);
        var rates = call.Argument(1);
        var output = call.Output;
        for (var row = 0; row < call.Count; row++)
        {
            if (amounts.IsNull(row) || rates.IsNull(row))
                output.SetNull(row);
            else
                output.SetUnits(
                    row,
                    Amount.FromUnits(amounts.Units(row)).AtRate(Amount.FromUnits(rates.Units(row))).Units
                );
        }
    }
}
