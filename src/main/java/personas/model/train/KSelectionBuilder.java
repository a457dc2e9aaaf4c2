package personas.model.train;

import java.util.List;
import java.util.stream.IntStream;
import personas.confidence.Interval;
import personas.kmeans.metric.ClusterMetrics;
import personas.kmeans.metric.Metric;
import personas.kmeans.selection.Candidate;
import personas.kmeans.selection.KChoice;
import personas.kmeans.selection.KSelector;
import personas.kmeans.selection.ResampledFlow;
import personas.kmeans.selection.SegmentTree;
import personas.kmeans.selection.SelectionMetrics;
import personas.model.KSelection;
import personas.persona.ClusterPersona;
import personas.persona.MatchedPersonas;
import personas.spec.ClusteringSpec;

/** Says in a model how k came about. */
final class KSelectionBuilder {
  private KSelectionBuilder() {}

  /**
   * The candidates of a run and the choice among them.
   *
   * @param clustering as the run was asked for it
   * @param metrics of the chosen candidate, which are not known to itself where it is the only one
   * @param personas the order of the clusters
   * @param tree of the candidates; null if there is one
   */
  static KSelection of(
      ClusteringSpec clustering,
      List<Candidate> candidates,
      KChoice choice,
      ClusterMetrics metrics,
      MatchedPersonas personas,
      SegmentTree tree) {
    List<KSelection.Row> rows =
        IntStream.range(0, candidates.size())
            .mapToObj(
                i ->
                    row(
                        i == choice.index() && metrics != null
                            ? candidates.get(i).measured(metrics)
                            : candidates.get(i),
                        clustering))
            .toList();
    return of(
        clustering.k().toString(),
        candidates.get(choice.index()),
        choice,
        rows,
        personas,
        tree,
        null);
  }

  /**
   * The choice of a person among the candidates that a run kept.
   *
   * @param run what the run itself says
   * @param candidate that was taken
   * @param taken the choice of the run
   */
  static KSelection taken(
      KSelection run,
      Candidate candidate,
      KChoice choice,
      MatchedPersonas personas,
      SegmentTree tree,
      KSelection.RunChoice taken) {
    return of(run.requested(), candidate, choice, run.candidates(), personas, tree, taken);
  }

  private static KSelection of(
      String requested,
      Candidate chosen,
      KChoice choice,
      List<KSelection.Row> rows,
      MatchedPersonas personas,
      SegmentTree tree,
      KSelection.RunChoice taken) {
    List<Integer> order = personas.tags().stream().map(ClusterPersona::cluster).toList();
    List<Interval> intervals = chosen.findings().stabilityIntervals();
    ResampledFlow flow = chosen.findings().resampledFlow();
    return new KSelection(
        requested,
        chosen.k(),
        choice.clear(),
        choice.kind(),
        choice.reason(),
        chosen.findings().users(),
        order.stream().map(chosen.findings().stability()::get).toList(),
        intervals == null ? null : order.stream().map(intervals::get).toList(),
        flow == null ? null : flow.ordered(order),
        rows,
        tree,
        taken);
  }

  private static KSelection.Row row(Candidate candidate, ClusteringSpec clustering) {
    return new KSelection.Row(
        candidate.k(),
        Metric.values(SelectionMetrics.ALL, candidate),
        KSelector.kindOf(
            candidate.findings(), candidate.smallestShare(), clustering.minSegmentShare()),
        clustering.keepsCandidates() ? KeptCandidates.keep(candidate) : null);
  }
}
