using System.ComponentModel;
using Bursar.Rulebooks;

namespace Bursar.Understand.Allocation.Items;

/// <summary>
/// What runs and to whom it belongs, as a CMDB, a service registry or an application portfolio knows it.
/// </summary>
internal sealed record ConfigurationItems : Declaration, INamesFile
{
    [Description("Where it comes from: ServiceNow, Backstage, a register of our own.")]
    public string? Source { get; init; }

    [Description("Which heading of the file is which column, where it is not recognised: resource: u_cloud_id.")]
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();

    [Description("The items themselves; or give file.")]
    public IReadOnlyList<ConfigurationItem> Items { get; init; } = [];

    [Description("Instead of items: a csv or json file of the rulebook, one item a line or object.")]
    public string? File { get; init; }

    /// <summary>The items, wherever they stand.</summary>
    public IReadOnlyList<ConfigurationItem> AllIn(Rulebook rulebook) =>
        rulebook.Files.FirstOrDefault(file => file.Path == File) is { } file
            ? [.. Items, .. new ItemFile(new YamlFile(file.Path, file.Text), Columns, new Findings()).Read()]
            : Items;

    public override void Check(RulebookCheck check)
    {
        var place = At(File is null ? "items" : "file");
        if (place is null)
            return;
        if (File is null && Items.Count == 0)
            check.Findings.Error(
                place,
                "no-items",
                "This document holds no configuration item.",
                "Give items:, or file: with the name of a csv or json file of the rulebook."
            );
        var file = check.FileOf(this);
        if (File is not null && file is null)
            check.Findings.Error(
                place,
                "no-such-file",
                $"The rulebook has no file \"{File}\" that can be read.",
                "Write its path from the rulebook's folder, with forward slashes: cmdb/servers.csv."
            );
        var read = file is null ? Items : [.. Items, .. new ItemFile(file, Columns, check.Findings).Read()];
        foreach (var same in read.GroupBy(item => item.Id))
            CheckPeriods(check, [.. same]);
    }

    private void CheckPeriods(RulebookCheck check, IReadOnlyList<ConfigurationItem> same)
    {
        for (var i = 1; i < same.Count; i++)
        {
            if (same.Take(i).FirstOrDefault(earlier => earlier.Overlaps(same[i])) is not { } earlier)
                continue;
            check.Error(
                this,
                File is null ? "items" : "file",
                "overlapping-periods",
                $"Configuration item \"{same[i].Id}\" holds {same[i].Words()} and {earlier.Words()}.",
                "Give each a from and a to, so that every day has one answer. A range ends before its to."
            );
            return;
        }
    }
}

/// <summary>One thing that runs, what it is at the provider, and to whom it belongs; from a day to a day.</summary>
internal sealed record ConfigurationItem : RulebookRecord, IEffectiveDated
{
    [Description("Its id in the register.")]
    public required string Id { get; init; }

    [Description("The name that people read.")]
    public string? Name { get; init; }

    [Description("What kind of thing it is: server, database, application.")]
    public string? Class { get; init; }

    [Description("The ResourceId or ResourceName that the provider bills it under.")]
    public string? Resource { get; init; }

    [Description("The SubAccountId or SubAccountName whose whole cost it is.")]
    public string? Account { get; init; }

    [Description("The application it belongs to.")]
    public string? Application { get; init; }

    [Description("Who answers for it.")]
    public string? Owner { get; init; }

    [Description("Its tags: those of its charges that lack them, when a TagPolicy says inherit: [item].")]
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    [Description("The first day it holds.")]
    public DateOnly? From { get; init; }

    [Description("The day after the last day it holds.")]
    public DateOnly? To { get; init; }

    /// <summary>Whether both say the same of one thing, whenever that holds.</summary>
    public bool SaysTheSameAs(ConfigurationItem other) =>
        (Name, Class, Resource, Account, Application, Owner)
            == (other.Name, other.Class, other.Resource, other.Account, other.Application, other.Owner)
        && Tags.Count == other.Tags.Count
        && Tags.All(tag => other.Tags.GetValueOrDefault(tag.Key) == tag.Value);
}
