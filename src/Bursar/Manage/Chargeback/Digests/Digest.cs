using System.ComponentModel;
using Bursar.Rulebooks;
using Bursar.Understand.Sources.Outlets;

namespace Bursar.Manage.Chargeback.Digests;

/// <summary>A short message to a team about its cost, once a week or a month, to a folder or a web address.</summary>
internal sealed record Digest : Declaration
{
    [Description("Whose cost it tells."), RefersTo("owners")]
    public string? Owner { get; init; }

    [Description("The scope whose cost it tells, instead of an owner."), RefersTo("Scope")]
    public string? Scope { get; init; }

    [Description("weekly: of Monday to Sunday. monthly: of a month. It is due once the data covers all of it.")]
    public required DigestCadence Cadence { get; init; }

    [Description("true: also which of its budgets are exceeded or will be, and which step is due.")]
    public bool Budgets { get; init; }

    [Description("The folder it is written to. A relative path begins at the rulebook's folder.")]
    public string? Folder { get; init; }

    [Description(
        "The address it is posted to, https: \"${DIGITAL_WEBHOOK}\" is read from the environment, where secrets belong."
    )]
    public string? Webhook { get; init; }

    [Description("What is sent with it: Authorization: \"Bearer ${DIGEST_TOKEN}\", of the environment.")]
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    [Description("text, json, slack or teams. Without it, text in a folder and json to an address.")]
    public MessageForm? Form { get; init; }

    [Description("Where its link leads: https://finops.example.com. Without it, this machine's own pages.")]
    public string? Link { get; init; }

    /// <summary>The form it is written in.</summary>
    internal MessageForm WrittenIn => Form ?? (Webhook is null ? MessageForm.Text : MessageForm.Json);

    /// <summary>Where it goes, without what only the environment knows.</summary>
    internal string Place => Folder ?? SendOut.Place(Webhook!);

    public override void Check(RulebookCheck check)
    {
        if (Owner is null == Scope is null)
            check.Error(
                this,
                "name",
                "digest-of-whom",
                Owner is null ? $"{Name} says of nobody whose cost it tells." : $"{Name} names an owner and a scope.",
                "Give one of owner: and scope:."
            );
        if (Folder is null == Webhook is null)
            check.Error(
                this,
                "name",
                "digest-where",
                Folder is null ? $"{Name} goes nowhere." : $"{Name} goes to a folder and to an address.",
                "Give one of folder: and webhook:; for two places, declare two digests."
            );
        CheckAddress(check, "webhook", Webhook);
        CheckAddress(check, "link", Link);
    }

    private void CheckAddress(RulebookCheck check, string key, string? address)
    {
        if (SendOut.MayBeSafe(address))
            return;
        check.Error(
            this,
            key,
            "digest-address",
            $"\"{address}\" is no address that a digest may go to.",
            "Write https://…; http:// only for this machine itself (http://127.0.0.1:…)."
        );
    }
}

/// <summary>How often a digest is sent.</summary>
internal enum DigestCadence
{
    Weekly,
    Monthly,
}
