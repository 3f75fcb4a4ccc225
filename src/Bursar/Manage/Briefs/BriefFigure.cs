using Bursar.Core.Amounts;
using Bursar.Warehouse.Queries;

namespace Bursar.Manage.Briefs;

/// <summary>A figure of a brief: how it reads, what it is to the last digit, and how anybody gets it again.</summary>
public sealed class BriefFigure
{
    /// <summary>As it stands in the sentence: "$18.4M", "6.3 %".</summary>
    public required string Text { get; init; }

    /// <summary>What it is, in a sentence.</summary>
    public required string Meaning { get; init; }

    /// <summary>The amount with every digit, when it is one.</summary>
    public Money? Amount { get; init; }

    /// <summary>The share with every digit (0 to 1), when it is one.</summary>
    public decimal? Share { get; init; }

    /// <summary>What it was computed of.</summary>
    public IReadOnlyList<BriefPart> Parts { get; init; } = [];

    /// <summary>The questions to the books that give it, or give what it was computed of.</summary>
    public IReadOnlyList<CostQuery> Questions { get; init; } = [];

    /// <summary>Other command lines that show it: "bursar strategy --month 2026-09".</summary>
    public IReadOnlyList<string> Commands { get; init; } = [];
}

/// <summary>A named amount that a figure was computed of.</summary>
public sealed record BriefPart(string Title, Money Amount);
