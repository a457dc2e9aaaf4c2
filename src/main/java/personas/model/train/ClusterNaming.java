package personas.model.train;

import java.util.ArrayList;
import java.util.List;
import personas.feature.Feature;
import personas.feature.FeatureType;
import personas.feature.moments.Standardizer;
import personas.kmeans.Centroids;
import personas.kmeans.LloydState;
import personas.model.NamedClusters;
import personas.model.compare.PreviousModel;
import personas.persona.ClusterPersona;
import personas.persona.MatchedPersonas;
import personas.persona.NamedFeature;
import personas.persona.PersonaMatcher;
import personas.spec.SegmentationSpec;

/** Names the clusters of a finished iteration. Equal inputs give equal names on every worker. */
public final class ClusterNaming {
  private ClusterNaming() {}

  /**
   * Returns the clusters in canonical order with their ids and personas.
   *
   * @param finished the finished iteration
   * @param standardizer standardizes the features
   * @param spec the spec of the run
   * @param previous the model of the previous run; null if there is none
   */
  public static NamedClusters name(
      LloydState finished,
      Standardizer standardizer,
      SegmentationSpec spec,
      PreviousModel previous) {
    Centroids centroids = finished.centroids();
    ClusterIds clusterIds =
        previous == null
            ? new ClusterIds(null, null)
            : new ClusterIds(previous.model(), previous.match(centroids, standardizer));
    List<Long> users = finished.history().get(finished.iterations() - 1).users();
    MatchedPersonas personas =
        PersonaMatcher.match(
            spec.personas(),
            features(standardizer),
            standardizer.inDeviations(centroids.toRows()),
            users.stream().mapToLong(Long::longValue).toArray(),
            clusterIds.previousNames(centroids.k()));
    List<ClusterIds.Numbered> numbered =
        clusterIds.number(personas.clusters().stream().map(ClusterPersona::cluster).toList());
    List<ClusterPersona> clusterPersonas =
        numbered.stream().map(cluster -> personas.clusters().get(cluster.persona())).toList();
    return new NamedClusters(
        centroids.reordered(clusterPersonas.stream().mapToInt(ClusterPersona::cluster).toArray()),
        new MatchedPersonas(clusterPersonas, personas.unmatched()),
        numbered.stream().map(ClusterIds.Numbered::id).toList());
  }

  private static List<NamedFeature> features(Standardizer standardizer) {
    List<NamedFeature> named = new ArrayList<>();
    for (Feature feature : standardizer.schema().features()) {
      int f = named.size();
      boolean isShare =
          feature.type() == FeatureType.BOOLEAN || feature.type() == FeatureType.CATEGORY;
      named.add(
          new NamedFeature(
              feature.name(),
              feature.column(),
              isShare,
              new NamedFeature.Scale(
                  standardizer.mean(f), standardizer.deviation(f), feature.transform()),
              feature.words()));
    }
    return named;
  }
}
