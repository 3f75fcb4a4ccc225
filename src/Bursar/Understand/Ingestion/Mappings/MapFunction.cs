namespace Bursar.Understand.Ingestion.Mappings;

/// <summary>A function of the mapping language.</summary>
/// <param name="Name">Its name in an expression.</param>
/// <param name="ArgumentsMin">So many arguments at least.</param>
/// <param name="ArgumentsMax">So many at most.</param>
/// <param name="Help">What it gives.</param>
/// <param name="TextsOnly">True when its arguments are texts in quotes, not cells.</param>
internal sealed record MapFunction(string Name, int ArgumentsMin, int ArgumentsMax, string Help, bool TextsOnly = false)
{
    private const int Any = 99;

    /// <summary>All of them; their SQL is in <see cref="ExpressionSql"/>.</summary>
    public static IReadOnlyList<MapFunction> All { get; } =
    [
        new("first", 1, Any, "the first argument that is not empty"),
        new("date", 1, 1, "a day or time in ISO form, from 2026-09-01, 9/1/2026 (month first), Sept-26 or 2026-W36"),
        new("day_first", 1, 1, "a day in ISO form, from 1/9/2026 or 01.09.2026 (day first)"),
        new("file_day", 0, 0, "the day, or the first of the month, in the file's name: costs-2026-09.csv"),
        new("day_after", 1, 1, "the day after a day, for ends that the file counts in"),
        new("month_of", 1, 1, "the first day of a day's month"),
        new("month_after", 1, 1, "the first day of the month after"),
        new("week_after", 1, 1, "the Monday after a day's week"),
        new("quarter_after", 1, 1, "the first day of the quarter after"),
        new("block_size", 1, 1, "10000 of \"10K Transactions\""),
        new("block_unit", 1, 1, "Transactions of \"10K Transactions\""),
        new("field", 2, 2, "a field of a JSON object: field([AdditionalInfo], 'VMName')"),
        new("item", 1, 1, "a field of the item that the row stands for: item('amount')", TextsOnly: true),
        new("is_item", 0, 0, "true for rows that stand for an item of the mapping's each"),
        new("tags_from", 1, 2, "columns with a prefix as tags: tags_from('resourceTags/', 'user:')", TextsOnly: true),
        new("tags", 2, Any, "cells of tags as one, each behind its prefix: tags('', [labels], 'project/', [project])"),
        new("pairs", 3, 3, "tags of a text: pairs([labels], '|', ':') of env:prod|team:web"),
        new("object", 2, Any, "names and cells as one JSON object: object('Model', [model])"),
        new("entry", 4, 4, "a field of the item with a key: entry([details], 'modality', 'AUDIO', 'tokenCount')"),
        new("epoch", 1, 1, "a time in ISO form, from seconds or milliseconds since 1970"),
        new("day_of", 1, 1, "the day of a time"),
        new("hour_of", 1, 1, "the hour of a time"),
        new("hour_after", 1, 1, "the hour after"),
        new("hours_of_month", 1, 1, "how many hours a day's month has"),
        new("add_months", 2, 2, "the day so many months later"),
        new("days_between", 2, 2, "how many days from one day to another"),
        new("meter", 0, 0, "the name of the meter that the row stands for"),
        new("meter_unit", 0, 0, "what that meter counts"),
        new("quantity", 0, 0, "how much of it"),
        new("priced_cost", 0, 0, "what it costs: quantity times rate"),
        new("rate", 0, 0, "the rate of its price"),
        new("rate_block", 0, 0, "for how many units the rate is"),
        new("rate_currency", 0, 0, "the currency of the rate"),
        new("price_book", 0, 0, "the price book with the rate"),
        new("number", 1, 1, "1234.5 of \"$1,234.50\""),
        new("decimal_comma", 1, 1, "1234.5 of \"1.234,50 €\""),
        new("lower", 1, 1, "in small letters"),
        new("upper", 1, 1, "in capital letters"),
        new("before", 2, 2, "what stands before a text: before([Path], '/')"),
        new("after", 2, 2, "what stands after a text"),
    ];
}
