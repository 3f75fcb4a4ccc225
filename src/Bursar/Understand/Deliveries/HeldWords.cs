using Bursar.Warehouse.Books;

namespace Bursar.Understand.Deliveries;

/// <summary>Says why a delivery is held, what counts meanwhile, and the two commands that decide.</summary>
internal static class HeldWords
{
    public static string Of(Delivery held) =>
        $"{Why(held)}\nIf it is right: bursar deliveries release {held.Id} --reason \"...\"\n"
        + $"If it is not: bursar deliveries reject {held.Id} --reason \"...\"";

    /// <summary>Why it is held, and what counts meanwhile.</summary>
    public static string Why(Delivery held)
    {
        var reasons = held
            .Findings.Where(found => found.Severity == FindingSeverity.Blocking)
            .Select(found => found.Message);
        var meanwhile = held.Supersedes.Count switch
        {
            0 => "it counts in no total",
            1 => $"{held.Supersedes[0]} still counts in its place",
            _ => "what it was to replace still counts",
        };
        return $"{held.Source} {held.BillingPeriod} is held: {string.Join(" ", reasons)} Until a person decides, {meanwhile}.";
    }
}
