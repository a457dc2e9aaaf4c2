package personas.pipeline.publish;

import java.util.List;
import java.util.Optional;
import personas.feature.shard.UserSample;
import personas.kmeans.Centroids;
import personas.kmeans.selection.Candidate;
import personas.kmeans.selection.SegmentTree;
import personas.model.NamedClusters;
import personas.model.train.TakenCandidate;
import personas.persona.ClusterPersona;
import personas.run.state.Manifest;
import personas.run.state.StagedSample;
import personas.run.state.TrainingState;

/** Builds the tree of the candidates of a finished run from the staged sample of the report. */
final class CandidateTree {
  private CandidateTree() {}

  /**
   * Returns the tree.
   *
   * @param taken the candidate that a person took; empty if the candidate of the run is kept
   * @return null if there is only one candidate
   */
  static SegmentTree of(
      TrainingState state,
      Manifest manifest,
      NamedClusters segments,
      Optional<TakenCandidate> taken) {
    List<Centroids> partitions =
        taken.isPresent()
            ? taken.get().partitions()
            : state.candidates().stream()
                .map(Candidate::lloyd)
                .map(lloyd -> lloyd.centroids())
                .toList();
    if (partitions.size() < 2) {
      return null;
    }
    UserSample sample = StagedSample.at(manifest.training().sample()).load();
    return SegmentTree.of(
        manifest.standardizer().standardizeRows(sample.rows()),
        sample.size(),
        sample.size() == manifest.ledger().accepted(),
        partitions,
        new SegmentTree.Taken(
            taken.map(TakenCandidate::index).orElse(state.choice().index()),
            segments.personas().clusters().stream().map(ClusterPersona::cluster).toList(),
            segments.ids()));
  }
}
