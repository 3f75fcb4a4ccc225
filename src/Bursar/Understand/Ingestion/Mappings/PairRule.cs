using System.ComponentModel;
using Bursar.Rulebooks;

namespace Bursar.Understand.Ingestion.Mappings;

/// <summary>
/// Which of the two costs of a bill a file tells: Azure delivers them in two files with the same rows.
/// </summary>
internal enum DeliveredHalf
{
    /// <summary>Nothing in the file says: as long as there is no twin, it stands for both.</summary>
    Unknown,

    /// <summary>What is billed: commitments where they are bought.</summary>
    Billed,

    /// <summary>What it effectively costs: commitments where they are used.</summary>
    Effective,
}

/// <summary>How the two files of a pair are told apart.</summary>
internal sealed record PairRule : RulebookRecord
{
    [Description("A row that only the file of billed costs has, as a condition.")]
    public required string Billed { get; init; }

    [Description("A row that only the file of effective costs has, as a condition.")]
    public required string Effective { get; init; }

    [Description("Words in the path of a file of billed costs.")]
    public IReadOnlyList<string> BilledNames { get; init; } = [];

    [Description("Words in the path of a file of effective costs.")]
    public IReadOnlyList<string> EffectiveNames { get; init; } = [];

    /// <summary>What the rows say; when they are silent, what the path says.</summary>
    public DeliveredHalf Half(bool hasBilled, bool hasEffective, string path) =>
        (hasBilled, hasEffective) switch
        {
            (true, false) => DeliveredHalf.Billed,
            (false, true) => DeliveredHalf.Effective,
            _ when Last(BilledNames, path) > Last(EffectiveNames, path) => DeliveredHalf.Billed,
            _ when Last(EffectiveNames, path) > Last(BilledNames, path) => DeliveredHalf.Effective,
            _ => DeliveredHalf.Unknown,
        };

    /// <summary>Where the last of the words stands: the name counts more than the folder.</summary>
    private static int Last(IReadOnlyList<string> words, string path) =>
        words.Select(word => path.LastIndexOf(word, StringComparison.OrdinalIgnoreCase)).DefaultIfEmpty(-1).Max();
}
