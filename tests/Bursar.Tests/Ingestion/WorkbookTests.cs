using Bursar.Tests.Support;
using Bursar.Understand.Ingestion.Tables;

namespace Bursar.Tests.Ingestion;

/// <summary>Workbooks come out cell by cell as they are stored: no digit is lost, days are days.</summary>
public sealed class WorkbookTests
{
    private const string Header = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>";

    private const string Texts = "<si><t>day</t></si><si><t>cost</t></si>";

    [Theory]
    [InlineData("0.30000000000000004")]
    [InlineData("499.950000000000001")]
    [InlineData("123456789012345678.123456789012345678")]
    [InlineData("1E-7")]
    public void A_number_keeps_the_digits_that_the_cell_holds(string digits) =>
        Assert.Equal($"\"2026-01-01\",\"{digits}\"", Second(Row(digits)));

    [Theory]
    [InlineData("<c r=\"A2\" s=\"1\"><v>46023.5</v></c>", "2026-01-01T12:00:00")]
    [InlineData("<c r=\"A2\" t=\"b\"><v>1</v></c>", "true")]
    [InlineData("<c r=\"A2\" t=\"str\"><f>A1</f><v>a text</v></c>", "a text")]
    [InlineData("<c r=\"A2\" t=\"inlineStr\"><is><r><t>in </t></r><r><t>runs</t></r></is></c>", "in runs")]
    [InlineData("<c r=\"A2\" t=\"s\"><v>2</v></c>", "東京")]
    public void A_cell_means_what_its_program_shows(string cell, string shown)
    {
        // How a Japanese word is read stands beside it and is no part of it.
        const string phonetic = "<si><t>東京</t><rPh sb=\"0\" eb=\"2\"><t>トウキョウ</t></rPh></si>";
        var row = $"<row r=\"2\">{cell}<c r=\"B2\"><v>1</v></c></row>";
        Assert.Equal($"\"{shown}\",\"1\"", Second(row, Texts + phonetic));
    }

    [Fact]
    public void Days_may_count_from_1904() =>
        Assert.Equal(
            "\"2026-01-01\",\"1\"",
            Second(
                "<row r=\"2\"><c r=\"A2\" s=\"1\"><v>44561</v></c><c r=\"B2\"><v>1</v></c></row>",
                properties: "<workbookPr date1904=\"1\"/>"
            )
        );

    [Fact]
    public void A_link_that_is_no_address_does_not_keep_the_figures_out() =>
        Assert.Equal("\"2026-01-01\",\"7\"", Second(Row("7"), links: SomeWorkbook.Link("mailto:a b@c@d;x")));

    [Fact]
    public void A_text_that_is_not_there_is_damage()
    {
        var row = "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>99</v></c><c r=\"B2\"><v>1</v></c></row>";
        Assert.Throws<InvalidDataException>(() => Second(row));
    }

    private static string Row(string digits) =>
        $"<row r=\"2\"><c r=\"A2\" s=\"1\"><v>46023</v></c><c r=\"B2\"><v>{digits}</v></c></row>";

    private static string Second(string row, string texts = Texts, string links = "", string properties = "")
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder["a.xlsx"], SomeWorkbook.OfXml([Header + row], texts, [0, 14], links, properties));
        Assert.True(WorkbookTable.TryWrite(folder["a.xlsx"], folder["a.csv"]));
        return File.ReadAllLines(folder["a.csv"])[1];
    }
}
