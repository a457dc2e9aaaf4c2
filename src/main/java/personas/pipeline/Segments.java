package personas.pipeline;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import personas.data.Feature;
import personas.kmeans.Centroids;
import personas.model.SavedModel;
import personas.persona.PersonaMatcher;
import personas.persona.PersonaProfile;
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
        ? trained(state, plan.spec().personas())
        : new Segments(
            scored.centroids(), scored.personas(), Arrays.stream(scored.ids()).boxed().toList());
  }

  private static Segments trained(SegmentState state, List<PersonaProfile> profiles)
      throws IOException {
    Centroids found = state.lloyd().centroids();
    List<Long> users = state.lloyd().history().get(state.lloyd().iterations() - 1).users();
    Personas personas =
        PersonaMatcher.match(
            profiles,
            state.manifest().standardizer().schema().features().stream()
                .map(Feature::name)
                .toList(),
            found.toRows(),
            users.stream().mapToLong(Long::longValue).toArray());
    int[] order = personas.tags().stream().mapToInt(Tag::cluster).toArray();
    return new Segments(
        found.reordered(order), personas, IntStream.range(0, found.k()).boxed().toList());
  }
}
