package personas.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import personas.kmeans.ClusterMetrics;
import personas.kmeans.ClusterSpread;
import personas.kmeans.selection.Candidate;
import personas.kmeans.selection.KChoice;
import personas.kmeans.selection.KSelector;
import personas.kmeans.selection.PartitionKind;
import personas.kmeans.selection.ResampledFlow;
import personas.kmeans.selection.SampleDiagnostics;
import personas.kmeans.selection.SegmentTree;
import personas.kmeans.selection.StabilitySpread;
import personas.persona.ClusterPersona;
import personas.persona.MatchedPersonas;
import personas.spec.ClusteringSpec;

/**
 * How k came about: the clusterings that were compared and why this one was taken.
 *
 * @param requested what the spec or the flag said: a number, a range or {@code auto}
 * @param chosen the k of the model
 * @param clear false where the users have no clear structure
 * @param answer which kind of answer the model is; null in a model that an earlier version wrote
 * @param reason one sentence
 * @param sampleUsers users of the sample that stability and valley were looked for in; all else is
 *     exact over all users
 * @param clusterStability of the chosen clustering, per cluster id: mean bootstrap Jaccard, 0..1
 * @param resampledFlow of the chosen clustering, by cluster id: how many users change their cluster
 *     if it is trained on resampled users; null in a model that an earlier version wrote
 * @param candidates by ascending k; one where k was given
 * @param tree how the segments split and merge from k to k; null where k was given
 * @param taken the choice of the run that {@code choose} took the model from; null if the run chose
 *     it
 */
public record KSelection(
    String requested,
    int chosen,
    boolean clear,
    PartitionKind answer,
    String reason,
    int sampleUsers,
    List<Double> clusterStability,
    @JsonInclude(JsonInclude.Include.NON_NULL) ResampledFlow resampledFlow,
    List<Row> candidates,
    @JsonInclude(JsonInclude.Include.NON_NULL) SegmentTree tree,
    @JsonInclude(JsonInclude.Include.NON_NULL) RunChoice taken) {

  /**
   * What a run itself chose, if {@code choose} took another of its candidates.
   *
   * @param k the number of clusters that the run chose
   * @param reason the reason of the run
   * @param model SHA-256, in hex, of the {@code model.json} of the run, as this program writes it
   */
  public record RunChoice(int k, String reason, String model) {}

  /**
   * One k. A clustering that the sample ruled out is not iterated to its end; its figures are of
   * where it was left.
   *
   * @param k clusters
   * @param inertia this and the next three as in {@link ClusterMetrics}; null where it is not
   *     defined, or where no pass was left to measure it
   * @param stability of the least stable cluster, from the sample
   * @param valley between the two neighbouring clusters that are least apart, from the sample: (√n
   *     + 1) times the dip of their users' projection; below 0.6 where they are halves of one heap
   * @param answer which kind of answer the clustering is by itself
   * @param stabilityLow this and the next two are the {@link StabilitySpread}; null where it was
   *     not looked at
   * @param explained share of the total variance that lies between the clusters, 0..1; null where
   *     no pass was left to measure it
   * @param kept the clustering itself, if the run keeps its candidates; else null
   */
  public record Row(
      int k,
      Double inertia,
      Double silhouette,
      Double daviesBouldin,
      Double calinskiHarabasz,
      Double smallestShare,
      double stability,
      double valley,
      PartitionKind answer,
      Double stabilityLow,
      Double stabilityMedian,
      Double stabilityHigh,
      Double explained,
      @JsonInclude(JsonInclude.Include.NON_NULL) KeptCandidate kept) {

    StabilitySpread spread() {
      return stabilityLow == null
          ? null
          : new StabilitySpread(stabilityLow, stabilityMedian, stabilityHigh);
    }
  }

  /** The candidate of a number of clusters; empty if the run did not keep it. */
  public Optional<Candidate> kept(int k) {
    return candidates.stream()
        .filter(row -> row.k() == k && row.kept() != null)
        .findFirst()
        .map(row -> row.kept().candidate(row, sampleUsers));
  }

  /**
   * The candidates of a run and the choice among them.
   *
   * @param clustering as the run was asked for it
   * @param metrics of the chosen candidate, which are not known to itself where it is the only one
   * @param personas the order of the clusters
   * @param tree of the candidates; null if there is one
   */
  public static KSelection of(
      ClusteringSpec clustering,
      List<Candidate> candidates,
      KChoice choice,
      ClusterMetrics metrics,
      MatchedPersonas personas,
      SegmentTree tree) {
    List<Row> rows =
        IntStream.range(0, candidates.size())
            .mapToObj(i -> row(candidates.get(i), i == choice.index() ? metrics : null, clustering))
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
  public static KSelection taken(
      KSelection run,
      Candidate candidate,
      KChoice choice,
      MatchedPersonas personas,
      SegmentTree tree,
      RunChoice taken) {
    return of(run.requested, candidate, choice, run.candidates, personas, tree, taken);
  }

  private static KSelection of(
      String requested,
      Candidate chosen,
      KChoice choice,
      List<Row> rows,
      MatchedPersonas personas,
      SegmentTree tree,
      RunChoice taken) {
    List<Integer> order = personas.tags().stream().map(ClusterPersona::cluster).toList();
    ResampledFlow flow = chosen.findings().resampledFlow();
    return new KSelection(
        requested,
        chosen.k(),
        choice.clear(),
        choice.kind(),
        choice.reason(),
        chosen.findings().users(),
        order.stream().map(chosen.findings().stability()::get).toList(),
        flow == null ? null : flow.ordered(order),
        rows,
        tree,
        taken);
  }

  private static Row row(Candidate candidate, ClusterMetrics known, ClusteringSpec clustering) {
    ClusterMetrics metrics = known == null ? candidate.metrics() : known;
    SampleDiagnostics findings = candidate.findings();
    StabilitySpread stability = findings.spread();
    ClusterSpread spread = candidate.lloyd().spread();
    return new Row(
        candidate.k(),
        metrics == null ? null : (Double) metrics.inertia(),
        metrics == null ? null : metrics.silhouette(),
        metrics == null ? null : metrics.daviesBouldin(),
        metrics == null ? null : metrics.calinskiHarabasz(),
        metrics == null ? null : (Double) metrics.smallestShare(),
        findings.leastStability(),
        findings.valley(),
        KSelector.kindOf(
            findings,
            metrics == null ? candidate.smallestShare() : metrics.smallestShare(),
            clustering.minSegmentShare()),
        stability == null ? null : (Double) stability.low(),
        stability == null ? null : (Double) stability.median(),
        stability == null ? null : (Double) stability.high(),
        spread == null ? null : spread.explained(),
        clustering.keepsCandidates() ? KeptCandidate.of(candidate) : null);
  }
}
