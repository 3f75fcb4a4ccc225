using Bursar.Core.Amounts;
using Bursar.Understand.Validation.Evaluation;
using Bursar.Understand.Validation.Rules;
using Bursar.Warehouse.DuckDb;

namespace Bursar.Understand.Validation.Across;

/// <summary>
/// Decides the rules that lie across two datasets (an invoice of a charge stands in Invoice Detail, and comes to the
/// same sum), when files of both were judged together.
/// </summary>
/// <param name="session">The engine.</param>
/// <param name="gathered">The files, with their ids.</param>
internal sealed class JudgeAcross(DuckDbSession session, GatherFiles gathered)
{
    private bool HasSeveral => gathered.Files.DistinctBy(file => file.Dataset).Count() > 1;

    /// <summary>The reports, with what lies across datasets decided in each.</summary>
    public IReadOnlyList<ConformanceReport> Of(IReadOnlyList<ConformanceReport> reports, CancellationToken cancel)
    {
        if (!HasSeveral)
            return reports;
        var judged = reports.ToList();
        foreach (var file in gathered.Files)
            judged[file.Number] = judged[file.Number] with
            {
                Evaluation = Decided(file, judged[file.Number].Evaluation, cancel),
            };
        return judged;
    }

    private FileEvaluation Decided(GatheredFile file, FileEvaluation evaluation, CancellationToken cancel)
    {
        var leaves = evaluation
            .Results.Select(result =>
                result.Rule.Check switch
                {
                    { Gathers: true } => RuleResult.Passed(result.Rule),
                    { IsAcross: true } => Decide(file, result, cancel),
                    _ => result,
                }
            )
            .ToList();
        return evaluation with { Results = CorrectedOutcome.Of(file.Rules, leaves, evaluation.Features) };
    }

    private RuleResult Decide(GatheredFile file, RuleResult before, CancellationToken cancel)
    {
        var (rule, check) = (before.Rule, before.Rule.Check!);
        var other = FocusNames.Of(check.OtherDataset);
        if (
            !gathered.Files.Any(one => one.Dataset == check.OtherDataset)
            || check.Columns.Any(id => file.Subject.Find(id) is null)
        )
            return before;
        var missing = Needed(check).Where(id => !gathered.Has(check.OtherDataset, id)).ToList();
        if (missing.Count > 0)
            return RuleResult.Skipped(rule, $"{other} beside it has no column {string.Join(" or ", missing)}.");
        return Read(file, rule, other, cancel);
    }

    private static IEnumerable<string> Needed(Check check) =>
        check.Kind switch
        {
            CheckKind.JsonFoundIn => ["ContractCommitmentId", "ContractId"],
            CheckKind.NotAfterClosing => ["BillingPeriodStatus", "BillingPeriodLastUpdated", .. check.Columns.Skip(1)],
            _ => check.Columns,
        };

    private RuleResult Read(GatheredFile file, Rule rule, string other, CancellationToken cancel)
    {
        var shown = AcrossSql.Shown(rule.Check!);
        var (lines, violations) = (0L, 0L);
        var first = new List<FoundRow>();
        var affected = new SortedDictionary<string, Amount>(StringComparer.Ordinal);
        using var reader = session.Query(
            $"SELECT * FROM ({new AcrossSql(gathered, file).Of(rule)}) ORDER BY first_row",
            cancel: cancel
        );
        while (reader.Read())
        {
            lines++;
            if (reader.IsNull(0) || !reader.GetBoolean(0))
                continue;
            violations += reader.GetInt64(1);
            if (!reader.IsNull(3))
                affected[reader.GetString(4)] = affected.GetValueOrDefault(reader.GetString(4)) + reader.GetAmount(3);
            if (first.Count < EvaluateRules.FirstRowsMax)
                first.Add(
                    new FoundRow(
                        reader.GetInt64(2),
                        [.. shown.Select((id, i) => KeyValuePair.Create(id, reader.GetString(5 + i)))]
                    )
                );
        }
        if (lines == 0)
            return RuleResult.Skipped(rule, $"{other} beside it holds no invoice, month or contract of this file.");
        return new RuleResult(
            rule,
            violations > 0 ? RuleStatus.Fail : RuleStatus.Pass,
            violations,
            "",
            [.. affected.Select(pair => new AffectedCost(pair.Key, pair.Value, null))],
            first
        );
    }
}
