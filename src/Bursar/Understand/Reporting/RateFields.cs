using Bursar.Cli.Output;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Reporting;

/// <summary>Tells with which rates an answer was converted: in full for programs, in sentences for people.</summary>
internal static class RateFields
{
    /// <summary>So many rates of a currency are told one by one.</summary>
    private const int SaidMax = 4;

    /// <summary>The currency asked for, which rates, and every rate used; nothing for an answer as billed.</summary>
    public static IEnumerable<(string Name, object? Value)> Of(CostAnswer answer)
    {
        if (answer.Query.Conversion is not { } conversion)
            yield break;
        yield return ("currency", conversion.Target.Code);
        yield return ("rateUse", conversion.Use.ToString().ToLowerInvariant());
        yield return ("rates", answer.Rates.Select(rate => Record(rate, conversion)));
    }

    /// <summary>One or more sentences for each currency that was converted.</summary>
    public static IEnumerable<string> Sentences(CostAnswer answer)
    {
        if (answer.Query.Conversion is not { } conversion)
            yield break;
        foreach (var same in answer.Rates.GroupBy(rate => (rate.Currency, rate.Source)))
        {
            var use = $"{conversion.Use.ToString().ToLowerInvariant()} rate, {same.Key.Source}";
            var rates = same.ToList();
            if (rates.Count <= SaidMax)
            {
                foreach (var rate in rates)
                    yield return $"1 {rate.Currency} = {rate.Rate} {conversion.Target} from {rate.Start:yyyy-MM-dd} to "
                        + $"{rate.End.AddDays(-1):yyyy-MM-dd}, {use} ({rate.Basis}).";
                continue;
            }
            var (least, most) = (rates.Min(rate => rate.Rate), rates.Max(rate => rate.Rate));
            yield return $"1 {same.Key.Currency} = {least} to {most} {conversion.Target}, {rates.Count} rates from "
                + $"{rates[0].Start:yyyy-MM-dd} to {rates[^1].End.AddDays(-1):yyyy-MM-dd}, {use}; `bursar explain` lists them.";
        }
    }

    /// <summary>One rate as named fields.</summary>
    public static ResultRecord Record(ConversionRate rate, Conversion conversion) =>
        ResultRecord.Of(
            ("currency", rate.Currency.Code),
            ("from", rate.Start),
            ("to", rate.End.AddDays(-1)),
            ("rate", rate.Rate),
            ("target", conversion.Target.Code),
            ("source", rate.Source),
            ("basis", rate.Basis)
        );
}
