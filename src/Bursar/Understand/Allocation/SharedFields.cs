namespace Bursar.Understand.Allocation;

/// <summary>The seven fields that every charge shares, whoever billed it (DAT-03), in their fixed order.</summary>
internal static class SharedFields
{
    public const int CostCentre = 0;
    public const int Product = 1;
    public const int Application = 2;
    public const int LegalEntity = 3;
    public const int Environment = 4;
    public const int Project = 5;
    public const int Owner = 6;
    public const int Count = 7;

    public static IReadOnlyList<string> Names { get; } =
    ["x_CostCentre", "x_Product", "x_Application", "x_LegalEntity", "x_Environment", "x_Project", "x_Owner"];

    /// <summary>The list of the organisation that declares the values of each field.</summary>
    public static IReadOnlyList<string> OrganisationLists { get; } =
    ["costCentres", "products", "applications", "legalEntities", "environments", "projects", "owners"];

    public static int IndexOf(string name)
    {
        for (var i = 0; i < Names.Count; i++)
        {
            if (Names[i] == name)
                return i;
        }
        return -1;
    }
}
