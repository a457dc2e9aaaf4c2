package personas.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.SortedMap;
import personas.model.compare.DriftAdvice.DecidingFigure;

/**
 * What happened in a run that published its results: all that {@code run.json} says, in its order.
 * Two equal runs differ in {@code seconds} only.
 *
 * @param format of the file; 1
 * @param program which program wrote it
 * @param command segment or score
 * @param status done, or the verdict that decided the exit code
 * @param exitCode the exit code of the process
 * @param verdicts the listed verdicts that apply, the most serious first
 * @param advice what the comparison with the previous run says; null if there was none
 * @param converged whether the iteration converged; null for a score
 * @param iterations full passes over the data; null for a score
 * @param counts how many records were read, assigned and rejected
 * @param events the counts of events that users were aggregated from; null if records are users
 * @param digests what the results were when they were published
 * @param files the name of each result, or the pattern of numbered files, and how many files it is
 * @param seconds the time from the start of the command until the results were published
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunOutcome(
    int format,
    String program,
    String command,
    String status,
    int exitCode,
    List<FiredVerdict> verdicts,
    Advice advice,
    Boolean converged,
    Integer iterations,
    Counts counts,
    Events events,
    Digests digests,
    SortedMap<String, Integer> files,
    double seconds) {
  /** The name of the file. */
  public static final String FILE = "run.json";

  /** The status of a run in which no listed verdict applies. */
  public static final String DONE = "done";

  /** The format that this program writes. */
  public static final int FORMAT = 1;

  /** The outcome of the same run with other digests and files. */
  public RunOutcome with(Digests otherDigests, SortedMap<String, Integer> otherFiles) {
    return new RunOutcome(
        format,
        program,
        command,
        status,
        exitCode,
        verdicts,
        advice,
        converged,
        iterations,
        counts,
        events,
        otherDigests,
        otherFiles,
        seconds);
  }

  /**
   * A verdict that applies.
   *
   * @param verdict its name, as {@code --failOn} lists it
   * @param reason a sentence with the figure that decided
   */
  public record FiredVerdict(String verdict, int exitCode, String reason) {}

  /**
   * The advice of {@code drift.json}.
   *
   * @param action keep, review, refit or none
   * @param reason a sentence
   * @param decidedBy the figure that decided
   */
  public record Advice(String action, String reason, DecidingFigure decidedBy) {}

  /** Records; {@code read = assigned + rejected}. */
  public record Counts(long read, long assigned, long rejected) {}

  /** Events; {@code read = aggregated + rejected + laterThanAsOf}. */
  public record Events(long read, long aggregated, long rejected, long laterThanAsOf) {}

  /**
   * Hexadecimal digests by SHA-256.
   *
   * @param model of the bytes of {@code model.json}; null for a score
   * @param score of the bytes of {@code score.json}; null for a training
   * @param spec of the meaning of the segmentation, as in {@code model.json}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Digests(String model, String score, String spec) {}
}
