namespace Bursar.Warehouse.DuckDb.Functions;

/// <summary>The functions with which the loading dock reads a provider's text exactly: every engine has them.</summary>
/// <remarks>
/// <list type="bullet">
/// <item><c>focus_amount(text, ordinal) → DECIMAL(38,18)</c></item>
/// <item><c>focus_timestamp(text, ordinal) → TIMESTAMP</c>, UTC</item>
/// <item><c>focus_tags(text, ordinal) → VARCHAR</c>, a JSON object</item>
/// <item><c>day_share(amount, start_micros, micros, first_day, end_day) → DECIMAL(38,18)</c></item>
/// <item><c>convert_amount(amount, rate) → DECIMAL(38,18)</c></item>
/// <item><c>largest_remainder(amount, weights, place) → DECIMAL(38,18)</c></item>
/// <item>for mappings: <c>plain_number</c>, <c>exact_sum</c>, <c>exact_multiply</c>, <c>exact_divide</c>,
/// <c>exact_compare</c>,
/// <c>tags_of</c>, <c>tags_of_pairs</c>, <c>tags_merge</c>, <c>json_items</c>, <c>json_field</c>,
/// <c>json_entry</c></item>
/// </list>
/// Null stays null. A cell that cannot be read becomes null and is counted under its ordinal, in the log that its
/// session has just then. The functions live in the engine's catalog, once; what differs between two loads is only the
/// log, found by the session's number.
/// </remarks>
public static class FocusFunctions
{
    /// <summary>
    /// Lets the functions of this session count into <paramref name="log"/>, until another log is set or the session
    /// closes.
    /// </summary>
    public static void Register(DuckDbSession session, CellLog log) => session.CellLog = log;

    /// <summary>Gives a new engine its functions.</summary>
    internal static void Add(DuckDbSession session, CellLogs logs)
    {
        session.Register(new FocusAmount(logs));
        session.Register(new FocusTimestamp(logs));
        session.Register(new FocusTags(logs));
        session.Register(new DayShare());
        session.Register(new ConvertAmount());
        session.Register(new LargestRemainderPart());
        session.Register(new PlainNumber());
        session.Register(new ReadDay());
        session.Register(new ExactSum());
        session.Register(new ExactMultiply());
        session.Register(new ExactDivide());
        session.Register(new ExactCompare());
        session.Register(new TagsOf());
        session.Register(new TagsMerge());
        session.Register(new JsonItems());
        session.Register(new JsonField());
        session.Register(new JsonEntry());
        session.Register(new TagsOfPairs());
    }
}
