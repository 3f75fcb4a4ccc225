using System.Numerics;
using Bursar.Core.Time;
using Bursar.Rulebooks;
using Bursar.Understand.Allocation.SharedCosts;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Allocation;

/// <summary>To whom a charge belongs: the seven shared fields, and the rule that set each.</summary>
/// <param name="Values">In the order of <see cref="SharedFields.Names"/>; null where nothing set the field.</param>
/// <param name="Rules">The rule's name, <c>rule/account</c> or <c>rule/item</c> where a tag was passed on by these,
/// or
/// <c>organisation/unit</c>; null where nothing set the field.</param>
internal sealed record AllocationOutcome(IReadOnlyList<string?> Values, IReadOnlyList<string?> Rules)
{
    /// <summary>The shared cost that the charge is in; null for none.</summary>
    public string? SharedCost { get; init; }

    /// <summary>One of <see cref="AllocationTypes"/>.</summary>
    public string Type { get; init; } = AllocationTypes.Direct;

    /// <summary>How many of the seven fields have a value.</summary>
    public int FilledFields => Values.Count(value => value is not null);
}

/// <summary>The direct allocation rules of a rulebook, ready for millions of charges. It never changes, so any thread
/// may ask it.</summary>
internal sealed class CompiledAllocation
{
    /// <summary>What the rules look like inside.</summary>
    internal sealed record CompiledRule(
        string Name,
        DateOnly From,
        DateOnly To,
        IReadOnlyList<CompiledCondition> Conditions,
        IReadOnlyList<(int Field, CompiledTemplate Value)> Set
    );

    /// <summary>What a shared cost looks like inside: its conditions may ask for the shared fields too.</summary>
    internal sealed record CompiledPool(
        string Name,
        DateOnly From,
        DateOnly To,
        IReadOnlyList<CompiledCondition> Conditions,
        string Type
    );

    /// <summary>A value to set, from literal text and slots.</summary>
    internal sealed record CompiledTemplate(IReadOnlyList<(string? Text, int Slot)> Parts)
    {
        public string? Fill(ReadOnlySpan<string?> slots)
        {
            if (Parts.Count == 1)
                return Parts[0].Text ?? slots[Parts[0].Slot];
            var filled = "";
            foreach (var (text, slot) in Parts)
            {
                if ((text ?? slots[slot]) is not { } part)
                    return null;
                filled += part;
            }
            return filled;
        }
    }

    private readonly CompiledRule[] _rules;
    private readonly CompiledPool[] _pools;
    private readonly TagResolver _tags;
    private readonly OrganisationDirectory _organisation;
    private readonly Surroundings _around;
    private readonly int _slotCount;
    private readonly int _tagsColumn;
    private readonly int _allocatedTagsColumn;
    private readonly RuleIndex _index;
    private readonly ulong[][] _inForce;

    /// <summary>The day whose rules hold for all days; null when each day has its own.</summary>
    private DateOnly? _structureDay;

    /// <summary>Rulebooks that hold one after the other; empty for one that holds for all days.</summary>
    private IReadOnlyList<Turn> _turns = [];

    /// <summary>A rulebook from its first day on.</summary>
    /// <param name="From">The first day.</param>
    /// <param name="Rules">Its rules.</param>
    /// <param name="Places">Where each of its columns is among those of all.</param>
    private sealed record Turn(DateOnly From, CompiledAllocation Rules, IReadOnlyList<int> Places);

    internal CompiledAllocation(
        string documentsHash,
        IReadOnlyList<string> columns,
        IReadOnlyList<CompiledRule> rules,
        TagResolver tags,
        OrganisationDirectory organisation,
        IReadOnlyList<CompiledPool> pools,
        Surroundings around
    )
    {
        DocumentsHash = documentsHash;
        Columns = columns;
        _rules = [.. rules];
        _pools = [.. pools];
        _tags = tags;
        _organisation = organisation;
        _tagsColumn = columns.ToList().IndexOf(ColumnNames.Tags);
        _allocatedTagsColumn = columns.ToList().IndexOf(CostColumns.AllocatedTags);
        _around = around;
        FirstTag = columns.Count + SharedFields.Count + around.Count;
        _slotCount = FirstTag + tags.Count;
        _index = new RuleIndex(rules, _slotCount);
        Breakpoints =
        [
            .. rules
                .SelectMany(rule => new[] { rule.From, rule.To })
                .Concat(pools.SelectMany(pool => new[] { pool.From, pool.To }))
                .Where(day => day != DateOnly.MinValue && day != DateOnly.MaxValue)
                .Concat(organisation.ChangeDays)
                .Concat(around.ChangeDays)
                .Distinct()
                .Order(),
        ];
        _inForce =
        [
            .. Breakpoints
                .Prepend(DateOnly.MinValue)
                .Select(day => _index.Mask(i => _rules[i].From <= day && day < _rules[i].To)),
        ];
    }

    /// <summary>The columns whose values <see cref="Allocate"/> takes, in this order (ordinal). <c>Tags</c> is a JSON
    /// object as text.</summary>
    public IReadOnlyList<string> Columns { get; private set; }

    /// <summary>Changes when, and only when, something that shapes allocation changes: rules, tag policies,
    /// organisation, this engine.</summary>
    public string DocumentsHash { get; private set; }

    /// <summary>Days, ascending, from each of which on another outcome is possible than the day before.</summary>
    public IReadOnlyList<DateOnly> Breakpoints { get; private set; }

    /// <summary>Cuts days into the ranges within which the outcome of a charge does not depend on the day.</summary>
    public IReadOnlyList<DateRange> Intervals(DateRange days)
    {
        var cuts = Breakpoints.Where(day => day > days.Start && day < days.End).ToList();
        return [.. cuts.Prepend(days.Start).Zip(cuts.Append(days.End), (start, end) => new DateRange(start, end))];
    }

    /// <summary>Rulebooks that hold one after the other: each from its day on, until the next begins.</summary>
    /// <param name="turns">At least one, by day; the first holds from the beginning of time.</param>
    public static CompiledAllocation InTurn(IReadOnlyList<(DateOnly From, CompiledAllocation Rules)> turns)
    {
        if (turns.Count == 1)
            return turns[0].Rules;
        var all = (CompiledAllocation)turns[^1].Rules.MemberwiseClone();
        all.Columns =
        [
            .. turns
                .SelectMany(turn => turn.Rules.Columns)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
        var places = all
            .Columns.Select((column, place) => (column, place))
            .ToDictionary(pair => pair.column, pair => pair.place, StringComparer.Ordinal);
        all.Breakpoints =
        [
            .. turns
                .Zip(turns.Skip(1).Select(turn => turn.From).Append(DateOnly.MaxValue))
                .SelectMany(pair =>
                    pair.First.Rules.Breakpoints.Where(day => day > pair.First.From && day < pair.Second)
                        .Prepend(pair.First.From)
                )
                .Where(day => day != DateOnly.MinValue),
        ];
        all.DocumentsHash = string.Join(
            " then ",
            turns.Select(turn => $"{turn.Rules.DocumentsHash} from {turn.From:yyyy-MM-dd}")
        );
        all._turns =
        [
            .. turns.Select(turn => new Turn(
                turn.From,
                turn.Rules,
                [.. turn.Rules.Columns.Select(column => places[column])]
            )),
        ];
        return all;
    }

    private Turn TurnOf(DateOnly day) => _turns.Last(turn => turn.From <= day);

    /// <summary>
    /// The same rules and organisation as they are on one day, for the charges of all days. Days between which
    /// nothing
    /// changes give the same, under the same hash.
    /// </summary>
    public CompiledAllocation On(DateOnly day)
    {
        if (_turns.Count > 0)
            return TurnOf(day).Rules.On(day);
        if (Breakpoints.Count == 0)
            return this;
        var interval = IntervalOf(day);
        var restated = (CompiledAllocation)MemberwiseClone();
        restated._structureDay = interval == 0 ? Breakpoints[0].AddDays(-1) : Breakpoints[interval - 1];
        restated.DocumentsHash = $"{DocumentsHash} on {restated._structureDay:yyyy-MM-dd}";
        return restated;
    }

    /// <summary>To whom a charge with these values on that day belongs.</summary>
    /// <param name="values">The values of <see cref="Columns"/>; null is "no value".</param>
    /// <param name="day">The day of the charge.</param>
    public AllocationOutcome Allocate(IReadOnlyList<string?> values, DateOnly day)
    {
        if (values.Count != Columns.Count)
            throw new ArgumentException($"{values.Count} values for {Columns.Count} columns.", nameof(values));
        if (_turns.Count > 0)
        {
            var turn = TurnOf(day);
            return turn.Rules.Allocate([.. turn.Places.Select(place => values[place])], day);
        }
        day = _structureDay ?? day;
        var interval = IntervalOf(day);
        var (slots, sources) = SlotsOf(values, day, interval);

        var fields = new string?[SharedFields.Count];
        var rules = new string?[SharedFields.Count];
        Apply(slots, sources, _inForce[interval], fields, rules);
        _organisation.Fill(fields, rules, day);
        fields.CopyTo(slots.AsSpan(Columns.Count));
        var pool = Array.Find(
            _pools,
            one =>
                one.From <= day
                && day < one.To
                && one.Conditions.All(condition => condition.Holds(slots[condition.Slot]))
        );
        return new AllocationOutcome(fields, rules)
        {
            SharedCost = pool?.Name,
            Type = pool?.Type ?? AllocationTypes.Direct,
        };
    }

    /// <summary>The rules as they are tried, in order.</summary>
    internal IReadOnlyList<CompiledRule> Rules => _rules;

    /// <summary>The place of the first tag among the values that conditions look at.</summary>
    internal int FirstTag { get; }

    /// <summary>The first condition of a rule that a charge does not fulfil, and what it has instead; null when it
    /// fulfils all.</summary>
    internal (Condition Condition, string? Value)? WhyNot(
        CompiledRule rule,
        IReadOnlyList<string?> values,
        DateOnly day
    )
    {
        var (slots, _) = SlotsOf(values, day, IntervalOf(day));
        return rule
            .Conditions.Where(condition => !condition.Holds(slots[condition.Slot]))
            .Select(condition => ((Condition, string?)?)(condition.Written, slots[condition.Slot]))
            .FirstOrDefault();
    }

    private (string?[] Slots, TagSource?[]? Sources) SlotsOf(IReadOnlyList<string?> values, DateOnly day, int interval)
    {
        var slots = new string?[_slotCount];
        for (var i = 0; i < values.Count; i++)
            slots[i] = values[i];
        if (_tagsColumn >= 0)
            ResolveTags(values, slots.AsSpan(FirstTag));
        return (slots, _around.Fill(slots, day, interval));
    }

    /// <summary>
    /// What a provider split has the tags of who received the part; what they lack, those of the whole.
    /// </summary>
    private void ResolveTags(IReadOnlyList<string?> values, Span<string?> found)
    {
        _tags.Resolve(values[_tagsColumn], found);
        if (_allocatedTagsColumn < 0 || values[_allocatedTagsColumn] is not { } allocated)
            return;
        var parts = new string?[found.Length];
        _tags.Resolve(allocated, parts);
        for (var tag = 0; tag < parts.Length; tag++)
            found[tag] = parts[tag] ?? found[tag];
    }

    /// <summary>The shared fields of what comes to somebody from a shared cost on that day.</summary>
    public AllocationOutcome Received(string sharedCost, Receiver? receiver, DateOnly day)
    {
        if (_turns.Count > 0)
            return TurnOf(day).Rules.Received(sharedCost, receiver, day);
        var fields = new string?[SharedFields.Count];
        var rules = new string?[SharedFields.Count];
        if (receiver is { Field.Length: > 0 })
        {
            foreach (var (name, value) in KeptColumns.SharedFields(receiver))
                (fields[name], rules[name]) = (value, "shared/" + sharedCost);
            if (SharedFields.IndexOf(receiver.Field) is >= 0 and var field)
                (fields[field], rules[field]) = (receiver.Value, "shared/" + sharedCost);
            else
                SetByReceiver(receiver, fields, rules, _structureDay ?? day);
            _organisation.Fill(fields, rules, _structureDay ?? day);
        }
        return new AllocationOutcome(fields, rules)
        {
            SharedCost = sharedCost,
            Type =
                receiver is null or { Keeps: true } ? AllocationTypes.Central
                : receiver.IsResidual ? AllocationTypes.Residual
                : AllocationTypes.Distributed,
        };
    }

    /// <summary>The first day of a month that lies in an interval of rules.</summary>
    public DateOnly FirstDayOf(int interval, DateOnly month) =>
        interval > 0 && Breakpoints[interval - 1] > month ? Breakpoints[interval - 1] : month;

    /// <summary>A namespace or account that receives belongs to whom the rules about it say.</summary>
    private void SetByReceiver(Receiver receiver, string?[] fields, string?[] rules, DateOnly day)
    {
        var slot = Columns.ToList().IndexOf(receiver.Field);
        if (slot < 0)
            return;
        var values = new string?[Columns.Count];
        values[slot] = receiver.Value;
        var (slots, sources) = SlotsOf(values, day, IntervalOf(day));
        foreach (var rule in _rules.Where(rule => rule.From <= day && day < rule.To))
        {
            if (rule.Conditions.Any(condition => condition.Slot == slot) && Holds(rule, slots))
                Set(rule, slots, sources, fields, rules);
        }
    }

    private int IntervalOf(DateOnly day)
    {
        var (low, high) = (0, Breakpoints.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Breakpoints[middle] <= day)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    private void Apply(string?[] slots, TagSource?[]? sources, ulong[] inForce, string?[] fields, string?[] rules)
    {
        Span<ulong> candidates = stackalloc ulong[inForce.Length];
        _index.Candidates(slots, candidates);
        var left = SharedFields.Count;
        for (var word = 0; word < candidates.Length; word++)
        {
            for (var bits = candidates[word] & inForce[word]; bits != 0; bits &= bits - 1)
            {
                var rule = _rules[(word * 64) + BitOperations.TrailingZeroCount(bits)];
                if (Holds(rule, slots))
                    left -= Set(rule, slots, sources, fields, rules);
                if (left == 0)
                    return;
            }
        }
    }

    private static bool Holds(CompiledRule rule, string?[] slots)
    {
        foreach (var condition in rule.Conditions)
        {
            if (!condition.Holds(slots[condition.Slot]))
                return false;
        }
        return true;
    }

    private static int Set(CompiledRule rule, string?[] slots, TagSource?[]? sources, string?[] fields, string?[] rules)
    {
        var set = 0;
        foreach (var (field, template) in rule.Set)
        {
            if (fields[field] is not null || template.Fill(slots) is not { } value)
                continue;
            fields[field] = value;
            rules[field] = sources is null ? rule.Name : rule.Name + PassedOn(rule, template, sources);
            set++;
        }
        return set;
    }

    /// <summary>
    /// "/account" when a value came by a tag that the account passed on, "/item" by one of the item.
    /// </summary>
    private static string PassedOn(CompiledRule rule, CompiledTemplate template, TagSource?[] sources)
    {
        var used = rule
            .Conditions.Select(condition => sources[condition.Slot])
            .Concat(template.Parts.Select(part => part.Slot < 0 ? null : sources[part.Slot]))
            .OfType<TagSource>()
            .Distinct()
            .Order()
            .Select(source => source == TagSource.Account ? "account" : "item");
        var words = string.Join('+', used);
        return words.Length == 0 ? "" : "/" + words;
    }
}
