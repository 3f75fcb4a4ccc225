namespace Bursar.Understand.Ingestion.Mappings.Proposals;

/// <summary>The words by which headers say what is in a column, in several languages; earlier ones are surer.</summary>
internal static class ColumnRoles
{
    public static readonly string[] Cost =
    [
        "billedcost",
        "netamount",
        "amountnet",
        "nettobetrag",
        "netto",
        "montantht",
        "importeneto",
        "netcost",
        "nettotal",
        "totalnet",
        "linetotal",
        "lineamount",
        "totalcost",
        "costtotal",
        "costinbillingcurrency",
        "totalcharge",
        "amountdue",
        "invoiceamount",
        "extendedprice",
        "monthlycost",
        "annualcost",
        "amount",
        "betrag",
        "montant",
        "importe",
        "cost",
        "kosten",
        "spend",
        "charge",
        "charges",
        "fee",
        "salary",
        "depreciation",
        "abschreibung",
        "total",
        "summe",
        "subtotal",
        "price",
        "preis",
        "net",
        "value",
        "金額",
        "金额",
        "料金",
        "費用",
        "费用",
    ];

    /// <summary>A number with one of these words in its name is not what is billed.</summary>
    public static readonly string[] NotCost =
    [
        "unit",
        "einzelpreis",
        "stückpreis",
        "rate",
        "tax",
        "vat",
        "mwst",
        "quantity",
        "qty",
        "menge",
        "percent",
        "discount",
        "rabatt",
        "gross",
        "brutto",
        "list",
        "count",
        "number",
        "nummer",
        "id",
        "year",
        "purchase",
        "original",
        "usd",
        "budget",
        "forecast",
        "acquisition",
        "life",
        "単価",
        "单价",
        "税",
        "数量",
    ];

    public static readonly string[] Debit = ["debit", "soll", "débit"];

    public static readonly string[] Credit = ["credit", "haben", "crédit"];

    public static readonly string[] ListCost =
    [
        "listcost",
        "listprice",
        "listamount",
        "retailcost",
        "catalogcost",
        "listenpreis",
    ];

    public static readonly string[] Start =
    [
        "chargeperiodstart",
        "usagestartdate",
        "usagestart",
        "servicestart",
        "servicefrom",
        "periodstart",
        "startdate",
        "starttime",
        "startson",
        "von",
        "from",
        "start",
        "usagedate",
        "chargedate",
        "transactiondate",
        "date",
        "datum",
        "day",
        "invoicedate",
        "rechnungsdatum",
        "belegdatum",
        "postingdate",
        "month",
        "monat",
        "period",
        "billingmonth",
        "invoicemonth",
        "fecha",
        "time",
        "timestamp",
        "請求月",
        "利用月",
        "利用日",
        "日付",
        "日期",
        "账期",
        "月份",
    ];

    public static readonly string[] End =
    [
        "chargeperiodend",
        "usageenddate",
        "usageend",
        "serviceend",
        "serviceto",
        "periodend",
        "enddate",
        "endtime",
        "endson",
        "bis",
        "until",
        "to",
        "end",
    ];

    public static readonly string[] InvoiceDate =
    [
        "invoicedate",
        "billdate",
        "billingdate",
        "invoicedon",
        "rechnungsdatum",
        "belegdatum",
    ];

    public static readonly string[] BillingPeriod =
    [
        "billingperiodstart",
        "billingperiodstartdate",
        "billingmonth",
        "invoicemonth",
        "billingperiod",
    ];

    public static readonly string[] Currency =
    [
        "billingcurrency",
        "billingcurrencycode",
        "currencycode",
        "currency",
        "waehrung",
        "währung",
        "devise",
        "moneda",
        "ccy",
        "curr",
        "通貨",
        "币种",
    ];

    public static readonly string[] Provider =
    [
        "serviceprovidername",
        "providername",
        "provider",
        "vendorname",
        "vendor",
        "supplier",
        "suppliername",
        "lieferant",
        "anbieter",
        "publisher",
        "fournisseur",
        "seller",
        "仕入先",
        "供应商",
    ];

    public static readonly string[] Service =
    [
        "servicename",
        "service",
        "dienst",
        "productname",
        "product",
        "produkt",
        "licencename",
        "licensename",
        "plan",
        "application",
        "software",
        "model",
        "skuname",
        "sku",
        "assettype",
        "assetclass",
        "article",
        "artikel",
        "item",
        "position",
        "leistung",
        "category",
        "description",
        "サービス",
        "服务",
        "品名",
    ];

    public static readonly string[] Description =
    [
        "chargedescription",
        "description",
        "beschreibung",
        "bezeichnung",
        "text",
        "memo",
        "details",
        "notes",
        "libelle",
        "itemdescription",
        "lineitemdescription",
    ];

    public static readonly string[] Account =
    [
        "billingaccountid",
        "billingaccount",
        "customernumber",
        "customerid",
        "accountid",
        "accountnumber",
        "account",
        "contractid",
        "contract",
        "kundennummer",
        "vertrag",
    ];

    public static readonly string[] SubAccount =
    [
        "subaccountid",
        "subaccount",
        "subscriptionid",
        "projectid",
        "project",
        "projekt",
        "workspace",
        "team",
        "department",
        "abteilung",
        "organization",
        "costcentre",
        "costcenter",
        "kostenstelle",
    ];

    public static readonly string[] Resource =
    [
        "resourceid",
        "assetid",
        "assettag",
        "hostname",
        "host",
        "instanceid",
        "serialnumber",
        "device",
        "server",
        "userid",
        "user",
        "email",
        "employee",
        "resource",
    ];

    public static readonly string[] ResourceName =
    [
        "resourcename",
        "assetname",
        "hostname",
        "displayname",
        "employeename",
        "name",
    ];

    public static readonly string[] Region =
    [
        "regionid",
        "region",
        "location",
        "standort",
        "site",
        "datacenter",
        "datacentre",
    ];

    public static readonly string[] Invoice =
    [
        "invoiceid",
        "invoicenumber",
        "invoiceno",
        "rechnungsnummer",
        "invoice",
        "documentnumber",
        "belegnummer",
    ];

    public static readonly string[] Quantity =
    [
        "consumedquantity",
        "quantity",
        "qty",
        "menge",
        "quantite",
        "units",
        "seats",
        "licences",
        "licenses",
        "usagequantity",
        "usageamount",
        "usage",
        "hours",
        "stunden",
        "anzahl",
        "数量",
    ];

    public static readonly string[] Unit = ["consumedunit", "unitofmeasure", "uom", "einheit", "unit", "usageunit"];

    public static readonly string[] UnitPrice =
    [
        "contractedunitprice",
        "unitprice",
        "priceperunit",
        "rate",
        "unitcost",
        "einzelpreis",
        "stundensatz",
        "prixunitaire",
        "単価",
        "单价",
    ];

    public static readonly string[] Tags = ["tags", "labels", "tag", "etiketten"];

    /// <summary>Whether a word inside of another still means itself: "cost" does, "net" does not.</summary>
    public static bool IsWhole(string word) => word.Length > 3 || word[0] > '\u2E7F';

    /// <summary>
    /// The column whose name is one of the words, or has one in it; surer words first, whole names before parts.
    /// </summary>
    public static ColumnSample? Find(
        IEnumerable<ColumnSample> columns,
        string[] words,
        Func<ColumnSample, bool> fits,
        ISet<ColumnSample> taken
    )
    {
        var free = columns.Where(column => !taken.Contains(column) && fits(column)).ToList();
        var found =
            words.Select(word => free.Find(column => column.Key == word)).FirstOrDefault(column => column is not null)
            ?? words
                .Select(word => free.Find(column => column.LastKey == word))
                .FirstOrDefault(column => column is not null)
            ?? words
                .Where(IsWhole)
                .Select(word => free.Find(column => column.Key.Contains(word, StringComparison.Ordinal)))
                .FirstOrDefault(column => column is not null);
        if (found is not null)
            taken.Add(found);
        return found;
    }
}
