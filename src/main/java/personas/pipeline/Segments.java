package personas.pipeline;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import personas.data.Feature;
import personas.data.Standardizer;
import personas.kmeans.Centroids;
import personas.model.Lineage;
import personas.model.PreviousModel;
import personas.model.SavedModel;
import personas.persona.PersonaMatcher;
import personas.persona.Personas;
import personas.persona.Tag;

/**
 * The clusters of a finished iteration in their canonical order, with their names. Every worker
 * finds the same from the same state.
 *
 * @param centroids k × d, standardised
 * @param personas the tags in the order of the centroids, and the personas that no cluster fits
 * @param ids the ids of the clusters, in the order of the centroids
 */
record Segments(Centroids centroids, Personas personas, List<Integer> ids) {

  /** Those of a run: of the model that it scores with, or of the state that it trained. */
  static Segments of(SegmentState state, RunPlan plan) throws IOException {
    SavedModel scored = plan.scored();
    return scored == null
        ? trained(state, plan)
        : new Segments(
            scored.centroids(), scored.personas(), Arrays.stream(scored.ids()).boxed().toList());
  }

  private static Segments trained(SegmentState state, RunPlan plan) throws IOException {
    Centroids found = state.lloyd().centroids();
    Standardizer standardizer = state.manifest().standardizer();
    PreviousModel previous = plan.previous();
    Lineage lineage =
        previous == null
            ? new Lineage(null, null)
            : new Lineage(previous.model(), previous.continuity(found, standardizer));
    List<Long> users = state.lloyd().history().get(state.lloyd().iterations() - 1).users();
    Personas personas =
        PersonaMatcher.match(
            plan.spec().personas(),
            standardizer.schema().features().stream().map(Feature::name).toList(),
            found.toRows(),
            users.stream().mapToLong(Long::longValue).toArray(),
            lineage.heldNames(found.k()));
    List<Lineage.Numbered> numbered =
        lineage.number(personas.tags().stream().map(Tag::cluster).toList());
    List<Tag> tags = numbered.stream().map(each -> personas.tags().get(each.place())).toList();
    return new Segments(
        found.reordered(tags.stream().mapToInt(Tag::cluster).toArray()),
        new Personas(tags, personas.unmatched()),
        numbered.stream().map(Lineage.Numbered::id).toList());
  }
}
