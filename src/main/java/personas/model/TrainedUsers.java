package personas.model;

import java.io.Serializable;
import java.util.List;
import personas.feature.moments.HistogramBins;
import personas.model.Model.ClusterModel;
import personas.model.TrainingContext.FeatureHandover;

/**
 * What a model says of the users that it was trained with, which the users of a score are held
 * against.
 *
 * @param names of the d features
 * @param features d of them: how the raw values of the training were spread
 * @param personas k names, in the order of the model's clusters
 * @param users k counts of users, in the same order
 */
public record TrainedUsers(
    List<String> names, List<FeatureHandover> features, List<String> personas, List<Long> users)
    implements Serializable {

  /**
   * What a model says of its users.
   *
   * @return null if the model was written by a version that kept no counts
   */
  public static TrainedUsers ofOrNull(Model model) {
    if (model.handover() == null
        || model.handover().features().stream().anyMatch(feature -> feature.counts() == null)) {
      return null;
    }
    return new TrainedUsers(
        model.features().stream().map(Model.FeatureModel::name).toList(),
        model.handover().features(),
        model.clusters().stream().map(ClusterModel::persona).toList(),
        // A score gives each user the nearest centroid, also where the training held users.
        model.stickiness() == null
            ? model.clusters().stream().map(ClusterModel::users).toList()
            : model.stickiness().freeUsers());
  }

  /** The points at which the users of a score are counted: those of the training. */
  public HistogramBins bins() {
    return HistogramBins.ofEarlierPoints(
        features.stream().map(FeatureHandover::pointsOfNextRun).toList());
  }

  /** How many users there were. */
  public long total() {
    return users.stream().mapToLong(Long::longValue).sum();
  }
}
