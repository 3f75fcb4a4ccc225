using Bursar.Rulebooks;
using Bursar.Understand.Sources.Stores;

namespace Bursar.Understand.Sources.Outlets;

/// <summary>Where messages go: one folder, one https address, or mail.</summary>
internal interface IOutlet
{
    string? Folder { get; }

    string? Webhook { get; }

    IReadOnlyDictionary<string, string> Headers { get; }

    IReadOnlyList<string> Email { get; }

    MailServer? Smtp { get; }

    MessageForm? Form { get; }
}

/// <summary>What holds for every place that messages go to.</summary>
internal static class OutletRules
{
    public static MessageForm WrittenIn(this IOutlet outlet) =>
        outlet.Form ?? (outlet.Webhook is null ? MessageForm.Text : MessageForm.Json);

    /// <summary>Where it goes, without what only the environment knows.</summary>
    public static string Place(this IOutlet outlet) =>
        outlet.Folder ?? (outlet.Webhook is { } webhook ? SendOut.Place(webhook) : string.Join(", ", outlet.Email));

    /// <exception cref="FetchException">It did not arrive.</exception>
    public static Task GoAsync(
        this SendOut send,
        IOutlet outlet,
        string kind,
        OutMessage message,
        CancellationToken cancel
    )
    {
        var form = outlet.WrittenIn();
        if (outlet.Webhook is { } webhook)
            return send.PostAsync(webhook, outlet.Headers, message, form, cancel);
        if (outlet.Folder is not { } folder)
            return send.MailAsync(outlet.Smtp!, outlet.Email, message, cancel);
        var end = form == MessageForm.Text ? ".txt" : ".json";
        Cli.Output.OutputFile.Save(
            Path.Combine(send.Folder(folder), $"{kind}-{message.Key}{end}"),
            message.Bytes(form)
        );
        return Task.CompletedTask;
    }

    /// <summary>Finds what is wrong with where it goes.</summary>
    /// <param name="outlet">Where it goes.</param>
    /// <param name="record">Where that is written.</param>
    /// <param name="name">How messages call it.</param>
    /// <param name="check">Where mistakes go.</param>
    public static void Check(this IOutlet outlet, RulebookRecord record, string name, RulebookCheck check)
    {
        var places = new[] { outlet.Folder is not null, outlet.Webhook is not null, outlet.Email.Count > 0 };
        if (places.Count(goes => goes) != 1)
            check.Error(
                record,
                "name",
                "alert-where",
                $"{name} must go to one place.",
                "Give one of folder:, webhook: and email:; for two places, declare it twice."
            );
        if (outlet.Email.Count > 0 != outlet.Smtp is not null)
            check.Error(
                record,
                outlet.Smtp is null ? "email" : "smtp",
                "alert-mail",
                "Mail needs both whom it goes to and a server that takes it.",
                "Give email: [name@example.com] and smtp: {host: mail.example.com, from: finops@example.com}."
            );
        var sender = outlet.Smtp is { } smtp ? [smtp.From] : Array.Empty<string>();
        foreach (var address in outlet.Email.Concat(sender).Where(one => !MailServer.IsAddress(one)))
            check.Error(record, "email", "alert-mail", $"\"{address}\" is no mail address.", "Write name@example.com.");
        Address(record, "webhook", outlet.Webhook, check);
    }

    /// <summary>Finds an address that is not encrypted and leaves this machine.</summary>
    public static void Address(RulebookRecord record, string key, string? address, RulebookCheck check)
    {
        if (!SendOut.MayBeSafe(address))
            check.Error(
                record,
                key,
                "digest-address",
                $"\"{address}\" is no address that a message may go to.",
                "Write https://…; http:// only for this machine itself (http://127.0.0.1:…)."
            );
    }
}
