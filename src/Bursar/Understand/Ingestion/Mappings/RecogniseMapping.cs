using Bursar.Rulebooks;
using Bursar.Understand.Ingestion.Prices;

namespace Bursar.Understand.Ingestion.Mappings;

/// <summary>The mappings that Bursar brings along, one file per form of export.</summary>
internal static class KnownMappings
{
    /// <summary>In the order of their names.</summary>
    public static IReadOnlyList<Mapping> All { get; } = BuiltInDocuments.Read<Mapping>("Bursar.Mappings.");
}

/// <summary>A mapping that fits a file, and why.</summary>
internal sealed record RecognisedMapping(Mapping Mapping, string Reason);

/// <summary>
/// Finds the mapping of a file that is not FOCUS: the rulebook's own first, then those that Bursar knows.
/// </summary>
internal sealed class RecogniseMapping
{
    private readonly IReadOnlyList<Mapping> own;

    private bool isOnly;

    /// <param name="own">The rulebook's mappings.</param>
    /// <param name="prices">The rulebook's price books.</param>
    public RecogniseMapping(IReadOnlyList<Mapping> own, IReadOnlyList<PriceBook> prices)
    {
        this.own = [.. own.Select(mapping => mapping.Whole(own))];
        Prices = [.. prices, .. KnownPriceBooks.All];
    }

    /// <summary>
    /// What quantities cost: the rulebook's price books first, then the list prices that Bursar knows.
    /// </summary>
    public IReadOnlyList<PriceBook> Prices { get; }

    /// <summary>One mapping for whatever file there is: to try it.</summary>
    public static RecogniseMapping Only(Mapping mapping, IReadOnlyList<PriceBook> prices) =>
        new([mapping], prices) { isOnly = true };

    /// <summary>A mapping by name and content, with the prices that it asks for: what a delivery was read by.</summary>
    public string IdentityOf(Mapping mapping) =>
        mapping.Meters.Count == 0 ? mapping.Identity : $"{mapping.Identity} {PricesHash}";

    private string PricesHash => field ??= DocumentHash.Of("prices-1", [.. Prices])[..16];

    /// <summary>
    /// Whether the rulebook names a mapping for this very file: then it counts even for a FOCUS file.
    /// </summary>
    public bool IsNamed(IncomingFile file) => isOnly || own.Any(one => one.IsFor(file.Path) || one.IsFor(file.Name));

    /// <summary>The mapping whose file pattern fits, or of which the file has most of the columns asked for.</summary>
    public RecognisedMapping? Of(IncomingFile file, IReadOnlyList<FileColumn> columns)
    {
        if (isOnly)
            return new RecognisedMapping(own[0], "this is what was proposed for it");
        var headers = new FileHeaders(columns);
        if (own.FirstOrDefault(one => one.IsFor(file.Path) || one.IsFor(file.Name)) is { } named)
            return new RecognisedMapping(named, $"the rulebook says so of {file.Name}");
        return Best(own, headers) ?? Best(KnownMappings.All, headers);
    }

    private static RecognisedMapping? Best(IReadOnlyList<Mapping> mappings, FileHeaders headers)
    {
        var best = mappings
            .Where(mapping =>
                mapping.Recognise.Count > 0 && mapping.Recognise.All(name => Find(headers, name) is not null)
            )
            .Where(mapping => !mapping.Unless.Any(name => Find(headers, name) is not null))
            .MaxBy(mapping => mapping.Recognise.Count);
        if (best is null)
            return null;
        var found = best.Recognise.Select(name => Find(headers, name)!.Header);
        return new RecognisedMapping(best, $"has the columns {string.Join(", ", found)}");
    }

    private static FileColumn? Find(FileHeaders headers, string names) =>
        headers.Find(new ColumnOf(names.Split('|', StringSplitOptions.TrimEntries)));
}
