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
}
