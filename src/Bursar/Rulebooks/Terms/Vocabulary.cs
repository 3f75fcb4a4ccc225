namespace Bursar.Rulebooks.Terms;

/// <summary>In whose words something is called. The names are written as people write them.</summary>
public enum Vocabulary
{
    /// <summary>The FinOps Framework.</summary>
    FinOps,

    /// <summary>IT financial management.</summary>
    ITFM,

    /// <summary>Technology Business Management.</summary>
    TBM,

    /// <summary>The FinOps Open Cost and Usage Specification.</summary>
    FOCUS,

    /// <summary>The company's own words.</summary>
    Company,
}
