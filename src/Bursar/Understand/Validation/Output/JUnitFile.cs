using System.Globalization;
using System.Text;
using System.Xml;
using Bursar.Understand.Validation.Evaluation;

namespace Bursar.Understand.Validation.Output;

/// <summary>Writes how files came out as JUnit XML: a suite per file, a case per rule.</summary>
internal static class JUnitFile
{
    public static void Write(string path, IReadOnlyList<ConformanceReport> reports)
    {
        var settings = new XmlWriterSettings
        {
            Indent = true,
            CheckCharacters = false,
            Encoding = new UTF8Encoding(false),
        };
        using var xml = XmlWriter.Create(path, settings);
        xml.WriteStartElement("testsuites");
        foreach (var report in reports)
            Write(xml, report);
        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, ConformanceReport report)
    {
        var failures = report.Evaluation.Results.Count(result => result.IsFinding && result.Rule.IsMandatory);
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", $"FOCUS {report.FocusVersion} {report.Dataset}: {report.File}");
        xml.WriteAttributeString("tests", Number(report.Evaluation.Results.Count));
        xml.WriteAttributeString("failures", Number(failures));
        xml.WriteAttributeString("skipped", Number(report.Count(RuleStatus.Skip)));
        foreach (var result in report.Evaluation.Results)
            Write(xml, report, result);
        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, ConformanceReport report, RuleResult result)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", $"FOCUS-{report.FocusVersion}.{report.Dataset}.{result.Rule.Column}");
        xml.WriteAttributeString("name", result.Rule.Id);
        if (result.Status == RuleStatus.Skip)
        {
            xml.WriteStartElement("skipped");
            xml.WriteAttributeString("message", result.Reason);
            xml.WriteEndElement();
        }
        else if (result.IsFinding)
        {
            // What is only recommended is told, and breaks no pipeline.
            xml.WriteStartElement(result.Rule.IsMandatory ? "failure" : "system-out");
            if (result.Rule.IsMandatory)
            {
                xml.WriteAttributeString("type", result.Rule.Keyword);
                xml.WriteAttributeString(
                    "message",
                    $"{SayReport.Violations(result)}: {SayCheck.Expected(result.Rule)}"
                );
            }
            xml.WriteString(Clean(string.Join('\n', SayReport.FirstRows(result).Append(SayMeaning.Of(result)))));
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    /// <summary>XML has no place for most control characters.</summary>
    private static string Clean(string text) => string.Concat(text.Where(XmlConvert.IsXmlChar));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
