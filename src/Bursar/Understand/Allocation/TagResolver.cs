using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Bursar.Understand.Allocation;

/// <summary>Finds the tags that rules ask for in a charge's tags, whatever they are called there (TagPolicy), and in
/// their proper spelling.</summary>
internal sealed class TagResolver
{
    /// <summary>Which asked-for tag a spelling serves, and how early it counts.</summary>
    private readonly record struct Use(int Slot, int Rank);

    private readonly Dictionary<string, TagKey> _policy;
    private readonly Dictionary<string, IReadOnlyList<TagSource>> _inherit = [];
    private readonly List<TagKey> _asked = [];
    private readonly Dictionary<string, Use> _exact = [];
    private readonly Dictionary<string, Use> _ignoringCase = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Dictionary<string, string>> _values = [];

    public TagResolver(IEnumerable<TagPolicy> policies)
    {
        var spellings = new Dictionary<string, TagKey>();
        foreach (var policy in policies)
        foreach (var key in policy.Keys)
        {
            _inherit.TryAdd(key.Key, policy.Inherit);
            foreach (var spelling in key.Spellings)
                spellings.TryAdd(spelling, key);
        }
        _policy = spellings;
    }

    /// <summary>How many tags were asked for.</summary>
    public int Count => _asked.Count;

    /// <summary>Asks for a tag by any of its spellings; returns the place its value will have.</summary>
    public int Ask(string spelling)
    {
        var key = KeyOf(spelling);
        var slot = _asked.FindIndex(other => other.Key == key.Key);
        if (slot >= 0)
            return slot;
        slot = _asked.Count;
        _asked.Add(key);
        var rank = 0;
        foreach (var known in key.Spellings)
        {
            _exact.TryAdd(known, new Use(slot, rank));
            // the same word in other letters counts after all words written as declared
            if (key.IgnoreCase)
                _ignoringCase.TryAdd(known, new Use(slot, rank + key.Spellings.Count()));
            rank++;
        }
        _values.Add(ValueSpellings(key));
        return slot;
    }

    /// <summary>Where a tag comes from that a charge lacks.</summary>
    public IReadOnlyList<TagSource> Inherits(int slot) => _inherit.GetValueOrDefault(_asked[slot].Key) ?? [];

    /// <summary>Whether any policy knows a key, in whatever spelling.</summary>
    public bool Knows(string spelling) =>
        _policy.ContainsKey(spelling)
        || _policy.Any(known =>
            known.Value.IgnoreCase && known.Key.Equals(spelling, StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>Every spelling of every key of the policies.</summary>
    public IEnumerable<string> Spellings => _policy.Keys;

    /// <summary>Whether a tag is also called so.</summary>
    public bool IsSpelled(int slot, string key) =>
        _asked[slot].Spellings.Any(spelling => spelling.Equals(key, StringComparison.OrdinalIgnoreCase));

    /// <summary>The value of a tag among declared ones, in its proper spelling.</summary>
    public string? In(int slot, IReadOnlyDictionary<string, string> declared)
    {
        if (declared.Count == 0)
            return null;
        foreach (var spelling in _asked[slot].Spellings)
        {
            if (declared.TryGetValue(spelling, out var value))
                return Canonical(slot, value);
        }
        var ignoringCase = _asked[slot].IgnoreCase
            ? declared
                .Where(tag =>
                    _asked[slot].Spellings.Any(known => known.Equals(tag.Key, StringComparison.OrdinalIgnoreCase))
                )
                .OrderBy(tag => tag.Key, StringComparer.Ordinal)
                .Select(tag => tag.Value)
                .FirstOrDefault()
            : null;
        return ignoringCase is null ? null : Canonical(slot, ignoringCase);
    }

    /// <summary>Whether capital and small letters are the same in a tag.</summary>
    public bool IgnoresCase(int slot) => _asked[slot].IgnoreCase;

    /// <summary>The proper spelling of a value of a tag.</summary>
    public string Canonical(int slot, string value)
    {
        if (_values[slot].TryGetValue(value, out var canonical))
            return canonical;
        return _asked[slot].IgnoreCase ? value.ToLowerInvariant() : value;
    }

    /// <summary>Puts the values of the tags asked for into <paramref name="found"/>, null where there is
    /// none.</summary>
    /// <param name="tags">A JSON object; anything else is no tags.</param>
    /// <param name="found">One place for each tag asked for.</param>
    public void Resolve(string? tags, Span<string?> found)
    {
        found.Clear();
        if (tags is null || tags.Length < 2 || Count == 0)
            return;
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(tags.Length));
        try
        {
            var length = Encoding.UTF8.GetBytes(tags, buffer);
            Resolve(buffer.AsSpan(0, length), found);
        }
        catch (JsonException)
        {
            // ingestion reports tags that are no JSON; for rules they are no tags
            found.Clear();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        for (var slot = 0; slot < found.Length; slot++)
        {
            if (found[slot] is { } value)
                found[slot] = Canonical(slot, value);
        }
    }

    private void Resolve(ReadOnlySpan<byte> utf8, Span<string?> found)
    {
        var ranks = (Span<int>)stackalloc int[Math.Min(found.Length, 256)];
        if (found.Length > ranks.Length)
            ranks = new int[found.Length];
        ranks.Fill(int.MaxValue);
        var reader = new Utf8JsonReader(utf8);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var asked = UseOf(ref reader);
            reader.Read();
            if (asked is { } use && use.Rank < ranks[use.Slot] && TextOf(ref reader, utf8) is { Length: > 0 } value)
            {
                found[use.Slot] = value;
                ranks[use.Slot] = use.Rank;
            }
            else
                reader.Skip();
        }
    }

    private Use? UseOf(ref Utf8JsonReader reader)
    {
        // most keys are not asked for: they are looked up without making a text of each
        const int lengthMax = 256;
        if (reader.ValueSpan.Length > lengthMax)
            return UseOf(reader.GetString());
        Span<char> key = stackalloc char[lengthMax];
        return UseOf(key[..reader.CopyString(key)]);
    }

    private Use? UseOf(ReadOnlySpan<char> key)
    {
        if (_exact.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key, out var use))
            return use;
        return
            _ignoringCase.Count > 0 && _ignoringCase.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key, out use)
            ? use
            : null;
    }

    private static string? TextOf(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.GetString();
            case JsonTokenType.True:
                return "true";
            case JsonTokenType.False:
                return "false";
            case JsonTokenType.Number:
                return Encoding.UTF8.GetString(reader.ValueSpan);
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                return Encoding.UTF8.GetString(utf8[start..(int)reader.BytesConsumed]);
            default:
                return null;
        }
    }

    private TagKey KeyOf(string spelling)
    {
        if (_policy.TryGetValue(spelling, out var key))
            return key;
        var ignoringCase = _policy.Where(known =>
            known.Value.IgnoreCase && known.Key.Equals(spelling, StringComparison.OrdinalIgnoreCase)
        );
        return ignoringCase
                .Select(known => known.Value)
                .OrderBy(known => known.Key, StringComparer.Ordinal)
                .FirstOrDefault()
            ?? new TagKey { Key = spelling };
    }

    private static Dictionary<string, string> ValueSpellings(TagKey key)
    {
        var spellings = new Dictionary<string, string>(
            key.IgnoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal
        );
        foreach (var (canonical, others) in key.Values.OrderBy(value => value.Key, StringComparer.Ordinal))
        {
            spellings[canonical] = canonical;
            foreach (var other in others)
                spellings.TryAdd(other, canonical);
        }
        return spellings;
    }
}
