using Bursar.Core.Amounts;
using Bursar.Rulebooks;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Allocation;

/// <summary>
/// Finds accounts, resource groups and beginnings of names whose cost belongs to one cost centre wherever it says so,
/// and accounts of which nothing says so.
/// </summary>
internal sealed class SuggestPlaces(Rulebook rulebook, UnownedCost ask)
{
    private const int ShownMax = 50;

    /// <summary>A value of a column, with its cost by cost centre; the empty key is cost without one.</summary>
    private sealed record Place(string Column, string Value, string Title, IReadOnlyList<CostRow> Rows)
    {
        public IEnumerable<CostRow> Unowned => Rows.Where(row => row.Keys[^1] is null);

        /// <summary>The cost centres that any of its cost has.</summary>
        public IReadOnlyList<string> Owners =>
            [.. Rows.Select(row => row.Keys[^1]).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
    }

    public IEnumerable<RuleSuggestion> Find()
    {
        var accounts = Places("SubAccountId", "SubAccountName", "account").ToList();
        if (accounts.Count == 0)
            accounts = [.. Places("BillingAccountId", "BillingAccountName", "account")];
        var found = accounts.Select(place => FromOneOwner(place) ?? WholeAccount(place)).ToList();
        found.Add(EveryAccount(accounts));
        foreach (var column in ask.ResourceGroupColumns)
            found.AddRange(Places(column, null, "resource group").Select(FromOneOwner));
        found.AddRange(NamePrefixes().Select(FromOneOwner));
        return found
            .OfType<RuleSuggestion>()
            .OrderByDescending(suggestion => suggestion.Explains[0].Amount)
            .ThenBy(suggestion => suggestion.Name, StringComparer.Ordinal)
            .Take(ShownMax);
    }

    private IEnumerable<Place> Places(string column, string? nameColumn, string noun)
    {
        if (!ask.Has(column))
            return [];
        string[] by =
            nameColumn is not null && ask.Has(nameColumn)
                ? [column, nameColumn, SuggestRules.Field]
                : [column, SuggestRules.Field];
        return ask.Rows(by)
            .Where(row => row.Keys[0] is not null)
            .GroupBy(row => row.Keys[0]!)
            .Select(same => new Place(
                column,
                same.Key,
                $"{noun} {(by.Length == 3 ? same.First().Keys[1] ?? same.Key : same.Key)}",
                [.. same]
            ))
            .Where(place => place.Unowned.Any());
    }

    /// <summary>Resources by the beginning of their name, up to the first dash, dot, slash or underscore.</summary>
    private IEnumerable<Place> NamePrefixes()
    {
        if (!ask.Has("ResourceName"))
            return [];
        return ask.Rows(["ResourceName", SuggestRules.Field])
            .Select(row => (Row: row, Prefix: Prefix(row.Keys[0])))
            .Where(pair => pair.Prefix is not null)
            .GroupBy(pair => pair.Prefix!)
            .Select(same => new Place(
                "ResourceName",
                same.Key + "*",
                $"resources whose names begin with {same.Key}",
                [.. same.Select(pair => pair.Row)]
            ))
            .Where(place => place.Unowned.Any());
    }

    private static string? Prefix(string? name)
    {
        var end = name?.IndexOfAny(['-', '_', '.', '/']) ?? -1;
        return end >= 3 && !name!.Contains('*') ? name[..(end + 1)] : null;
    }

    private RuleSuggestion? FromOneOwner(Place place)
    {
        if (place.Owners is not [var owner])
            return null;
        var owned = UnownedCost.Sums(place.Rows.Where(row => row.Keys[^1] is not null));
        if (owned.All(money => money.Amount <= Amount.Zero))
            return null;
        var name = $"suggested-{YamlText.Name(place.Column)}-{YamlText.Name(place.Value)}";
        return new RuleSuggestion(
            name,
            $"{place.Title} {(place.Column == "ResourceName" ? "belong" : "belongs")} to cost centre {owner}",
            $"All of its cost that says so belongs to {owner}.",
            UnownedCost.Sums(place.Unowned),
            Rule(name, place.Column, place.Value, YamlText.Quoted(owner)),
            Behind(place),
            IsReady: true
        );
    }

    /// <summary>Nothing in the account says whose it is: a person has to.</summary>
    private RuleSuggestion? WholeAccount(Place place)
    {
        if (place.Owners.Count > 0 || !DeclaresCostCentres)
            return null;
        var name = $"suggested-{YamlText.Name(place.Column)}-{YamlText.Name(place.Value)}";
        var rule = Rule(name, place.Column, place.Value, YamlText.Quoted("fill in"));
        return new RuleSuggestion(
            name,
            $"{place.Title} belongs to one cost centre",
            "Nothing in it says whose it is: ask who opened it, fill it in, take away the #.",
            UnownedCost.Sums(place.Unowned),
            string.Concat(rule.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => $"# {line}\n")),
            Behind(place),
            IsReady: false
        );
    }

    /// <summary>Without declared cost centres, an account is the best first answer to who pays.</summary>
    private RuleSuggestion? EveryAccount(IReadOnlyList<Place> accounts)
    {
        if (DeclaresCostCentres || accounts.Count == 0)
            return null;
        var column = accounts[0].Column;
        var named = column == "SubAccountId" ? "SubAccountName" : "BillingAccountName";
        if (!ask.Has(named))
            named = column;
        var rows = ask.Rows([named], UnownedCost.IsUnowned).Where(row => row.Keys[0] is not null).ToList();
        var names = rows.Select(row => row.Keys[0]).Distinct().Count();
        const string name = "suggested-accounts-are-cost-centres";
        return new RuleSuggestion(
            name,
            "each account stands for a cost centre",
            $"No cost centre is declared yet, and {(names == 1 ? "1 account name is" : $"{names} account names are")} known.",
            UnownedCost.Sums(rows),
            $"kind: AllocationRule\nname: {name}\norder: 950\n"
                + $"when: {{}}\nset:\n  {SuggestRules.Field}: \"{{{named}}}\"\n",
            ask.Question([named], UnownedCost.IsUnowned),
            IsReady: true
        )
        {
            IsLastResort = true,
        };
    }

    private bool DeclaresCostCentres =>
        rulebook.All<Organisation>().Any(organisation => organisation.CostCentres.Count > 0);

    private CostQuery Behind(Place place) =>
        ask.Question(["ServiceName"], UnownedCost.IsUnowned, new CostFilter(place.Column, [place.Value]));

    private static string Rule(string name, string column, string value, string owner) =>
        $"kind: AllocationRule\nname: {name}\norder: 900\n"
        + $"when:\n  {column}: {YamlText.Quoted(value)}\nset:\n  {SuggestRules.Field}: {owner}\n";
}
