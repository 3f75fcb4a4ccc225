namespace Bursar.Warehouse.Queries;

/// <summary>
/// The SQL of conditions over a profile row p and a daily row d: the same for sums and for source rows.
/// </summary>
/// <param name="star">The files that are asked.</param>
public sealed class FilterSql(StarFiles star)
{
    /// <summary>Values stand in the text itself, for statements that take no parameters.</summary>
    public bool InText { get; init; }

    /// <summary>The values of the question marks, in the order in which the conditions were written.</summary>
    public List<object?> Parameters { get; } = [];

    /// <summary>A WHERE clause of all of them; empty without any.</summary>
    /// <param name="filters">The conditions of the question.</param>
    /// <param name="besides">One more condition, in SQL.</param>
    public string Where(IReadOnlyList<CostFilter> filters, string? besides = null)
    {
        var all = filters.Select(Of).Concat(besides is null ? [] : [besides]).ToList();
        return all.Count == 0 ? "" : "WHERE " + string.Join(" AND ", all);
    }

    /// <summary>One condition, true or false for every row.</summary>
    public string Of(CostFilter filter)
    {
        var sql = CostColumns.Sql(filter.Column, star.Stored);
        var tests = filter.Values.Select(value => Test(filter.Column, sql, value)).ToList();
        var any = tests.Count == 0 ? "false" : "(" + string.Join(" OR ", tests) + ")";
        return filter.Negated ? $"NOT coalesce({any}, false)" : $"coalesce({any}, false)";
    }

    private string Test(string filterColumn, string sql, string? value)
    {
        if (value is null)
            return $"{sql} IS NULL";
        if (!value.Contains('*'))
            return $"{sql} = {Given(filterColumn == "x_DeliveryId" ? KeyOf(value) : value)}";
        var pattern = value.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_").Replace('*', '%');
        return $"{sql} LIKE {Given(pattern)} ESCAPE '\\'";
    }

    private string Given(string value)
    {
        if (InText)
            return SqlText.Literal(value);
        Parameters.Add(value);
        return "?";
    }

    /// <summary>Deliveries are numbers in the files; an unknown id is the number of none.</summary>
    private string KeyOf(string deliveryId) =>
        star
            .Deliveries.Where(delivery => delivery.Value == deliveryId)
            .Select(delivery => delivery.Key.ToString())
            .FirstOrDefault("");
}
