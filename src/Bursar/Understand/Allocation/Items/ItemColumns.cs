namespace Bursar.Understand.Allocation.Items;

/// <summary>What registers call the columns of a configuration item.</summary>
internal static class ItemColumns
{
    /// <summary>Our columns in their order, and the headings of others, without marks and in small letters.</summary>
    private static readonly (string Column, string[] Headings)[] Known =
    [
        ("id", ["id", "ciid", "sysid", "ci", "assetid", "assettag", "number", "uid", "entityref", "configurationitem"]),
        ("name", ["name", "ciname", "displayname", "title", "configurationitemname"]),
        ("class", ["class", "sysclassname", "ciclass", "type", "kind", "category"]),
        (
            "resource",
            [
                "resource",
                "resourceid",
                "correlationid",
                "objectid",
                "cloudresourceid",
                "arn",
                "instanceid",
                "externalid",
                "resourcename",
            ]
        ),
        (
            "account",
            [
                "account",
                "accountid",
                "subaccountid",
                "subaccountname",
                "subscriptionid",
                "subscription",
                "cloudaccount",
                "accountname",
            ]
        ),
        (
            "application",
            [
                "application",
                "app",
                "businessapplication",
                "applicationservice",
                "uapplication",
                "system",
                "businessservice",
                "service",
            ]
        ),
        (
            "owner",
            ["owner", "ownedby", "managedby", "supportgroup", "itapplicationowner", "itowner", "businessowner", "team"]
        ),
        ("from", ["from", "validfrom", "startdate", "installdate", "installed", "effectivefrom", "commissioned"]),
        (
            "to",
            [
                "to",
                "validto",
                "enddate",
                "retirementdate",
                "retired",
                "effectiveto",
                "decommissioned",
                "decommissiondate",
            ]
        ),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(column => column.Column)];

    /// <summary>The place of the heading that is each column; a heading that somebody named counts first.</summary>
    public static Dictionary<string, int> PlacesIn(
        IReadOnlyList<string> headings,
        IReadOnlyDictionary<string, string> named
    )
    {
        var places = new Dictionary<string, int>();
        foreach (var (column, names) in Known)
        {
            var place = named.TryGetValue(column, out var heading)
                ? IndexOf(headings, other => other.Equals(heading, StringComparison.OrdinalIgnoreCase))
                : names
                    .Select(name => IndexOf(headings, other => Plain(other) == name))
                    .Concat(names.Select(name => IndexOf(headings, other => Plain(Last(other)) == name)))
                    .FirstOrDefault(place => place >= 0, -1);
            if (place >= 0 && !places.ContainsValue(place))
                places[column] = place;
        }
        return places;
    }

    private static int IndexOf(IReadOnlyList<string> headings, Func<string, bool> fits)
    {
        for (var place = 0; place < headings.Count; place++)
        {
            if (fits(headings[place]))
                return place;
        }
        return -1;
    }

    /// <summary>"spec.owner" ends on "owner", "aws.amazon.com/arn" on "arn".</summary>
    private static string Last(string heading) => heading.Split('.', '/')[^1];

    private static string Plain(string heading) =>
        string.Concat(heading.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));
}
