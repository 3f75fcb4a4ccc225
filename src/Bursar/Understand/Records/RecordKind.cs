namespace Bursar.Understand.Records;

/// <summary>How the values of a field are written.</summary>
internal enum FieldType
{
    Text,
    Amount,
    Day,

    /// <summary>A time of a day, in UTC.</summary>
    Moment,
}

/// <summary>One field of a kind of business record.</summary>
/// <param name="Name">Its name in the books: the FOCUS id where FOCUS has one.</param>
/// <param name="Type">How its values are written.</param>
/// <param name="IsRequired">Whether every record must have it.</param>
/// <param name="Headings">What other systems call it.</param>
internal sealed record RecordField(string Name, FieldType Type, bool IsRequired, IReadOnlyList<string> Headings)
{
    /// <summary>"Invoice No." and invoice_no are one heading.</summary>
    public static string Plain(string heading) =>
        new([.. heading.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);

    public bool Answers(string heading) =>
        Plain(heading) is var plain && (plain == Plain(Name) || Headings.Any(other => plain == Plain(other)));
}

/// <summary>A kind of business record that is kept beside the charges: it never adds to cost.</summary>
/// <param name="Name">As people name it: "ledger".</param>
/// <param name="Dataset">The dataset of its deliveries: "Ledger".</param>
/// <param name="Title">What it is.</param>
/// <param name="Key">The fields that say which record it is; a later record of the same key takes its place.</param>
/// <param name="AnyOf">At least one of these must have a value.</param>
/// <param name="Fields">Its fields; further columns are kept as they come.</param>
internal sealed record RecordKind(
    string Name,
    string Dataset,
    string Title,
    IReadOnlyList<string> Key,
    IReadOnlyList<string> AnyOf,
    IReadOnlyList<RecordField> Fields
)
{
    /// <summary>The field a column holds; null for a column of none.</summary>
    public RecordField? FieldOf(string heading) =>
        Fields.FirstOrDefault(field => field.Name.Equals(heading, StringComparison.OrdinalIgnoreCase))
        ?? Fields.FirstOrDefault(field => field.Answers(heading));
}
