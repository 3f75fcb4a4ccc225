using System.Text.RegularExpressions;
using Bursar.Core.Diagnostics;
using Bursar.Core.Focus;

namespace Bursar.Understand.Ingestion.Mappings.Proposals;

/// <summary>A first mapping for a file that nobody knows yet, with the reasons to check.</summary>
/// <param name="Name">The name of the mapping and its source.</param>
/// <param name="Recognise">The columns by which such files are recognised.</param>
/// <param name="Where">Which rows are charges; null for all.</param>
/// <param name="Columns">What each FOCUS column is made of, in order, with what was assumed.</param>
internal sealed record ProposedMapping(
    string Name,
    IReadOnlyList<string> Recognise,
    string? Where,
    IReadOnlyList<(string Id, string Expression, string? Assumed)> Columns
)
{
    /// <summary>The mapping that it changes; null for one of its own.</summary>
    public string? Like { get; init; }

    public Mapping ToMapping() =>
        new()
        {
            Name = Name,
            Like = Like,
            Recognise = Recognise,
            Where = Where,
            Columns = Columns.ToDictionary(column => column.Id, column => column.Expression),
        };
}

/// <summary>Guesses from names and cells which column of a file holds what.</summary>
/// <param name="name">The name of the source.</param>
/// <param name="file">The file, for messages.</param>
/// <param name="samples">Its columns with their first cells.</param>
/// <param name="currency">The currency that somebody said.</param>
/// <param name="said">Columns that need no guess: what somebody said about them.</param>
internal sealed partial class ProposeMapping(
    string name,
    string file,
    IReadOnlyList<ColumnSample> samples,
    string? currency,
    IReadOnlyDictionary<string, string> said
)
{
    private const int RecogniseMax = 6;

    private readonly HashSet<ColumnSample> taken = [];

    private readonly List<(string Id, string Expression, string? Assumed)> columns = [];

    /// <exception cref="RefusedException">No column holds a cost or a day, or no currency is known.</exception>
    public ProposedMapping Propose()
    {
        var cost = AddCosts();
        AddTimes();
        AddCurrency(cost);
        AddNames();
        AddQuantities();
        AddTags();
        foreach (var (id, expression) in said.Where(one => !columns.Exists(column => column.Id == one.Key)))
            columns.Add((id, expression, null));
        return new ProposedMapping(name, Recognise(), TotalRows(), columns);
    }

    /// <summary>A FOCUS file with its numbers and days as a spreadsheet shows them: each column is itself.</summary>
    public ProposedMapping AsFocus()
    {
        foreach (var column in samples)
        {
            var id = FocusColumns.CostAndUsage.ContainsKey(column.Header) ? column.Header : null;
            id ??= FocusColumns.Aliases.TryGetValue(column.Header, out var alias) ? alias : null;
            if (id is null || column.Form == CellForm.Empty || columns.Exists(known => known.Id == id))
                continue;
            var expression = FocusColumns.CostAndUsage[id].Type switch
            {
                FocusType.Decimal when column.Form != CellForm.DecimalComma => $"number({Cell(column)})",
                FocusType.Decimal => Number(column),
                FocusType.DateTime => Day(column),
                _ => Cell(column),
            };
            var isGuess = column.Form == CellForm.MonthFirst && IsEitherWay(column);
            Add(id, expression, isGuess ? "the month comes first; day_first(…) if not" : null);
        }
        if (!columns.Exists(column => column.Id == "BillingCurrency"))
            AddCurrency(samples.FirstOrDefault(column => column.Header == "BilledCost"));
        foreach (var (id, expression) in said.Where(one => !columns.Exists(column => column.Id == one.Key)))
            columns.Add((id, expression, null));
        return new ProposedMapping(name, [], null, columns);
    }

    private ColumnSample? AddCosts()
    {
        if (said.ContainsKey("BilledCost") || said.ContainsKey("EffectiveCost"))
            return null;
        var cost =
            Find(ColumnRoles.Cost, column => column.IsNumber && !IsOther(column))
            ?? Find(ColumnRoles.Cost, column => column.IsNumber)
            ?? throw new RefusedException(
                "source/no-cost",
                $"No column of {file} looks like a cost: none has numbers and a name such as Amount, Cost or Total.",
                "Say which it is: --set \"BilledCost=[Column]\"."
            );
        var others = samples
            .Where(column => column != cost && column.IsNumber && !IsOther(column) && Sounds(column))
            .ToList();
        Add(
            "BilledCost",
            Number(cost),
            others.Count == 0 ? null : $"not {string.Join(", ", others.Select(other => other.Header))}"
        );
        if (Find(ColumnRoles.ListCost, column => column.IsNumber) is { } list)
            Add("ListCost", Number(list));
        return cost;
    }

    private static bool Sounds(ColumnSample column) =>
        ColumnRoles.Cost.Any(word => word.Length > 3 && column.Key.Contains(word, StringComparison.Ordinal));

    private static bool IsOther(ColumnSample column) =>
        ColumnRoles.NotCost.Any(word => Words(column.Header).Contains(word)) && column.Key is not "billedcost";

    /// <summary>unit, price of "Unit price", "unitPrice" and "UNIT_PRICE".</summary>
    private static HashSet<string> Words(string header) =>
        [.. WordForm.Matches(header).Select(word => word.Value.ToLowerInvariant())];

    private void AddTimes()
    {
        if (said.TryGetValue("ChargePeriodStart", out var day))
        {
            Add("ChargePeriodEnd", $"day_after({day})");
            Add("BillingPeriodStart", $"month_of({day})");
            Add("BillingPeriodEnd", $"month_after({day})");
            return;
        }
        var start =
            Find(ColumnRoles.Start, column => column.IsDay)
            ?? OnlyDays()
            ?? throw new RefusedException(
                "source/no-day",
                $"No column of {file} looks like a day or a month.",
                "Say which day the costs belong to: --set \"ChargePeriodStart='2026-09-01'\"."
            );
        var end = Find(ColumnRoles.End, column => column.IsDay);
        Add(
            "ChargePeriodStart",
            Day(start),
            start.Form == CellForm.MonthFirst && IsEitherWay(start)
                ? "the month comes first; day_first(…) if not"
                : null
        );
        Add("ChargePeriodEnd", EndOf(start, end), end is not null ? null : "no column says how long a charge lasts");
        // What is invoiced for a term is billed on the day of the invoice, and serves the days of the term.
        var invoiced = end is null ? null : Find(ColumnRoles.InvoiceDate, column => column.IsDay);
        var billing = Find(ColumnRoles.BillingPeriod, column => column.IsDay) ?? invoiced ?? start;
        Add("BillingPeriodStart", $"month_of({Day(billing)})");
        Add("BillingPeriodEnd", $"month_after({Day(billing)})");
    }

    /// <summary>Where one column alone has days, they are when it was charged, whatever its name.</summary>
    private ColumnSample? OnlyDays()
    {
        var days = samples.Where(column => column.IsDay).ToList();
        return days.Count == 1 ? days[0] : null;
    }

    /// <summary>Ends on the first of a month are the day after; other ends are the last day itself.</summary>
    private static string EndOf(ColumnSample start, ColumnSample? end)
    {
        if (end is null)
            return IsMonthly(start) ? $"month_after({Day(start)})" : $"day_after({Day(start)})";
        var first = end.Values.Count(value => FirstOfMonth.IsMatch(value));
        return first * 2 > end.Values.Count || end.Values.Any(value => value.Contains(':'))
            ? Day(end)
            : $"day_after({Day(end)})";
    }

    private static bool IsMonthly(ColumnSample start) =>
        start.Key.Contains("month", StringComparison.Ordinal)
        || start.Key.Contains("monat", StringComparison.Ordinal)
        || start.Values.All(value => MonthOnly.IsMatch(value));

    private static bool IsEitherWay(ColumnSample column) =>
        column.Values.All(value => value.Contains('/'))
        && !column.Values.Any(value => SecondAboveTwelve.IsMatch(value));

    private void AddCurrency(ColumnSample? cost)
    {
        if (said.ContainsKey("BillingCurrency"))
            return;
        var column = Find(
            ColumnRoles.Currency,
            found => found.Values.All(value => Code.IsMatch(value)) && found.Values.Count > 0
        );
        if (column is not null && currency is null)
        {
            Add("BillingCurrency", Cell(column));
            return;
        }
        var known = currency ?? CurrencyOf(cost);
        if (known is null)
            throw new RefusedException(
                "source/no-currency",
                $"Nothing in {file} says in which currency its costs are.",
                "Say it: --currency EUR."
            );
        Add("BillingCurrency", $"'{known}'", currency is null ? $"from {cost!.Header}" : null);
    }

    private static string? CurrencyOf(ColumnSample? cost)
    {
        if (cost is null)
            return null;
        var texts = cost.Values.Take(20).Prepend(cost.Header).ToList();
        foreach (var (mark, code) in new[] { ("€", "EUR"), ("£", "GBP"), ("$", "USD"), ("¥", "JPY"), ("CHF", "CHF") })
        {
            if (texts.Exists(text => text.Contains(mark, StringComparison.Ordinal)))
                return code;
        }
        return texts
            .SelectMany(text => CodeInText.Matches(text).Select(found => found.Value))
            .FirstOrDefault(code =>
                code is "USD" or "EUR" or "GBP" or "CAD" or "AUD" or "SEK" or "NOK" or "DKK" or "PLN" or "INR" or "JPY"
            );
    }

    private void AddNames()
    {
        if (Find(ColumnRoles.Provider, IsName) is { } provider)
            Add("ServiceProviderName", $"first({Cell(provider)}, '{Text(name)}')");
        else
            Add("ServiceProviderName", $"'{Text(name)}'", "from the file's name");
        Add("ServiceName", Find(ColumnRoles.Service, IsName) is { } service ? Cell(service) : $"'{Text(name)}'");
        Add("ChargeCategory", "'Usage'", "or 'Purchase' for what is bought at once");
        AddIfFound("ChargeDescription", ColumnRoles.Description, IsName);
        AddIfFound("BillingAccountId", ColumnRoles.Account, IsLabel);
        AddIfFound("InvoiceId", ColumnRoles.Invoice, IsLabel);
        AddIfFound("SubAccountId", ColumnRoles.SubAccount, IsLabel);
        AddIfFound("ResourceId", ColumnRoles.Resource, IsLabel);
        AddIfFound("ResourceName", ColumnRoles.ResourceName, IsName);
        AddIfFound("RegionId", ColumnRoles.Region, IsName);
    }

    private void AddQuantities()
    {
        if (Find(ColumnRoles.Quantity, column => column.IsNumber) is not { } quantity)
            return;
        Add("ConsumedQuantity", Number(quantity));
        var unit = Find(ColumnRoles.Unit, IsName);
        Add("ConsumedUnit", unit is null ? "'Units'" : Cell(unit));
        if (Find(ColumnRoles.UnitPrice, column => column.IsNumber) is { } price)
            Add("ContractedUnitPrice", Number(price));
    }

    private void AddTags()
    {
        if (Find(ColumnRoles.Tags, column => column.Form == CellForm.Json) is { } tags)
        {
            Add("Tags", Cell(tags));
            return;
        }
        var prefix = new[] { "tag", "tags", "label", "labels" }.FirstOrDefault(word =>
            samples.Any(column => HeaderName.After(column.Header, word) is not null)
        );
        if (prefix is not null)
            Add("Tags", $"tags_from('{prefix}')");
    }

    /// <summary>Rows that add up others: counted again they would double the bill.</summary>
    private string? TotalRows()
    {
        foreach (var column in samples)
        {
            var totals = column.Values.Where(value => TotalWord.IsMatch(value.Trim())).Distinct().ToList();
            if (totals.Count is > 0 and <= 5)
                return $"not {Cell(column)} in ({string.Join(", ", totals.Select(total => $"'{Text(total)}'"))})";
        }
        return null;
    }

    private List<string> Recognise()
    {
        var used = samples.Where(taken.Contains).Concat(samples.Where(column => !taken.Contains(column)));
        return
        [
            .. used.Select(column => column.Header)
                .Where(header => !header.Contains('|') && HeaderName.Key(header).Length > 0)
                .Take(RecogniseMax),
        ];
    }

    private static bool IsName(ColumnSample column) => column.Form == CellForm.Text;

    /// <summary>NB-77 could be read as a number of an odd currency.</summary>
    private static bool IsLabel(ColumnSample column) =>
        column.Form is CellForm.Text or CellForm.Number or CellForm.WrittenNumber;

    private ColumnSample? Find(string[] words, Func<ColumnSample, bool> fits) =>
        ColumnRoles.Find(samples, words, fits, taken);

    private void AddIfFound(string id, string[] words, Func<ColumnSample, bool> fits)
    {
        if (Find(words, fits) is { } column)
            Add(id, Cell(column));
    }

    private void Add(string id, string expression, string? assumed = null) =>
        columns.Add(said.TryGetValue(id, out var other) ? (id, other, null) : (id, expression, assumed));

    private static string Cell(ColumnSample column) => $"[{column.Header}]";

    private string Number(ColumnSample column) =>
        column.Form switch
        {
            // A file writes all of its numbers alike, also those of a column where most have no comma.
            CellForm.Number
                when samples.Any(other => other.Form == CellForm.DecimalComma)
                    && column.Values.Any(value => value.Contains(',', StringComparison.Ordinal)) =>
                $"decimal_comma({Cell(column)})",
            CellForm.WrittenNumber => $"number({Cell(column)})",
            CellForm.DecimalComma => $"decimal_comma({Cell(column)})",
            _ => Cell(column),
        };

    private static string Day(ColumnSample column) =>
        column.Form switch
        {
            CellForm.DayFirst => $"day_first({Cell(column)})",
            _ => $"date({Cell(column)})",
        };

    private static string Text(string text) => text.Replace("'", "''", StringComparison.Ordinal);

    [GeneratedRegex(@"\A[A-Z]{3}\z")]
    private static partial Regex Code { get; }

    [GeneratedRegex(@"\b[A-Z]{3}\b")]
    private static partial Regex CodeInText { get; }

    [GeneratedRegex(@"\A(20[0-9]{2}-?[01][0-9]|[A-Z][a-z]{2,8}[ -]20[0-9]{2})\z")]
    private static partial Regex MonthOnly { get; }

    [GeneratedRegex(@"(-01\z|-01T|\A0?1[/.]|/0?1/)")]
    private static partial Regex FirstOfMonth { get; }

    [GeneratedRegex(@"\A[0-9]{1,2}/(1[3-9]|2[0-9]|3[01])/")]
    private static partial Regex SecondAboveTwelve { get; }

    [GeneratedRegex(
        @"\A(grand |sub|sub-|net )?(total|sum|summe|gesamt|gesamtbetrag|totals|subtotal|zwischensumme)\b.{0,12}\z",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex TotalWord { get; }

    [GeneratedRegex(@"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\p{Ll}+")]
    private static partial Regex WordForm { get; }
}
