namespace Bursar.Understand.Validation.Rules;

/// <summary>The kinds of check that rules are made of. In the tables they are written in kebab-case.</summary>
public enum CheckKind
{
    /// <summary>All of these rules hold (a rule that only gathers others).</summary>
    All,

    /// <summary>One of these rules holds.</summary>
    Any,
    And,
    Or,
    Present,
    String,
    Decimal,
    Datetime,
    NumericFormat,
    StringFormat,
    DatetimeFormat,
    UnitFormat,
    CurrencyFormat,
    NationalCurrency,
    KeyValueFormat,
    DecimalValue,
    Null,
    NotNull,
    Is,
    IsNot,
    In,
    Pairs,
    Same,
    NotSame,

    /// <summary>The same number, however it is written.</summary>
    SameAmount,
    NotSameEntity,
    AtLeast,
    AtMost,
    Later,
    NotEarlier,
    Product,
    EachOne,
    Unique,

    /// <summary>A rule about the header itself.</summary>
    Columns,
    JsonFormat,
    JsonType,
    JsonKeyValue,
    JsonKey,
    JsonKeyPrefix,
    JsonNull,
    JsonNotNull,
    JsonStringFormat,
    JsonUnitFormat,
    JsonNumericFormat,
    JsonSame,
    JsonOneParent,

    /// <summary>These values stand together in another dataset. The dataset is the last argument.</summary>
    FoundIn,

    /// <summary>Each element's pair of ids stands in another dataset.</summary>
    JsonFoundIn,

    /// <summary>Another dataset has the same value for the same keys.</summary>
    AgreesWith,

    /// <summary>Another dataset comes to the same sum for the same keys, but for rounding.</summary>
    SumAgreesWith,

    /// <summary>Not after the last update of a billing period that is closed.</summary>
    NotAfterClosing,
}

/// <summary>What a rule checks: a kind with its arguments, or several checks together.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Arguments">Columns first, then values; of All and Any, the ids of the rules.</param>
/// <param name="Items">The checks of And and Or.</param>
public sealed record Check(CheckKind Kind, IReadOnlyList<string> Arguments, IReadOnlyList<Check> Items)
{
    /// <summary>True for a rule that only gathers others.</summary>
    public bool Gathers => Kind is CheckKind.All or CheckKind.Any;

    /// <summary>True for a check that needs another dataset beside the file's own.</summary>
    public bool IsAcross =>
        Kind
            is CheckKind.FoundIn
                or CheckKind.JsonFoundIn
                or CheckKind.AgreesWith
                or CheckKind.SumAgreesWith
                or CheckKind.NotAfterClosing;

    /// <summary>The other dataset of a check across two.</summary>
    public string OtherDataset => IsAcross ? Arguments[^1] : "";

    /// <summary>The column that the check is about.</summary>
    public string Column => Arguments.Count > 0 ? Arguments[0] : "";

    /// <summary>Every column that the check reads.</summary>
    public IEnumerable<string> Columns =>
        Kind switch
        {
            CheckKind.And or CheckKind.Or => Items.SelectMany(item => item.Columns).Distinct(),
            CheckKind.All or CheckKind.Any or CheckKind.Columns => [],
            CheckKind.Same
            or CheckKind.NotSame
            or CheckKind.SameAmount
            or CheckKind.NotSameEntity
            or CheckKind.Later
            or CheckKind.NotEarlier
            or CheckKind.EachOne
            or CheckKind.Pairs => Arguments.Take(2),
            CheckKind.Product => Arguments.Take(3),
            CheckKind.Unique => Arguments,
            CheckKind.FoundIn or CheckKind.AgreesWith or CheckKind.SumAgreesWith or CheckKind.NotAfterClosing =>
                Arguments.SkipLast(1),
            CheckKind.JsonSame => [Arguments[0], Arguments[2]],
            _ => Arguments.Take(1),
        };
}
