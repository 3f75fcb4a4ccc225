using System.Globalization;
using System.Text;
using System.Xml;
using Bursar.Cli.Output;

namespace Bursar.Understand.Quality;

/// <summary>Tag reports and checks as every door shows them.</summary>
internal static class TagRecords
{
    public static ResultRecord Of(TagReport report, bool forPeople) =>
        ResultRecord.Of(
            ("month", report.Month.ToString()),
            ("dataAsOf", report.DataAsOf),
            ("taggableCost", forPeople ? report.Compliance.Cost : report.Compliance.Cost.Amount),
            ("currency", forPeople ? null : report.Compliance.Cost.Currency.Code),
            ("compliantCost", Money(report, report.Compliance.Compliant, forPeople)),
            ("compliantByCost", Share(report.Compliance.ByCost, forPeople)),
            ("untaggedByCost", Share(report.Compliance.UntaggedByCost, forPeople)),
            ("resources", report.Compliance.Resources),
            ("compliantByResource", Share(report.Compliance.ByResource, forPeople)),
            (
                "taggableCarbon",
                report.Compliance.Carbon is { } carbon ? (forPeople ? carbon : carbon.Amount) : (object?)null
            ),
            (
                "compliantByCarbon",
                report.Compliance.Carbon is null ? null : Share(report.Compliance.ByCarbon, forPeople)
            ),
            (
                "keys",
                report.Keys.Select(key =>
                    ResultRecord.Of(
                        ("key", key.Key),
                        (
                            "required",
                            forPeople
                                ? key.IsRequired
                                    ? "yes"
                                    : ""
                                : key.IsRequired
                        ),
                        ("missingCost", Money(report, key.Missing, forPeople)),
                        ("wrongCost", Money(report, key.Wrong, forPeople)),
                        ("inheritedCost", Money(report, key.Inherited, forPeople)),
                        ("faultyResources", key.FaultyResources)
                    )
                )
            ),
            (
                "worstAccounts",
                report.Worst.Select(place =>
                    ResultRecord.Of(
                        ("source", place.Source),
                        ("SubAccountId", place.SubAccountId),
                        ("notCompliantCost", Money(report, place.NotCompliant, forPeople)),
                        ("compliantByCost", Share(place.ByCost, forPeople))
                    )
                )
            ),
            (
                "spellings",
                report.Spellings.Select(spelling =>
                    ResultRecord.Of(
                        ("key", spelling.Keep),
                        ("alsoWritten", spelling.Other),
                        ("cost", Money(report, spelling.Cost, forPeople)),
                        ("charges", spelling.Charges),
                        (
                            "readAlready",
                            forPeople
                                ? spelling.IsKnown
                                    ? "yes"
                                    : "no"
                                : spelling.IsKnown
                        )
                    )
                )
            )
        );

    public static ResultRecord Of(TagCheck check) =>
        ResultRecord.Of(
            ("file", check.File),
            ("passed", check.Passes),
            ("resourcesPassed", check.Passed),
            ("resourcesFailed", check.Failed),
            ("resourcesSkipped", check.Skipped),
            (
                "resources",
                check.Resources.Select(one =>
                    ResultRecord.Of(
                        ("resource", one.Resource.Name),
                        ("type", one.Resource.Type),
                        ("result", one.Result),
                        (
                            "faults",
                            one.Faults.Select(fault =>
                                ResultRecord.Of(
                                    ("key", fault.Key),
                                    ("fault", Choice(fault.Kind)),
                                    ("message", fault.Sentence)
                                )
                            )
                        ),
                        ("remark", one.Remark)
                    )
                )
            )
        );

    /// <summary>A line per resource, what fails first.</summary>
    public static ResultTable Table(TagCheck check) =>
        new(
            [new("result", ColumnKind.Whole), new("resource"), new("reason")],
            [
                .. check
                    .Resources.OrderBy(one =>
                        one.Result switch
                        {
                            CheckResources.Fail => 0,
                            CheckResources.Pass => 1,
                            _ => 2,
                        }
                    )
                    .Select(one =>
                        (IReadOnlyList<object?>)
                            [
                                one.Result,
                                one.Resource.Name,
                                string.Join(
                                    " ",
                                    one.Faults.Select(fault => fault.Sentence).Append(one.Remark).OfType<string>()
                                ),
                            ]
                    ),
            ]
        )
        {
            WhenEmpty = "The file declares no resources.",
        };

    /// <summary>JUnit XML: a suite for the file, a case for each resource.</summary>
    public static void WriteJUnit(string path, TagCheck check)
    {
        var settings = new XmlWriterSettings
        {
            Indent = true,
            CheckCharacters = false,
            Encoding = new UTF8Encoding(false),
        };
        using var xml = XmlWriter.Create(path, settings);
        xml.WriteStartElement("testsuites");
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", $"Tags: {check.File}");
        xml.WriteAttributeString("tests", Number(check.Resources.Count));
        xml.WriteAttributeString("failures", Number(check.Failed));
        xml.WriteAttributeString("skipped", Number(check.Skipped));
        foreach (var one in check.Resources)
            WriteCase(xml, one);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteCase(XmlWriter xml, CheckedResource one)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", one.Resource.Type);
        xml.WriteAttributeString("name", one.Resource.Name);
        if (one.Result != CheckResources.Pass)
        {
            xml.WriteStartElement(one.Result == CheckResources.Fail ? "failure" : "skipped");
            xml.WriteAttributeString(
                "message",
                one.Result == CheckResources.Fail
                    ? string.Join(" ", one.Faults.Select(fault => fault.Sentence))
                    : one.Remark
            );
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static object Money(TagReport report, Core.Amounts.Amount amount, bool forPeople) =>
        forPeople ? new Core.Amounts.Money(amount, report.Compliance.Cost.Currency) : amount;

    private static object? Share(decimal? share, bool forPeople) => forPeople ? QualityRecords.Percent(share) : share;

    private static string Choice(TagFaultKind kind) => Cli.Choice.KebabCase(kind.ToString());

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
