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

    private const string Arrived = "arrived";

    /// <summary>That a resource came in some month: its lines are summed under this.</summary>
    public static string Arrival(string service, string account, string resource, int month) =>
        string.Join('\t', Arrived, service, account, resource, month.ToString(CultureInfo.InvariantCulture));

    /// <summary>Service, account, resource and number of the month of an arrival; null for a story.</summary>
    public static (string Service, string Account, string Resource, int Month)? ReadArrival(string name) =>
        name.Split('\t') is [Arrived, var service, var account, var resource, var month]
            ? (service, account, resource, int.Parse(month, CultureInfo.InvariantCulture))
            : null;
}
