package personas.report.data;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import personas.kmeans.metric.Metric;
import personas.kmeans.selection.KSelector;
import personas.kmeans.selection.PartitionKind;
import personas.kmeans.selection.SegmentTree;
import personas.kmeans.selection.SelectionMetrics;
import personas.model.KSelection;
import personas.model.Model;

/**
 * How the number of personas was chosen.
 *
 * @param chosen the k of the model; 0 where it was given, not chosen
 * @param answer which kind of answer the personas are; null where k was given, and where an earlier
 *     version wrote the model
 * @param meaning the answer in a sentence for a reader; empty where k was given
 * @param reason one sentence
 * @param stabilityLimit a persona with this stability is found again, 0..1
 * @param metrics by which the candidates are compared
 * @param candidates by ascending k
 * @param tree how the segments split and merge from k to k; null where k was given
 */
public record KComparison(
    int chosen,
    PartitionKind answer,
    String meaning,
    String reason,
    double stabilityLimit,
    List<Column> metrics,
    List<KSelection.Row> candidates,
    @JsonInclude(JsonInclude.Include.NON_NULL) SegmentTree tree) {
  /** k was given. */
  public static final KComparison NONE =
      new KComparison(0, null, "", "", KSelector.LEAST_STABILITY, Column.ALL, List.of(), null);

  public KComparison {
    metrics = metrics == null ? Column.ALL : List.copyOf(metrics);
    candidates = List.copyOf(candidates);
  }

  /** What the model says; {@link #NONE} where k was given or the model is older than the choice. */
  public static KComparison of(Model model) {
    KSelection selection = model.kSelection();
    if (selection == null || selection.candidates().size() < 2) {
      return NONE;
    }
    return new KComparison(
        selection.chosen(),
        selection.answer(),
        meaning(selection.answer()),
        selection.reason(),
        KSelector.LEAST_STABILITY,
        Column.ALL,
        selection.candidates().stream().map(KSelection.Row::withoutKept).toList(),
        selection.tree());
  }

  private static String meaning(PartitionKind answer) {
    if (answer == null) {
      return "";
    }
    return switch (answer) {
      case FIXED -> "";
      case SEPARATE_GROUPS ->
          "The personas are separate groups: they are found again in other samples of the users, and"
              + " few users lie between two of them.";
      case USEFUL_SLICES ->
          "The personas are useful slices, not separate groups: the users form a continuum without"
              + " gaps, and other samples of them are cut in the same places. A user near a border is"
              + " much like a user across it.";
      case NO_STABLE_PARTITION ->
          "The personas are neither separate groups nor stable slices: the users form a continuum, and"
              + " another sample of them would be cut in other places.";
    };
  }

  /**
   * A metric as the page shows it.
   *
   * @param id key of the metric in {@code candidates}
   * @param title name for readers
   * @param format name of the page's number format
   */
  public record Column(String id, String title, String format) {
    private static final List<Column> ALL = SelectionMetrics.ALL.stream().map(Column::of).toList();

    private static Column of(Metric<?> metric) {
      return new Column(
          metric.id(), metric.title(), metric.scale().format().name().toLowerCase(Locale.ROOT));
    }
  }
}
