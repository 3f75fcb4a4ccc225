using System.Text.RegularExpressions;
using Bursar.Core.Diagnostics;
using Bursar.Core.Focus;
using Bursar.Core.Time;

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
    IncomingFile file,
    IReadOnlyList<ColumnSample> samples,
    string? currency,
    IReadOnlyDictionary<string, string> said
)
{
    private const int RecogniseMax = 6;

    private const int HeadersShown = 12;

    private readonly HashSet<ColumnSample> taken = [];

    private readonly List<(string Id, string Expression, string? Assumed)> columns = [];

    private readonly List<(string Code, string What, string Option)> missing = [];

    /// <exception cref="RefusedException">No column holds a cost or a day, or no currency is known.</exception>
    public ProposedMapping Propose()
    {
        var cost = AddCosts();
        AddTimes();
        AddCurrency(cost);
        RefuseMissing();
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
        RefuseMissing();
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
            ?? Find(ColumnRoles.Cost, column => column.IsNumber);
        if (cost is null && AddDebits() is { } debit)
            return debit;
        if (cost is null)
        {
            missing.Add(
                (
                    "source/no-cost",
                    "no column looks like a cost: none has numbers and a name such as Amount, Cost or Total",
                    "--set \"BilledCost=[Column]\""
                )
            );
            return null;
        }
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

    /// <summary>A ledger has two columns for what other tables have signs for.</summary>
    private ColumnSample? AddDebits()
    {
        var debit = Find(ColumnRoles.Debit, column => column.IsNumber);
        var credit = Find(ColumnRoles.Credit, column => column.IsNumber);
        if (debit is null || credit is null)
            return null;
        Add("BilledCost", $"{Number(debit)} - {Number(credit)}", "what is credited is taken off");
        return debit;
    }

    /// <summary>All that the file does not say, at once, with the one command that says it.</summary>
    private void RefuseMissing()
    {
        if (missing.Count == 0)
            return;
        var headers = string.Join(", ", samples.Select(sample => sample.Header).Take(HeadersShown));
        var more = samples.Count > HeadersShown ? ", …" : "";
        throw new RefusedException(
            missing[0].Code,
            $"In {file.Name}, {string.Join("; ", missing.Select(one => one.What))}. Its columns are: {headers}{more}.",
            $"Say it: `bursar source add {file.Quoted} {string.Join(" ", missing.Select(one => one.Option).Concat(Asked))}`."
        );
    }

    /// <summary>What was said already, to be said again.</summary>
    private IEnumerable<string> Asked =>
        said.Select(one => $"--set \"{one.Key}={one.Value}\"")
            .Concat(currency is null ? [] : [$"--currency {currency}"]);

    private static bool Sounds(ColumnSample column) =>
        ColumnRoles.Cost.Any(word => ColumnRoles.IsWhole(word) && column.Key.Contains(word, StringComparison.Ordinal));

    private static bool IsOther(ColumnSample column) =>
        ColumnRoles.NotCost.Any(word => CurrencyGuess.Words(column.Header).Contains(word))
            && column.Key is not "billedcost"
        || ColumnRoles.NotCost.Any(word =>
            ColumnRoles.IsWhole(word) && column.Key.Contains(word, StringComparison.Ordinal)
        );

    private void AddTimes()
    {
        if (said.TryGetValue("ChargePeriodStart", out var day))
        {
            Add("ChargePeriodEnd", $"day_after({day})");
            Add("BillingPeriodStart", $"month_of({day})");
            Add("BillingPeriodEnd", $"month_after({day})");
            return;
        }
        var start = Find(ColumnRoles.Start, column => column.IsDay) ?? OnlyDays();
        if (start is null && FileDay.Of(file.Name) is not null)
        {
            AddFileDay();
            return;
        }
        if (start is null)
        {
            missing.Add(
                ("source/no-day", "no column looks like a day or a month", "--set \"ChargePeriodStart='2026-09-01'\"")
            );
            return;
        }
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

    private void AddFileDay()
    {
        Add("ChargePeriodStart", "file_day()", $"from the name {file.Name}");
        Add("ChargePeriodEnd", FileDay.IsMonth(file.Name) ? "month_after(file_day())" : "day_after(file_day())");
        Add("BillingPeriodStart", "month_of(file_day())");
        Add("BillingPeriodEnd", "month_after(file_day())");
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
            return start.Grain switch
            {
                DayGrain.Quarter => $"quarter_after({Day(start)})",
                DayGrain.Week => $"week_after({Day(start)})",
                _ => IsMonthly(start) ? $"month_after({Day(start)})" : $"day_after({Day(start)})",
            };
        var first = end.Values.Count(value => FirstOfMonth.IsMatch(value));
        return first * 2 > end.Values.Count || end.Values.Any(value => value.Contains(':'))
            ? Day(end)
            : $"day_after({Day(end)})";
    }

    private static bool IsMonthly(ColumnSample start) =>
        start.Key.Contains("month", StringComparison.Ordinal)
        || start.Key.Contains("monat", StringComparison.Ordinal)
        || start.Grain == DayGrain.Month;

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
        var known = currency ?? CurrencyGuess.Of(cost);
        if (known is null)
        {
            missing.Add(("source/no-currency", "nothing says in which currency its costs are", "--currency EUR"));
            return;
        }
        Add("BillingCurrency", $"'{known}'", currency is null ? $"from {cost!.Header}" : null);
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

    [GeneratedRegex(@"(-01\z|-01T|\A0?1[/.]|/0?1/)")]
    private static partial Regex FirstOfMonth { get; }

    [GeneratedRegex(@"\A[0-9]{1,2}/(1[3-9]|2[0-9]|3[01])/")]
    private static partial Regex SecondAboveTwelve { get; }

    [GeneratedRegex(
        @"\A(grand |sub|sub-|net )?(total|sum|summe|gesamt|gesamtbetrag|totals|subtotal|zwischensumme|合計|小計|合计|小计)\b.{0,12}\z",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex TotalWord { get; }
}
