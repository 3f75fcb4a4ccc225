using Bursar.Core.Diagnostics;
using Bursar.Core.Focus;

namespace Bursar.Understand.Records;

/// <summary>Every kind of business record. A new kind is a paragraph of the table below.</summary>
internal static class RecordKinds
{
    /// <summary>
    /// "kind name dataset title", then a field a line: name, type, "key" or "required", and after the bar what other
    /// systems call it. "anyof" names fields of which one must have a value.
    /// </summary>
    private const string Table = """
        kind invoices Invoice Supplier invoices, a line of the list each (or a line of an invoice each)
        InvoiceIssuerName key | Supplier, Supplier Name, Vendor, Vendor Name, Issuer, Creditor
        InvoiceId key | Invoice Number, Invoice No, Invoice, Number, Document Number, Document No
        InvoiceLineId key optional | Line, Line Number, Line No
        BillingAccountId | Account, Billing Account, Customer Number, Account Number
        BillingPeriodStart day | Period, Billing Period, Period Start, Service Period Start, Service Start
        BillingPeriodEnd day | Period End, Service Period End, Service End
        BilledCost amount required | Total, Amount, Invoice Amount, Invoice Total, Gross Amount, Line Amount, Total Amount
        TaxCost amount | Tax, VAT, Tax Amount, VAT Amount, Sales Tax
        LineType | Type, Line Type, Charge Category, Document Type
        BillingCurrency required | Currency, Invoice Currency, Document Currency
        ExchangeRate amount | Exchange Rate, Rate
        InvoiceIssueDate day | Invoice Date, Issue Date, Date, Document Date, Invoiced On
        PaymentDueDate day | Due Date, Payment Due, Due
        PurchaseOrderNumber | PO, PO Number, Purchase Order, Order Number
        Description | Text, Memo, Line Description

        kind ledger Ledger Journal lines of the general ledger
        JournalLineId key | Journal Line, Line Id, Entry No, Entry Number, Id, Journal Id, Document Line
        Account required | GL Account, Account Code, Account Number, Account No, Nominal Code
        PostingDate day required | Date, Posted On, Posting Date, Entry Date, Booking Date
        Amount amount | Net Amount, Value, Amount In Local Currency, Local Amount
        Debit amount | Debit Amount
        Credit amount | Credit Amount
        Currency required | Ledger Currency, Local Currency, Company Currency
        EntryType | Type, Document Type, Entry Type, Journal Type
        InvoiceId | Reference, Invoice Number, Invoice No, External Document No, Document Reference
        InvoiceIssuerName | Supplier, Vendor, Supplier Name, Vendor Name
        DocumentAmount amount | Amount In Document Currency, Foreign Amount, Original Amount
        DocumentCurrency | Foreign Currency, Original Currency, Transaction Currency
        ExchangeRate amount | Exchange Rate, Rate, Booking Rate
        CostCentre | Cost Center, Cost Centre, Department
        LegalEntity | Company, Company Code, Entity
        Description | Text, Memo, Narrative
        anyof Amount Debit Credit

        kind accounts Account The chart of accounts
        Account key | GL Account, Account Code, Account Number, Account No, Nominal Code
        Name required | Account Name, Description
        AccountType | Type, Class, Category
        ParentAccount | Parent

        kind cost-centres CostCentre Cost centres of the finance system
        CostCentre key | Cost Center, Code, Cost Centre Code, Department
        Name required | Cost Centre Name, Cost Center Name, Description
        Owner | Manager, Responsible
        LegalEntity | Company, Company Code, Entity
        ParentCostCentre | Parent

        kind purchase-orders PurchaseOrder Purchase orders
        PurchaseOrderNumber key | PO, PO Number, Purchase Order, Order Number, Order
        InvoiceIssuerName required | Supplier, Vendor, Supplier Name, Vendor Name
        Amount amount required | Total, Order Amount, Value, Order Value
        Currency required | Order Currency
        OrderDate day | Date, Ordered On, Issue Date
        EndDate day | Valid Until, End, Expiry
        CostCentre | Cost Center, Department
        Description | Text, Memo

        kind assets Asset The fixed-asset register
        AssetId key | Asset, Asset Number, Asset No, Id
        Description required | Asset Name, Name, Text
        Cost amount required | Acquisition Cost, Purchase Price, Value, Amount, Gross Value
        Currency required
        InServiceDate day required | Capitalised On, Capitalized On, Acquisition Date, Start Date, Depreciation Start
        LifeMonths amount | Useful Life Months, Months, Useful Life
        Account | GL Account, Account Code
        CostCentre | Cost Center, Department
        Location | Site

        kind budgets BudgetLine Budget lines of the finance system
        BudgetId key | Budget, Line Id, Id
        Period required | Month, Fiscal Period, Year
        Amount amount required | Budget Amount, Value
        Currency required
        CostCentre | Cost Center, Department
        Account | GL Account, Account Code

        kind deployments Deployment What went live, and when (pipelines)
        Service key | Application, App, Component, Project, Repository, Repo
        Version key | Tag, Release, Ref, Build, Commit, Sha
        At key moment | Deployed At, Deployment Time, Finished At, Completed At, Timestamp, Time, Date
        Environment | Env, Stage, Target
        By | Actor, Author, Deployed By, User
        Link | Url, Run Url, Pipeline Url, Html Url
        """;

    public static IReadOnlyList<RecordKind> All { get; } =
    [
        .. Table.Split("\n\n", StringSplitOptions.TrimEntries).Select(Read),
        OfFocus(
            "invoice-detail",
            FocusDataset.InvoiceDetail,
            "Lines of supplier invoices (FOCUS Invoice Detail)",
            ["InvoiceIssuerName", "InvoiceId", "InvoiceDetailId"],
            ["InvoiceIssuerName", "InvoiceDetailId", "BilledCost", "BillingCurrency"]
        ),
        OfFocus(
            "contract-commitments",
            FocusDataset.ContractCommitment,
            "Commitments of contracts (FOCUS Contract Commitment)",
            ["ContractId", "ContractCommitmentId"],
            ["ContractId", "ContractCommitmentId"]
        ),
        OfFocus(
            "billing-periods",
            FocusDataset.BillingPeriod,
            "Which billing periods are open or closed (FOCUS Billing Period)",
            ["InvoiceIssuerName", "BillingPeriodStart"],
            ["BillingPeriodStart", "BillingPeriodStatus"]
        ),
    ];

    /// <exception cref="RefusedException">There is no such kind.</exception>
    public static RecordKind Named(string name) =>
        All.FirstOrDefault(kind => kind.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new RefusedException(
            "records/unknown-kind",
            $"No kind of record is called \"{name}\".{DidYouMean.Question(name, All.Select(kind => kind.Name))}",
            $"Kinds are {string.Join(", ", All.Select(kind => kind.Name))}.",
            exitCode: 2
        );

    /// <summary>The kind whose fields a header holds: every required one, and most of all.</summary>
    public static RecordKind? Recognised(IReadOnlyList<string> header) =>
        All.Select(kind => (Kind: kind, Found: header.Select(kind.FieldOf).OfType<RecordField>().Distinct().ToList()))
            .Where(one => one.Kind.Fields.Where(field => field.IsRequired).All(one.Found.Contains))
            .Where(one => one.Kind.AnyOf.Count == 0 || one.Found.Exists(field => one.Kind.AnyOf.Contains(field.Name)))
            .OrderByDescending(one => one.Found.Count(field => header.Contains(field.Name)))
            .ThenByDescending(one => one.Found.Count)
            .Select(one => one.Kind)
            .FirstOrDefault();

    private static RecordKind Read(string paragraph)
    {
        var lines = paragraph.Split('\n', StringSplitOptions.TrimEntries);
        var head = lines[0].Split(' ', 4);
        var fields = lines.Skip(1).Where(line => !line.StartsWith("anyof ", StringComparison.Ordinal)).ToList();
        return new RecordKind(
            head[1],
            head[2],
            head[3],
            [.. fields.Where(line => Words(line).Contains("key")).Select(line => Words(line)[0])],
            [.. lines.Except(fields).Skip(1).SelectMany(line => line.Split(' ').Skip(1))],
            [.. fields.Select(ReadField)]
        );
    }

    private static RecordField ReadField(string line)
    {
        var words = Words(line);
        var type =
            words.Contains("amount") ? FieldType.Amount
            : words.Contains("day") ? FieldType.Day
            : words.Contains("moment") ? FieldType.Moment
            : FieldType.Text;
        var isRequired = words.Contains("required") || (words.Contains("key") && !words.Contains("optional"));
        var headings = line.Split('|').Skip(1).SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries));
        return new RecordField(words[0], type, isRequired, [.. headings]);
    }

    private static string[] Words(string line) => line.Split('|')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static RecordKind OfFocus(
        string name,
        FocusDataset dataset,
        string title,
        IReadOnlyList<string> key,
        IReadOnlyList<string> required
    ) =>
        new(
            name,
            dataset.ToString(),
            title,
            key,
            [],
            [
                .. FocusColumns
                    .All.Where(column => column.Dataset == dataset)
                    .Select(column => new RecordField(
                        column.Id,
                        column.Type switch
                        {
                            FocusType.Decimal => FieldType.Amount,
                            FocusType.DateTime => FieldType.Day,
                            _ => FieldType.Text,
                        },
                        required.Contains(column.Id),
                        column.Id.EndsWith("Percentage", StringComparison.Ordinal)
                            ? [column.Id.Replace("Percentage", "%", StringComparison.Ordinal)]
                            : []
                    )),
            ]
        );
}
