using Bursar.Understand.Ingestion;
using Bursar.Understand.Validation.Across;
using Bursar.Understand.Validation.Evaluation;
using Bursar.Understand.Validation.Rules;
using Bursar.Warehouse.DuckDb;

namespace Bursar.Understand.Validation;

/// <summary>Judges files one by one, and then what lies across their datasets.</summary>
/// <param name="session">The engine, with the functions that rules use.</param>
/// <param name="request">What they are judged by.</param>
/// <param name="model">An official model in place of our tables.</param>
/// <param name="staging">Where archives are unpacked.</param>
/// <param name="cancel">Interrupts the engine.</param>
internal sealed class Judging(
    DuckDbSession session,
    ValidationRequest request,
    ModelFile? model,
    string staging,
    CancellationToken cancel
)
{
    /// <summary>Every rule that lies within one file.</summary>
    public ConformanceReport Judge(IncomingFile file) =>
        With(
            file,
            (subject, rules, reason) =>
                new ConformanceReport(
                    file.Name,
                    rules.FocusVersion,
                    reason,
                    rules.Dataset,
                    request.AsPublished,
                    new EvaluateRules(session, subject, rules, request.Features, request.AsPublished).Run(cancel)
                )
        );

    /// <summary>The reports, with the rules across two datasets decided where files of both are there.</summary>
    public IReadOnlyList<ConformanceReport> Across(
        IReadOnlyList<IncomingFile> files,
        IReadOnlyList<ConformanceReport> reports
    )
    {
        // The published validator judges one file at a time, and so do its models.
        if (request.AsPublished || model is not null || reports.DistinctBy(report => report.Dataset).Count() < 2)
            return reports;
        var gathered = new GatherFiles(session);
        for (var i = 0; i < files.Count; i++)
        {
            var number = i;
            With(
                files[i],
                (subject, rules, _) =>
                {
                    gathered.Add(number, subject, rules, cancel);
                    return number;
                }
            );
        }
        return new JudgeAcross(session, gathered).Of(reports, cancel);
    }

    private T With<T>(IncomingFile file, Func<Subject, RuleSet, string, T> work)
    {
        var prepared = new PrepareFile(file, staging).Read(takesHash: false, cancel);
        try
        {
            var layout = Layout(prepared);
            var known = DetectDataset.Of(prepared, layout, request.Version ?? model?.Version, request.Dataset);
            var subject = new Subject(prepared, layout, known.Version, known.Dataset);
            var rules =
                model?.RulesOf(known.Dataset) ?? RuleTable.Of(known.Version, known.Dataset, request.AsPublished);
            return work(subject, rules, known.Reason);
        }
        catch (DuckDbException failure)
        {
            throw LoadingDockFailure.Of(prepared, failure);
        }
        finally
        {
            if (prepared.ReadablePath.StartsWith(staging, StringComparison.Ordinal))
                File.Delete(prepared.ReadablePath);
        }
    }

    private FileLayout Layout(PreparedFile file)
    {
        if (file.Format != FileFormat.Parquet)
            return ReadLayout.OfText(file);
        var columns = new List<FileColumn>();
        using var reader = session.Query($"DESCRIBE SELECT * FROM {ChargesSql.ReadParquet(file)}", cancel: cancel);
        while (reader.Read())
        {
            var name = reader.GetString(0);
            columns.Add(
                new FileColumn(columns.Count, ReadLayout.Named(name, columns.Count), "", name, reader.GetString(1))
            );
        }
        return new FileLayout(ReadLayout.Checked(file, columns, StringComparer.Ordinal), ',');
    }
}
