package personas.model.timeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * All runs of a segmentation: all that {@code timeline.json} says, in its order. Places of runs,
 * personas and features count from 0.
 *
 * @param format of the file; 1
 * @param program which program wrote it
 * @param segmentation the name of the segmentation
 * @param runs in the order of the dates of their data, or of their folders if a date is missing
 * @param gaps dates without a run, as the usual distance of two runs tells them
 * @param personas in the order of their first run and their ids
 * @param features in the order of the models
 * @param flows of the users of a persona to another one, at least 1% of its users, by run
 * @param events by run, and within a run by kind
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
   * @param folder the name of its folder
   * @param date of its data, as 2026-10-31; null if it was not given
   * @param users who have a persona
   * @param advice keep, refit, review or none; null if it went on from no run
   * @param reason of the advice; null likewise
   * @param knowsFlows whether its users were looked up in the previous run of this timeline
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Run(
      String folder, String date, long users, String advice, String reason, boolean knowsFlows) {}

  /**
   * Dates without a run.
   *
   * @param after the place of the last run before them
   * @param missing how many runs are missing
   */
  public record Gap(int after, long missing) {}

  /**
   * A persona over the runs. The lists have one entry for each run, null where the persona does not
   * exist, or the figure is not known.
   *
   * @param id its id in its last run
   * @param persona its name in its last run
   * @param first the place of its first run
   * @param last the place of its last run
   * @param users how many
   * @param shift how far its centroid moved since the previous run, in standard deviations
   * @param retention of its previous users who are in the run, the share that is still in it
   * @param resampledRetention the same share if the previous run were trained on resampled users
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
   * @param psi the population stability index since the previous run; null for the first run
   * @param limit above which the values moved; null likewise
   */
  public record FeatureLine(String name, List<Double> psi, List<Double> limit) {}

  /**
   * Users who went from a persona to another one.
   *
   * @param run the place of the run that found them in another persona
   * @param from the place of the persona before
   * @param to the place of the persona now
   * @param users how many
   * @param share of the users of {@code from} in the previous run, 0..1
   * @param resampled the largest share that two resamples of the same users give; null if no model
   *     says it
   * @param chance the probability that as many users go if each goes with that share; null likewise
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Flow(
      int run, int from, int to, long users, double share, Double resampled, Double chance) {}
}
