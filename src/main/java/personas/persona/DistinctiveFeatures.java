package personas.persona;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Describes the features in which a centroid differs most from the average user. */
final class DistinctiveFeatures {
  /** A feature is described if it is at least this many standard deviations from the average. */
  private static final double NOTABLE = 0.5;

  private static final int MAX_FEATURES = 3;

  private final List<NamedFeature> features;
  private final double[] centroid;
  private final List<Integer> strongestFirst;

  DistinctiveFeatures(List<NamedFeature> features, double[] centroid) {
    this.features = features;
    this.centroid = centroid;
    List<Integer> order = new ArrayList<>(IntStream.range(0, centroid.length).boxed().toList());
    order.sort(Comparator.comparingDouble((Integer f) -> -Math.abs(centroid[f])));
    strongestFirst = order.stream().filter(f -> Math.abs(centroid[f]) >= NOTABLE).toList();
  }

  /** Returns up to three features with their z-scores: {@code very high api_calls (+1.9σ), …}. */
  String phrase() {
    if (strongestFirst.isEmpty()) {
      return "average in all features";
    }
    return strongestFirst.stream()
        .limit(MAX_FEATURES)
        .map(
            f ->
                features.get(f).phrase(centroid[f])
                    + String.format(Locale.ROOT, " (%+.1fσ)", centroid[f]))
        .collect(Collectors.joining(", "));
  }
}
