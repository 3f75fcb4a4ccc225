namespace Bursar.Tests.Rulebooks;

/// <summary>What is said about each mistake, word for word.</summary>
public sealed class RulebookMistakesTests
{
    [Fact]
    public void Every_mistake_is_told_with_its_place_and_its_remedy() =>
        CaseFile.Check(
            "Rulebooks/Cases/mistakes.cases",
            one => string.Join("\n\n", SomeRulebook.Read(one.Input).Findings.Select(finding => finding.ToString()))
        );
}
