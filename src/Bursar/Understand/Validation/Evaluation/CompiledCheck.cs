namespace Bursar.Understand.Validation.Evaluation;

/// <summary>What is to be counted for a rule.</summary>
internal abstract record CompiledCheck
{
    /// <summary>Decided without looking at a row: a column that is there or not, a header.</summary>
    /// <param name="Violations">How often it is broken.</param>
    /// <param name="Found">What breaks it ("x-cost, Line Item"); empty when nothing does.</param>
    public sealed record Header(long Violations, IReadOnlyList<string> Found) : CompiledCheck;

    /// <summary>A row breaks it or not.</summary>
    /// <param name="Broken">True for a row that breaks it.</param>
    public sealed record Rows(Formula Broken) : CompiledCheck;

    /// <summary>Values of one column each go with one value of another, or occur once.</summary>
    /// <param name="Key">SQL of the value.</param>
    /// <param name="Value">SQL of what it goes with; null when it may occur once only.</param>
    /// <param name="Columns">The columns, for the report.</param>
    public sealed record Groups(string Key, string? Value, IReadOnlyList<string> Columns) : CompiledCheck;

    /// <summary>Elements of a list inside JSON: each value of one key goes with one value of another.</summary>
    /// <param name="Cell">SQL of the cell.</param>
    /// <param name="Child">Where the value stands ("$.Elements[*].ContractCommitmentId").</param>
    /// <param name="Parent">Where what it goes with stands.</param>
    public sealed record Elements(string Cell, string Child, string Parent) : CompiledCheck;

    /// <summary>It cannot be decided; the reason in a sentence.</summary>
    public sealed record Undecided(string Reason) : CompiledCheck;

    /// <summary>It cannot be evaluated because a column is missing.</summary>
    public sealed record Missing(IReadOnlyList<string> Columns) : CompiledCheck;
}
