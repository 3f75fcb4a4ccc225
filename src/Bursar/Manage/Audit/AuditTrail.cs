using System.Globalization;
using System.Text;
using System.Text.Json;
using Bursar.Warehouse.Books;

namespace Bursar.Manage.Audit;

/// <summary>One entry of the audit trail, in words.</summary>
internal sealed record TrailEntry(long Seq, DateTimeOffset At, string Actor, string Kind, string What, string Hash);

/// <summary>The journal as people read it: data, rules, approvals and exports, who and when (GOV-09).</summary>
internal static class AuditTrail
{
    private const int WhatMax = 400;

    public static IEnumerable<TrailEntry> Of(BooksState state) =>
        state.Entries.Select(entry => new TrailEntry(
            entry.Seq,
            entry.At,
            entry.Actor,
            entry.Kind,
            What(entry),
            entry.Hash
        ));

    /// <summary>The plain values of what was written: "id aws-2026-09-7f3a9c21, reason wrong account".</summary>
    private static string What(JournalEntry entry)
    {
        using var json = JsonDocument.Parse(entry.Data);
        if (entry.Kind == DeliveriesCommitted.Kind)
            return Deliveries(json.RootElement.GetProperty("deliveries"));
        if (json.RootElement.ValueKind != JsonValueKind.Object)
            return Short(json.RootElement.GetRawText());
        var parts = json.RootElement.EnumerateObject().Select(Part).Where(part => part.Length > 0);
        return Short(string.Join(", ", parts));
    }

    private static string Deliveries(JsonElement deliveries)
    {
        var ids = deliveries.EnumerateArray().Select(one => one.GetProperty("id").GetString()).ToList();
        var rows = deliveries.EnumerateArray().Sum(one => one.GetProperty("rows").GetInt64());
        var count = ids.Count == 1 ? "1 delivery" : $"{ids.Count} deliveries";
        return Short(
            string.Create(CultureInfo.InvariantCulture, $"{count}, {rows:N0} rows: {string.Join(", ", ids.Take(3))}")
                + (ids.Count > 3 ? ", …" : "")
        );
    }

    private static string Part(JsonProperty property) =>
        property.Value.ValueKind switch
        {
            JsonValueKind.Null => "",
            JsonValueKind.String => $"{Words(property.Name)} {property.Value.GetString()}",
            JsonValueKind.Array => $"{property.Value.GetArrayLength()} {Words(property.Name)}",
            JsonValueKind.Object => Words(property.Name),
            _ => $"{Words(property.Name)} {property.Value.GetRawText()}",
        };

    /// <summary>"billingPeriod" as "billing period".</summary>
    private static string Words(string name)
    {
        var words = new StringBuilder();
        foreach (var letter in name)
            words.Append(char.IsUpper(letter) ? " " + char.ToLowerInvariant(letter) : letter.ToString());
        return words.ToString();
    }

    private static string Short(string text) => text.Length <= WhatMax ? text : text[..(WhatMax - 1)] + "…";
}
