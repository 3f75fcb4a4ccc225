using System.Globalization;

namespace Bursar.Demo.Company;

/// <summary>The names under which planted lines are summed for the truth.</summary>
internal static class StoryNames
{
    public const string LapsedPlan = "lapsed-savings-plan";
    public const string HiddenTag = "three-spellings-of-a-tag";
    public const string Reorganisation = "july-reorganisation";
    public const string IdleCluster = "idle-cluster";
    public const string BusyCluster = "busy-cluster";
    public const string LateUsage = "late-usage";
    public const string Correction = "august-correction";
    public const string AgentLoop = "agent-in-a-loop";
    public const string Prepaid = "prepaid-crm";
    public const string EndingCredit = "ending-credit";
    public const string Lease = "frankfurt-lease";
    public const string Untagged = "nobodys-money";

    private const string Lived = "lived";

    /// <summary>That a resource lived from one month to another: its lines are summed under this.</summary>
    public static string Life(string service, string account, string resource, int first, int last) =>
        string.Create(CultureInfo.InvariantCulture, $"{Lived}\t{service}\t{account}\t{resource}\t{first}\t{last}");

    /// <summary>Service, account, resource, and the numbers of its first and last month; null for a story.</summary>
    public static (string Service, string Account, string Resource, int First, int Last)? ReadLife(string name) =>
        name.Split('\t') is [Lived, var service, var account, var resource, var first, var last]
            ? (service, account, resource, Number(first), Number(last))
            : null;

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
