package personas.cli.result;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import personas.cli.exit.ExitCode;
import personas.cli.exit.Verdict;
import personas.kmeans.ConvergenceStatus;
import personas.model.Model;
import personas.model.ProgramName;
import personas.model.compare.Drift;
import personas.model.compare.DriftAdvice;
import personas.model.compare.DriftAdvice.Action;
import personas.model.score.ScoreResult;
import personas.run.RunOutcome;
import personas.run.RunOutcome.FiredVerdict;
import personas.run.events.EventSummary;
import personas.text.TerminalText;

/**
 * The figures of a finished run for verdicts and for {@code run.json}.
 *
 * @param model the model of a training; null for a score
 * @param score the result of a score; null for a training
 * @param drift the comparison with the previous run; null without a previous run
 * @param events the summary of events; null if the records of the input are users
 */
public record RunFigures(Model model, ScoreResult score, Drift drift, EventSummary events) {
  private static final int MAX_REASON = 1_000;

  /** Returns the figures of a training. */
  public static RunFigures of(Model model, Drift drift, EventSummary events) {
    return new RunFigures(model, null, drift, events);
  }

  /** Returns the figures of a score. */
  public static RunFigures of(ScoreResult score, EventSummary events) {
    return new RunFigures(null, score, null, events);
  }

  /** Returns the advice on a new model or on the users of a score; null without advice. */
  private DriftAdvice adviceOrNull() {
    if (drift != null) {
      return drift.toAdvice();
    }
    return score == null || score.drift() == null ? null : score.drift().toAdvice();
  }

  private Model.Ledger ledger() {
    return model == null ? score.ledger() : model.ledger();
  }

  /** Returns the listed verdicts that apply, the most serious first. */
  public List<FiredVerdict> fired(Set<Verdict> listed) {
    List<FiredVerdict> fired = new ArrayList<>();
    listed.stream()
        .sorted(Comparator.comparingInt(Verdict::exitCode).reversed())
        .forEach(
            verdict ->
                reason(verdict)
                    .map(reason -> new FiredVerdict(verdict.word(), verdict.exitCode(), reason))
                    .ifPresent(fired::add));
    return fired;
  }

  /**
   * Returns why a verdict applies, with the figure that it depends on; empty if the verdict does
   * not apply.
   */
  private Optional<String> reason(Verdict verdict) {
    return switch (verdict) {
      case REVIEW -> advice(EnumSet.complementOf(EnumSet.of(Action.KEEP)));
      case REFIT -> advice(EnumSet.of(Action.REFIT));
      case UNCONVERGED -> unconverged();
      case REJECTED -> rejected();
    };
  }

  private Optional<String> advice(Set<Action> actions) {
    return Optional.ofNullable(adviceOrNull())
        .filter(advice -> actions.contains(advice.action()))
        .map(
            advice ->
                TerminalText.line(
                    "the advice is "
                        + lowerCase(advice.action())
                        + " ("
                        + advice.decidedBy().text()
                        + "): "
                        + advice.reason(),
                    MAX_REASON));
  }

  private Optional<String> unconverged() {
    return model == null || model.status() == ConvergenceStatus.CONVERGED
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "the iteration had not converged after %,d iteration%s, which was the limit",
                model.iterations(),
                model.iterations() == 1 ? "" : "s"));
  }

  private Optional<String> rejected() {
    List<String> parts = new ArrayList<>();
    if (events != null && events.rejected() > 0) {
      parts.add(share(events.rejected(), events.read(), "events"));
    }
    if (ledger().rejectedTotal() > 0) {
      parts.add(share(ledger().rejectedTotal(), ledger().read(), "records"));
    }
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(String.join(" and ", parts) + " were rejected");
  }

  private static String share(long part, long whole, String unit) {
    double percent = 100.0 * part / whole;
    return String.format(Locale.ROOT, "%,d of %,d %s (", part, whole, unit)
        + (percent < 0.1 ? "less than 0.1" : String.format(Locale.ROOT, "%.1f", percent))
        + "%)";
  }

  private static String lowerCase(Action action) {
    return action.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the content of {@code run.json}.
   *
   * @param command the name of the command
   * @param fired the listed verdicts that apply, the most serious first
   * @param folder the folder of the results
   * @param seconds the seconds since the start of the command
   */
  public RunOutcome outcome(String command, List<FiredVerdict> fired, String folder, double seconds)
      throws IOException {
    DriftAdvice advice = adviceOrNull();
    return new RunOutcome(
        RunOutcome.FORMAT,
        ProgramName.TEXT,
        command,
        fired.isEmpty() ? RunOutcome.DONE : fired.get(0).verdict(),
        fired.isEmpty() ? ExitCode.DONE : fired.get(0).exitCode(),
        fired,
        advice == null
            ? null
            : new RunOutcome.Advice(
                lowerCase(advice.action()), advice.reason(), advice.decidedBy()),
        model == null ? null : (Boolean) (model.status() == ConvergenceStatus.CONVERGED),
        model == null ? null : (Integer) model.iterations(),
        new RunOutcome.Counts(ledger().read(), ledger().assigned(), ledger().rejectedTotal()),
        events == null
            ? null
            : new RunOutcome.Events(
                events.read(), events.aggregated(), events.rejected(), events.laterThanAsOf()),
        new RunOutcome.Digests(
            model == null ? null : FinishedRun.digest(folder, "model.json"),
            score == null ? null : FinishedRun.digest(folder, ScoreResult.FILE),
            model == null ? score.digest() : model.spec().digest()),
        FinishedRun.resultFiles(folder),
        seconds);
  }
}
