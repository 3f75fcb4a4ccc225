namespace Bursar.Understand.Allocation;

/// <summary>Finds the few rules that can hold for a charge by one look-up per column, instead of asking every rule.</summary>
/// <remarks>
/// Each rule stands under the values of its condition that lists the fewest; rules without such a condition always have to be asked.
/// Rules are bits, in their order, so that candidates come out in it. Measured: see bench/README.md.
/// </remarks>
internal sealed class RuleIndex
{
    private readonly int _ruleCount;
    private readonly ulong[] _always;
    private readonly Dictionary<string, ulong[]>?[] _byValue;
    private readonly ulong[]?[] _byNull;

    public RuleIndex(IReadOnlyList<CompiledAllocation.CompiledRule> rules, int slotCount)
    {
        _ruleCount = rules.Count;
        _byValue = new Dictionary<string, ulong[]>?[slotCount];
        _byNull = new ulong[]?[slotCount];
        _always = Mask(_ => false);
        for (var i = 0; i < rules.Count; i++)
        {
            var listed = rules[i].Conditions.Where(condition => condition.ExactValues is not null).MinBy(condition => condition.ExactValues!.Count);
            if (listed is null) SetBit(_always, i);
            else
                foreach (var value in listed.ExactValues!) SetBit(MaskUnder(listed.Slot, value), i);
        }
    }

    /// <summary>The bits of the rules that fulfil a question.</summary>
    public ulong[] Mask(Func<int, bool> includes)
    {
        var mask = new ulong[(_ruleCount + 63) / 64];
        for (var i = 0; i < _ruleCount; i++)
        {
            if (includes(i)) SetBit(mask, i);
        }
        return mask;
    }

    /// <summary>The bits of all rules that may hold for these values.</summary>
    public void Candidates(string?[] slots, Span<ulong> candidates)
    {
        _always.CopyTo(candidates);
        for (var slot = 0; slot < slots.Length; slot++)
        {
            var mask = slots[slot] is { } value ? _byValue[slot]?.GetValueOrDefault(value) : _byNull[slot];
            if (mask is null) continue;
            for (var word = 0; word < mask.Length; word++) candidates[word] |= mask[word];
        }
    }

    private ulong[] MaskUnder(int slot, string? value)
    {
        if (value is null) return _byNull[slot] ??= Mask(_ => false);
        var values = _byValue[slot] ??= [];
        if (!values.TryGetValue(value, out var mask)) values[value] = mask = Mask(_ => false);
        return mask;
    }

    private static void SetBit(ulong[] mask, int bit) => mask[bit / 64] |= 1UL << (bit % 64);
}
