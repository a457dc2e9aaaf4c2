package personas.model;

import java.io.Serializable;
import java.util.List;
import personas.feature.moments.HistogramBins;
import personas.math.Require;
import personas.model.Model.ClusterModel;
import personas.model.TrainingContext.FeatureContext;

/**
 * The distribution of the users of a training. The drift of a score compares other users with this
 * distribution.
 *
 * @param names names of the d features
 * @param features the distribution of the raw values of each of the d features in the training
 * @param personas k names, in the order of the clusters of the model
 * @param users k counts of users, in the order of {@code personas}
 */
public record TrainedUsers(
    List<String> names, List<FeatureContext> features, List<String> personas, List<Long> users)
    implements Serializable {
  public TrainedUsers {
    Require.sameSize("features", features.size(), names.size());
    Require.sameSize("users", users.size(), personas.size());
  }

  /**
   * Returns the users of the training of a model.
   *
   * @return null if an earlier version wrote the model without counts
   */
  public static TrainedUsers ofOrNull(Model model) {
    if (model.training() == null
        || model.training().features().stream().anyMatch(feature -> feature.counts() == null)) {
      return null;
    }
    return new TrainedUsers(
        model.features().stream().map(Model.FeatureModel::name).toList(),
        model.training().features(),
        model.clusters().stream().map(ClusterModel::persona).toList(),
        // A score assigns each user to the nearest centroid, even if the training kept users in
        // previous personas.
        model.stickiness() == null
            ? model.clusters().stream().map(ClusterModel::users).toList()
            : model.stickiness().freeUsers());
  }

  /**
   * Returns the bins in which the users of a score are counted, which are the bins of the training.
   */
  public HistogramBins bins() {
    return HistogramBins.ofEarlierPoints(
        features.stream().map(FeatureContext::pointsOfNextRun).toList());
  }

  /** Returns the number of users of the training. */
  public long total() {
    return users.stream().mapToLong(Long::longValue).sum();
  }
}
