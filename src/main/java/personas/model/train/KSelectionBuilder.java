package personas.model.train;

import java.util.List;
import java.util.stream.IntStream;
import personas.confidence.Interval;
import personas.kmeans.metric.ClusterMetrics;
import personas.kmeans.metric.Metric;
import personas.kmeans.selection.Candidate;
import personas.kmeans.selection.ChosenCandidate;
import personas.kmeans.selection.KChoice;
import personas.kmeans.selection.KSelector;
import personas.kmeans.selection.ResampledFlow;
import personas.kmeans.selection.SegmentTree;
import personas.kmeans.selection.SelectionMetrics;
import personas.model.KSelection;
import personas.persona.ClusterPersona;
import personas.persona.MatchedPersonas;
import personas.spec.ClusteringSpec;

/** Builds the part of a model that describes the choice of k. */
final class KSelectionBuilder {
  private final MatchedPersonas personas;
  private final SegmentTree tree;

  /**
   * Creates a builder for the chosen candidate.
   *
   * @param personas the personas in the order of the clusters of the model
   * @param tree how segments split and merge; null if there is only one candidate
   */
  KSelectionBuilder(MatchedPersonas personas, SegmentTree tree) {
    this.personas = personas;
    this.tree = tree;
  }

  /**
   * Returns the candidates of a run and the choice among them.
   *
   * @param clustering the clustering keys of the spec
   * @param trained the candidates and the chosen candidate
   * @param metrics the metrics of the chosen candidate, because a single candidate does not hold
   *     its metrics; null if they were not measured
   */
  KSelection of(ClusteringSpec clustering, ChosenCandidate trained, ClusterMetrics metrics) {
    List<KSelection.Row> rows =
        IntStream.range(0, trained.candidates().size())
            .mapToObj(
                i -> {
                  Candidate candidate = trained.candidates().get(i);
                  boolean isMeasured = i == trained.choice().index() && metrics != null;
                  return row(isMeasured ? candidate.measured(metrics) : candidate, clustering);
                })
            .toList();
    return selection(clustering.k().toString(), trained.candidate(), trained.choice(), rows, null);
  }

  /**
   * Returns the choice of the command {@code choose} among the candidates that a run kept.
   *
   * @param run the choice of k in the model of the run
   * @param candidate the candidate that replaces the candidate of the run
   * @param choice the new choice and its reason
   * @param runChoice the choice of the run, which the new model records
   */
  KSelection ofTakenCandidate(
      KSelection run, Candidate candidate, KChoice choice, KSelection.RunChoice runChoice) {
    return selection(run.requested(), candidate, choice, run.candidates(), runChoice);
  }

  private KSelection selection(
      String requested,
      Candidate chosen,
      KChoice choice,
      List<KSelection.Row> rows,
      KSelection.RunChoice runChoice) {
    List<Integer> order = personas.clusters().stream().map(ClusterPersona::cluster).toList();
    List<Interval> intervals = chosen.findings().stability().intervals();
    ResampledFlow flow = chosen.findings().resampledFlow();
    return new KSelection(
        requested,
        chosen.k(),
        choice.isClear(),
        choice.kind(),
        choice.reason(),
        chosen.findings().users(),
        order.stream().map(chosen.findings().stability().means()::get).toList(),
        intervals == null ? null : order.stream().map(intervals::get).toList(),
        flow == null ? null : flow.ordered(order),
        rows,
        tree,
        runChoice);
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
