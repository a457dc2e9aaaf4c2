package personas.pipeline;

import java.io.IOException;
import java.io.Serializable;
import personas.kmeans.LloydState;

/**
 * What one pass hands to the next: small, whatever the input holds.
 *
 * @param manifestFile where the {@link Manifest} is staged
 * @param lloyd where the iteration stands
 */
record SegmentState(String manifestFile, LloydState lloyd) implements Serializable {

  Manifest manifest() throws IOException {
    return Manifest.load(manifestFile);
  }

  SegmentState with(LloydState next) {
    return new SegmentState(manifestFile, next);
  }
}
