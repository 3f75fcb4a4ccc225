using Bursar.Warehouse.Books;

namespace Bursar.Understand.Deliveries;

/// <summary>Says which deliveries hold the same charges, what tells so, and how to choose.</summary>
internal static class TwinWords
{
    /// <summary>Both deliveries, the evidence, and the command that decides.</summary>
    public static string HowToChoose(BookedDelivery blocked)
    {
        var others = string.Join(", ", blocked.BecauseOf);
        var evidence = string.Join("; ", blocked.Evidence);
        return $"{blocked.Id} is not counted: it holds the same charges as {others}"
            + (evidence.Length == 0 ? ". " : $": {evidence}. ")
            + $"Choose which counts: `bursar deliveries choose {blocked.Id} --reason ...`, or the same with {blocked.BecauseOf[0]}; "
            + "--both if they are not the same.";
    }

    /// <summary>Why a delivery does not count, when nothing has to be done about it; null for a blocked one.</summary>
    public static string? WhyNot(BookedDelivery aside) =>
        aside.Standing switch
        {
            DeliveryStanding.NotChosen =>
                $"{aside.Id} is not counted: {string.Join(", ", aside.BecauseOf)} holds the same charges, and was chosen before.",
            DeliveryStanding.BillArrived =>
                $"The estimate {aside.Id} counts no more: {string.Join(", ", aside.BecauseOf)} is its bill.",
            _ => null,
        };
}
