namespace Bursar.Demo.Files;

/// <summary>How a provider writes a moment.</summary>
internal enum TimeStyle
{
    /// <summary>2026-09-01T00:00:00Z</summary>
    Utc,

    /// <summary>2026-09-01 00:00:00</summary>
    Spaced,

    /// <summary>2026-09-01</summary>
    DateOnly,

    /// <summary>2026-09-01T02:00:00+02:00, the same moment as midnight UTC.</summary>
    Offset,
}

/// <summary>How a provider writes an amount. All of them write every digit.</summary>
internal enum AmountStyle
{
    /// <summary>12.5</summary>
    Plain,

    /// <summary>12.5000000000</summary>
    Padded,

    /// <summary>1.25E+1, but only below a thousandth or from a thousand on</summary>
    Scientific,
}

/// <summary>The cells of a line that differ from line to line of the same resource.</summary>
internal enum Slot
{
    None,
    BilledCost,
    EffectiveCost,
    ListCost,
    ContractedCost,
    Quantity,
    ChargeStart,
    ChargeEnd,
    BillingStart,
    BillingEnd,

    /// <summary>The billing month without a dash, 202609, inside a cell that says <c>{month}</c>.</summary>
    BillingMonth,
}

/// <summary>The shape of a provider's file: its columns and its manner of writing.</summary>
internal sealed record FileShape(IReadOnlyList<string> Columns)
{
    public string Null { get; init; } = "";

    public string NewLine { get; init; } = "\n";

    public bool ByteOrderMark { get; init; }

    /// <summary>Written around each column id in the header: some exports pad their headings.</summary>
    public string HeaderPadding { get; init; } = "";

    public TimeStyle Times { get; init; }

    public AmountStyle Amounts { get; init; }

    /// <summary>Columns that vary by line; any other cell is fixed by the template.</summary>
    public IReadOnlyDictionary<string, Slot> Slots { get; init; } = CommonSlots;

    public string Header => string.Join(',', Columns.Select(column => HeaderPadding + column + HeaderPadding));

    public static readonly IReadOnlyDictionary<string, Slot> CommonSlots = new Dictionary<string, Slot>
    {
        ["BilledCost"] = Slot.BilledCost,
        ["EffectiveCost"] = Slot.EffectiveCost,
        ["ListCost"] = Slot.ListCost,
        ["ContractedCost"] = Slot.ContractedCost,
        ["ConsumedQuantity"] = Slot.Quantity,
        ["PricingQuantity"] = Slot.Quantity,
        ["ChargePeriodStart"] = Slot.ChargeStart,
        ["ChargePeriodEnd"] = Slot.ChargeEnd,
        ["BillingPeriodStart"] = Slot.BillingStart,
        ["BillingPeriodEnd"] = Slot.BillingEnd,
    };
}
