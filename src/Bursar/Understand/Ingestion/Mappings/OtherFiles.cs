using Bursar.Core.Diagnostics;

namespace Bursar.Understand.Ingestion.Mappings;

/// <summary>Files that people have beside their bills: recognised, so that the answer says what they are for.</summary>
internal static class OtherFiles
{
    private static readonly (string[] Columns, string What, string Remedy)[] Known =
    [
        (
            ["metric.name", "tiered_rates", "cost_type"],
            "a rate card of a cluster: what a core-hour costs, not what was charged",
            "`bursar source add FILE` makes a kind: PriceBook of it, which then prices usage reports."
        ),
        (
            ["RecommendedQuantity", "NetSavings", "TotalCostWithReservedInstances"],
            "recommendations for reservations: what could be saved, not what was charged",
            "Keep it for decisions about commitments; ingest the cost export of the same subscriptions."
        ),
        (
            ["Region", "CO2e (metric ton/kWh)"],
            "a table of emission factors, not of charges",
            "It is for estimates of carbon; ingest the cost export that they are to be applied to."
        ),
        (
            ["Architecture", "Min Watts", "Max Watts"],
            "a table of what processors draw, not of charges",
            "It is for estimates of carbon; ingest the cost export that they are to be applied to."
        ),
        (
            ["type", "total_mean|additional_memory"],
            "a table of embodied emissions, not of charges",
            "It is for estimates of carbon; ingest the cost export that they are to be applied to."
        ),
        (
            ["serviceName", "region", "usageType", "usageUnit"],
            "a list of kinds of usage for estimates of carbon: it has neither cost nor day",
            "Ingest the cost export that it was made from."
        ),
        (
            ["cpuDescription", "machineName", "machineType"],
            "a list of machines for estimates of carbon, not of charges",
            "What the machines cost comes in as a list of assets: `bursar source template assets`."
        ),
        (
            ["Instance type", "Platform CPU Name"],
            "a table of emission factors, not of charges",
            "It is for estimates of carbon; ingest the cost export that they are to be applied to."
        ),
    ];

    /// <summary>Refuses a file that is no bill and is known; does nothing about others.</summary>
    /// <exception cref="RefusedException">It is one of them.</exception>
    public static void Refuse(IncomingFile file, IReadOnlyList<FileColumn> columns)
    {
        var headers = new FileHeaders(columns);
        foreach (var (names, what, remedy) in Known)
        {
            if (Array.TrueForAll(names, name => headers.Find(new ColumnOf(name.Split('|'))) is not null))
                throw new RefusedException(
                    "ingestion/no-charges",
                    $"{file.Name} is {what}.",
                    remedy.Replace("FILE", file.Name, StringComparison.Ordinal)
                );
        }
    }

    /// <summary>Whether it is a rate card of a cluster.</summary>
    public static bool IsRateCard(IReadOnlyList<FileColumn> columns)
    {
        var headers = new FileHeaders(columns);
        return Array.TrueForAll(Known[0].Columns, name => headers.Find(name) is not null);
    }
}
