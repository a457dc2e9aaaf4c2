package personas.model.train;

import java.util.List;
import personas.data.Feature;
import personas.data.Standardizer;
import personas.kmeans.Centroids;
import personas.kmeans.LloydState;
import personas.model.Lineage;
import personas.model.NamedClusters;
import personas.model.PreviousModel;
import personas.persona.PersonaMatcher;
import personas.persona.Personas;
import personas.persona.Tag;
import personas.spec.SegmentationSpec;

/** Names the clusters of a finished iteration. Every worker finds the same from the same state. */
public final class ClusterNaming {
  private ClusterNaming() {}

  /**
   * The clusters in their canonical order, with ids and personas.
   *
   * @param found the finished iteration
   * @param previous the model that the run continues; null if it continues none
   */
  public static NamedClusters name(
      LloydState found, Standardizer standardizer, SegmentationSpec spec, PreviousModel previous) {
    Centroids centroids = found.centroids();
    Lineage lineage =
        previous == null
            ? new Lineage(null, null)
            : new Lineage(previous.model(), previous.continuity(centroids, standardizer));
    List<Long> users = found.history().get(found.iterations() - 1).users();
    Personas personas =
        PersonaMatcher.match(
            spec.personas(),
            standardizer.schema().features().stream().map(Feature::name).toList(),
            centroids.toRows(),
            users.stream().mapToLong(Long::longValue).toArray(),
            lineage.heldNames(centroids.k()));
    List<Lineage.Numbered> numbered =
        lineage.number(personas.tags().stream().map(Tag::cluster).toList());
    List<Tag> tags = numbered.stream().map(each -> personas.tags().get(each.place())).toList();
    return new NamedClusters(
        centroids.reordered(tags.stream().mapToInt(Tag::cluster).toArray()),
        new Personas(tags, personas.unmatched()),
        numbered.stream().map(Lineage.Numbered::id).toList());
  }
}
