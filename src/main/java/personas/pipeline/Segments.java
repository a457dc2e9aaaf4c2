package personas.pipeline;

import java.io.IOException;
import java.util.List;
import personas.data.Feature;
import personas.kmeans.Centroids;
import personas.persona.PersonaMatcher;
import personas.persona.PersonaProfile;
import personas.persona.Personas;
import personas.persona.Tag;

/**
 * The clusters of a finished iteration in their canonical order, with their names. Every worker
 * finds the same from the same state.
 *
 * @param centroids k × d, standardised; cluster id i at i
 * @param personas the tag of cluster id i at i, and the personas that no cluster fits
 */
record Segments(Centroids centroids, Personas personas) {

  static Segments of(SegmentState state, List<PersonaProfile> profiles) throws IOException {
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
    return new Segments(found.reordered(order), personas);
  }
}
