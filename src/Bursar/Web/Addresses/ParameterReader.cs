using System.Globalization;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Warehouse.Queries;
using Microsoft.Extensions.Primitives;

namespace Bursar.Web.Addresses;

/// <summary>Reads the parameters of an address one by one, and collects what is wrong with them.</summary>
internal sealed class ParameterReader(Dictionary<string, StringValues> parameters)
{
    private readonly List<Diagnostic> diagnostics = [];

    public IReadOnlyList<Diagnostic> Diagnostics => diagnostics;

    public void RefuseUnknown(IReadOnlyList<string> known)
    {
        foreach (var name in parameters.Keys.Where(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase)))
            Refuse("unknown-part", $"An address has no part \"{name}\".", $"The parts are {string.Join(", ", known)}.");
    }

    public IEnumerable<string> All(string name) =>
        parameters.TryGetValue(name, out var values)
            ? values.Where(value => !string.IsNullOrWhiteSpace(value)).Select(value => value!)
            : [];

    public string? One(string name)
    {
        var values = All(name).ToArray();
        if (values.Length > 1)
            Refuse(name, $"\"{name}\" is given {values.Length} times.", "Keep one of them.");
        return values.Length == 1 ? values[0].Trim() : null;
    }

    public T? Choice<T>(string name)
        where T : struct, Enum
    {
        if (One(name) is not { } text)
            return null;
        if (Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase))
            return Enum.Parse<T>(text, ignoreCase: true);
        var choices =
            typeof(T) == typeof(CostMeasure)
                ? Enum.GetNames<T>()
                : Enum.GetNames<T>().Select(choice => choice.ToLowerInvariant());
        Refuse(name, $"\"{text}\" is no value for \"{name}\".", $"Use {string.Join(", ", choices)}.");
        return null;
    }

    public int? Number(string name, int least, int most)
    {
        if (One(name) is not { } text)
            return null;
        if (
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least
            && number <= most
        )
            return number;
        Refuse(name, $"\"{text}\" is no value for \"{name}\".", $"Write a whole number from {least} to {most}.");
        return null;
    }

    /// <summary>The first day of what is named or, for the end of a period, the first day after it.</summary>
    public DateOnly? Day(string name, bool last)
    {
        if (One(name) is not { } text)
            return null;
        if (BillingPeriod.TryParse(text, out var month) && IsSensible(month.Start))
            return last ? month.End : month.Start;
        if (
            DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && IsSensible(day)
        )
            return last ? day.AddDays(1) : day;
        if (
            DateOnly.TryParseExact(text, "yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var year)
            && IsSensible(year)
        )
            return last ? year.AddYears(1) : year;
        Refuse(
            name,
            $"\"{text}\" is no day, month or year between 2000 and 2100.",
            $"Write {name}=2026-04 for a month, or {name}=2026-04-15 for a day."
        );
        return null;
    }

    public IReadOnlyList<CostFilter> Filters(string name)
    {
        var filters = new List<CostFilter>();
        foreach (var text in All(name))
        {
            if (FilterText.Read(text) is { } filter)
                filters.Add(filter);
            else
                Refuse(
                    name,
                    $"\"{text}\" is no condition.",
                    "Write a column, an equals sign and a value: ServiceName=Amazon EC2."
                );
        }
        return filters;
    }

    public CostSplit Split(string name)
    {
        var split = CostSplit.None;
        foreach (var part in All(name).SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries)))
        {
            if (part.Equals("tax", StringComparison.OrdinalIgnoreCase))
                split |= CostSplit.Tax;
            else if (part.Equals("credits", StringComparison.OrdinalIgnoreCase))
                split |= CostSplit.Credits;
            else
                Refuse(name, $"\"{part}\" cannot be shown apart.", "Use tax, credits or tax,credits.");
        }
        return split;
    }

    public Conversion? Conversion(string currency, string rates)
    {
        var use = Choice<RateUse>(rates);
        if (One(currency) is not { } text)
        {
            if (use is not null)
                Refuse(rates, "It is said at which rates, but not to which currency.", "Add currency=USD.");
            return null;
        }
        if (CostQuestion.ReadCurrency(text) is { } target)
            return new Conversion(target, use ?? RateUse.Actual);
        Refuse(currency, $"\"{text}\" is no currency.", "Write three letters, as in ISO 4217: USD.");
        return null;
    }

    public Structure? Structure(string name)
    {
        if (One(name) is not { } text)
            return null;
        if (Warehouse.Queries.Structure.TryRead(text, out var structure))
            return structure;
        Refuse(name, $"\"{text}\" is no structure.", $"Write {Warehouse.Queries.Structure.Forms}.");
        return null;
    }

    public void Refuse(string name, string message, string remedy) =>
        diagnostics.Add(new Diagnostic("address/" + name, Severity.Error, message, remedy));

    private static bool IsSensible(DateOnly day) => day.Year is >= 2000 and <= 2100;
}
