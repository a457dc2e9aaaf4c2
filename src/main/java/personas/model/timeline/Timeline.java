package personas.model.timeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * All runs of a segmentation. The components are the keys of {@code timeline.json}, in their order.
 * Indices of runs, personas and features count from 0.
 *
 * @param format the version of the file format
 * @param program the program that wrote the file, with its version
 * @param segmentation the name of the segmentation
 * @param runs the runs by the date of their data, or by folder if a date is missing
 * @param gaps dates without a run
 * @param personas the personas by first run and id
 * @param features the features in the order of the models
 * @param flows the flows of at least 1% of a persona's users to another persona, by run
 * @param events the events by run, and within a run by kind
 */
public record Timeline(
    int format,
    String program,
    String segmentation,
    List<Run> runs,
    List<Gap> gaps,
    List<PersonaLine> personas,
    List<FeatureLine> features,
    List<Flow> flows,
    List<TimelineEvent> events) {
  /** The name of the file. */
  public static final String FILE = "timeline.json";

  /** The name of the page. */
  public static final String PAGE = "timeline.html";

  static final int FORMAT = 1;

  /**
   * One run.
   *
   * @param folder the name of the folder
   * @param date the date of the data, for example 2026-10-31; null if it was not given
   * @param users number of users
   * @param advice keep, refit, review or none; null if there was no previous run
   * @param reason the reason of the advice; null if there was no previous run
   * @param knowsFlows whether the flows of users since the previous run of this timeline are known
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Run(
      String folder, String date, long users, String advice, String reason, boolean knowsFlows) {}

  /**
   * Dates without a run.
   *
   * @param after the index of the last run before the gap
   * @param missing number of missing runs
   */
  public record Gap(int after, long missing) {}

  /**
   * A persona over the runs. The lists have one entry for each run. An entry is null if the persona
   * does not exist in the run or the figure is not known.
   *
   * @param id the id of the cluster in the last run of the persona
   * @param persona the name in the last run of the persona
   * @param first the index of the first run of the persona
   * @param last the index of the last run of the persona
   * @param users number of users
   * @param shift the distance that the centroid moved since the previous run, in standard
   *     deviations
   * @param retention the share of the previous users, among those in this run, that kept the
   *     persona
   * @param resampledRetention the retention that resampled users would give
   */
  public record PersonaLine(
      int id,
      String persona,
      int first,
      int last,
      List<Long> users,
      List<Double> shift,
      List<Double> retention,
      List<Double> resampledRetention) {}

  /**
   * A feature over the runs; the lists have one entry for each run.
   *
   * @param name the name of the feature
   * @param psi the population stability index since the previous run; null for the first run
   * @param limit the population stability index above which the values count as changed; null for
   *     the first run
   */
  public record FeatureLine(String name, List<Double> psi, List<Double> limit) {}

  /**
   * The users that moved from one persona to another.
   *
   * @param run the index of the run in which the users have the other persona
   * @param from the index of the previous persona
   * @param to the index of the new persona
   * @param users number of users that moved
   * @param share these users as a share of the users of {@code from} in the previous run, 0..1
   * @param resampled the largest share that resampling alone moves; null if it is not known
   * @param chance the probability that resampling alone moves as many users; null if it is not
   *     known
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Flow(
      int run, int from, int to, long users, double share, Double resampled, Double chance) {}
}
