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
 * The choice of the number of personas.
 *
 * @param chosen the k of the model; 0 if the spec gave k
 * @param answer the kind of partition; null if the spec gave k or an earlier version wrote the
 *     model
 * @param meaning the answer in whole sentences; empty without an answer
 * @param reason why this k was chosen, in one sentence
 * @param stabilityLimit the least stability of a stable persona, 0..1
 * @param metrics the metrics that compare the candidates
 * @param candidates the figures of each k, ascending
 * @param tree how segments split and merge from one k to the next; null if the spec gave k
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
  /** The comparison of a run whose spec gave k. */
  public static final KComparison NONE =
      new KComparison(0, null, "", "", KSelector.LEAST_STABILITY, Column.ALL, List.of(), null);

  public KComparison {
    metrics = metrics == null ? Column.ALL : List.copyOf(metrics);
    candidates = List.copyOf(candidates);
  }

  /** Returns the comparison of a model; {@link #NONE} if it has fewer than two candidates. */
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
          "The personas are separate groups: other samples of the users give the same groups, and few"
              + " users lie between two of them.";
      case USEFUL_SLICES ->
          "The personas are useful slices, not separate groups. The users form a continuum without"
              + " gaps, and other samples of the users give the same slices. A user near a border is"
              + " similar to users on the other side.";
      case NO_STABLE_PARTITION ->
          "The personas are neither separate groups nor stable slices. The users form a continuum,"
              + " and another sample of the users would give other slices.";
    };
  }

  /**
   * A metric as a column of the page's table.
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
