package personas.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.SortedMap;
import personas.model.compare.DriftAdvice.DecidingFigure;

/**
 * The outcome of a run that published its results: the content of {@code run.json}, in the order of
 * its keys. Two equal runs differ in {@code seconds} only.
 *
 * @param format the version of the file format, {@value #FORMAT}
 * @param program the program that wrote the file
 * @param command segment, choose or score
 * @param status {@link #DONE}, or the verdict that decided the exit code
 * @param exitCode the exit code of the process
 * @param verdicts the verdicts of {@code --failOn} that apply, the most serious first
 * @param advice the advice from the comparison with the previous run; null without a previous run
 * @param converged whether the iteration converged; null for a score
 * @param iterations full passes over the data; null for a score
 * @param counts how many records were read, assigned and rejected
 * @param events the counts of events that users were aggregated from; null if records are users
 * @param digests digests of the published results
 * @param files the number of files for the name of each result, or for the pattern of numbered
 *     files
 * @param seconds the time in seconds from the start of the command until the results were published
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

  /** The status of a run in which no verdict of {@code --failOn} applies. */
  public static final String DONE = "done";

  /** The format that this program writes. */
  public static final int FORMAT = 1;

  /** Returns the outcome with other digests and files. */
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
   * @param verdict the name, as {@code --failOn} lists it
   * @param exitCode the exit code of the verdict
   * @param reason a sentence that states the deciding figure
   */
  public record FiredVerdict(String verdict, int exitCode, String reason) {}

  /**
   * The advice of {@code drift.json}.
   *
   * @param action keep, review, refit or none
   * @param reason a sentence that gives the reason
   * @param decidedBy the figure that decided the advice
   */
  public record Advice(String action, String reason, DecidingFigure decidedBy) {}

  /** The counts of records; {@code read = assigned + rejected}. */
  public record Counts(long read, long assigned, long rejected) {}

  /** The counts of events; {@code read = aggregated + rejected + laterThanAsOf}. */
  public record Events(long read, long aggregated, long rejected, long laterThanAsOf) {}

  /**
   * Hexadecimal digests by SHA-256.
   *
   * @param model the digest of the bytes of {@code model.json}; null for a score
   * @param score the digest of the bytes of {@code score.json}; null for other commands
   * @param spec the digest of the meaning of the segmentation, as in {@code model.json}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Digests(String model, String score, String spec) {}
}
