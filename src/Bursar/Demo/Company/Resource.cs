namespace Bursar.Demo.Company;

/// <summary>A kind of thing that a cloud sells, at the agreed price of one unit in pips.</summary>
internal sealed record Sku(
    string Service,
    string Category,
    string Subcategory,
    string Code,
    string Kind,
    string Prefix,
    string Unit,
    long UnitPrice,
    int Weight
);

/// <summary>An account, a subscription or a project of a cloud.</summary>
internal sealed record CloudAccount(string Id, string Name, string Environment, int Weight = 100);

/// <summary>Something that a cloud bills: it keeps its attributes as long as it lives.</summary>
internal sealed record Resource
{
    public required string Name { get; init; }
    public required string Token { get; init; }
    public required CloudAccount Account { get; init; }
    public required Sku Sku { get; init; }
    public required string Region { get; init; }
    public required IReadOnlyDictionary<string, string> Tags { get; init; }
    public required Rhythm Rhythm { get; init; }

    /// <summary>Its part of the pot it is paid from.</summary>
    public required long Weight { get; init; }

    /// <summary>The first month, counted from the first of the books; resources come and go.</summary>
    public required int FirstMonth { get; init; }

    public required int LastMonth { get; init; }

    /// <summary>The stories that its lines are part of.</summary>
    public IReadOnlyList<string> Stories { get; init; } = [];

    public bool LivesIn(int month) => month >= FirstMonth && month <= LastMonth;
}

/// <summary>Money of one month that is spread over resources: so much in September 2026, for one purpose.</summary>
internal sealed record Pot(string Name, Purpose Purpose, long September, IReadOnlyList<Resource> Resources);
