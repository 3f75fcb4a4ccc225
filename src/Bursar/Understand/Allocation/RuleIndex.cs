namespace Bursar.Understand.Allocation;

/// <summary>Finds the few rules that can hold for a charge by one look-up per column, instead of asking every
/// rule.</summary>
/// <remarks>
/// Each rule stands under the values of its condition that lists the fewest, or else under the beginnings of a pattern;
/// rules with neither always have to be asked. Rules are bits, in their order, so that candidates come out in it.
/// </remarks>
internal sealed class RuleIndex
{
    private readonly int _ruleCount;
    private readonly ulong[] _always;
    private readonly Dictionary<string, ulong[]>?[] _byValue;
    private readonly ulong[]?[] _byNull;
    private readonly SortedDictionary<int, Dictionary<string, ulong[]>>?[] _byPrefix;

    public RuleIndex(IReadOnlyList<CompiledAllocation.CompiledRule> rules, int slotCount)
    {
        _ruleCount = rules.Count;
        _byValue = new Dictionary<string, ulong[]>?[slotCount];
        _byNull = new ulong[]?[slotCount];
        _byPrefix = new SortedDictionary<int, Dictionary<string, ulong[]>>?[slotCount];
        _always = Mask(_ => false);
        for (var i = 0; i < rules.Count; i++)
        {
            var listed = rules[i]
                .Conditions.Where(condition => condition.ExactValues is not null)
                .MinBy(condition => condition.ExactValues!.Count);
            var begins = listed is null
                ? rules[i].Conditions.FirstOrDefault(condition => condition.Prefixes is not null)
                : null;
            foreach (var value in listed?.ExactValues ?? [])
                SetBit(MaskUnder(listed!.Slot, value), i);
            foreach (var prefix in begins?.Prefixes ?? [])
                SetBit(MaskUnderPrefix(begins!.Slot, prefix), i);
            if (listed is null && begins is null)
                SetBit(_always, i);
        }
    }

    /// <summary>The bits of the rules that fulfil a question.</summary>
    public ulong[] Mask(Func<int, bool> includes)
    {
        var mask = new ulong[(_ruleCount + 63) / 64];
        for (var i = 0; i < _ruleCount; i++)
        {
            if (includes(i))
                SetBit(mask, i);
        }
        return mask;
    }

    /// <summary>The bits of all rules that may hold for these values.</summary>
    public void Candidates(string?[] slots, Span<ulong> candidates)
    {
        _always.CopyTo(candidates);
        for (var slot = 0; slot < slots.Length; slot++)
        {
            var value = slots[slot];
            Add(value is null ? _byNull[slot] : _byValue[slot]?.GetValueOrDefault(value), candidates);
            if (value is null || _byPrefix[slot] is not { } lengths)
                continue;
            foreach (var (length, prefixes) in lengths)
            {
                if (length > value.Length)
                    break;
                if (
                    prefixes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(value.AsSpan(0, length), out var mask)
                )
                    Add(mask, candidates);
            }
        }
    }

    private static void Add(ulong[]? mask, Span<ulong> candidates)
    {
        for (var word = 0; word < mask?.Length; word++)
            candidates[word] |= mask[word];
    }

    private ulong[] MaskUnderPrefix(int slot, string prefix)
    {
        var lengths = _byPrefix[slot] ??= [];
        if (!lengths.TryGetValue(prefix.Length, out var prefixes))
            lengths[prefix.Length] = prefixes = [];
        if (!prefixes.TryGetValue(prefix, out var mask))
            prefixes[prefix] = mask = Mask(_ => false);
        return mask;
    }

    private ulong[] MaskUnder(int slot, string? value)
    {
        if (value is null)
            return _byNull[slot] ??= Mask(_ => false);
        var values = _byValue[slot] ??= [];
        if (!values.TryGetValue(value, out var mask))
            values[value] = mask = Mask(_ => false);
        return mask;
    }

    private static void SetBit(ulong[] mask, int bit) => mask[bit / 64] |= 1UL << (bit % 64);
}
