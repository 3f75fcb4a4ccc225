using Bursar.Core.Amounts;

namespace Bursar.Warehouse.Queries;

/// <summary>What the figures of a measure are counted in.</summary>
public static class CostMeasures
{
    /// <summary>The unit of emissions; other units of mass are other figures, never added.</summary>
    public const string CarbonUnit = "kgCO2e";

    extension(CostMeasure measure)
    {
        /// <summary>True for what is counted in units rather than money: no rate applies to it.</summary>
        public bool IsQuantity =>
            measure is CostMeasure.ConsumedQuantity or CostMeasure.PricingQuantity or CostMeasure.Carbon;

        /// <summary>The column of the currency or unit; figures that differ in it are never added.</summary>
        public string UnitColumn =>
            measure switch
            {
                CostMeasure.ConsumedQuantity or CostMeasure.Carbon => "ConsumedUnit",
                CostMeasure.PricingQuantity => "PricingUnit",
                _ => "BillingCurrency",
            };

        /// <summary>The currency or unit of that name.</summary>
        public Currency UnitOf(string? name) => new(name ?? "") { IsUnit = measure.IsQuantity };
    }
}
