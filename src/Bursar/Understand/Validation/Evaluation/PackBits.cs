using Bursar.Warehouse.DuckDb;

namespace Bursar.Understand.Validation.Evaluation;

/// <summary><c>pack_bits(a, b, …)</c>: up to 60 facts as one number, the first in its lowest bit; null is false.</summary>
internal sealed class PackBits : ScalarFunction
{
    public override string Name => "pack_bits";

    public override IReadOnlyList<ScalarType> Parameters => [];

    public override ScalarType? Varargs => ScalarType.Boolean;

    public override ScalarType Returns => ScalarType.BigInt;

    public override bool SeesNull => true;

    public override void Run(ScalarCall call)
    {
        var bits = new long[call.Count];
        for (var argument = 0; argument < call.ArgumentCount; argument++)
        {
            var facts = call.Argument(argument);
            var bit = 1L << argument;
            for (var row = 0; row < bits.Length; row++)
            {
                if (facts.Boolean(row) && !facts.IsNull(row))
                    bits[row] |= bit;
            }
        }
        var output = call.Output;
        for (var row = 0; row < bits.Length; row++)
            output.SetBigInt(row, bits[row]);
    }
}
