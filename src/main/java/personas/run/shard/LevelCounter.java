package personas.run.shard;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import personas.feature.CategoryLevel;
import personas.feature.Feature;
import personas.feature.LevelFeature;
import personas.feature.moments.LevelCounts;
import personas.feature.shard.Shard;
import personas.run.state.ShardReference;
import personas.spec.SegmentationSpec;
import personas.text.Blanks;
import personas.text.CsvFields;

/**
 * Counts the values of categories in staged shards, which hold the categories as pass-through
 * columns. Only accepted records are staged, so rejected records do not count.
 */
public final class LevelCounter implements Serializable {
  private static final long serialVersionUID = 1;

  /** For each category, the index of its only indicator feature. */
  private final int[] indicators;

  /**
   * Prepares to count.
   *
   * @param spec the spec that {@link SegmentationSpec#countingLevels} returned
   */
  public LevelCounter(SegmentationSpec spec) {
    List<Feature> features = spec.features();
    indicators =
        IntStream.range(0, features.size())
            .filter(
                f ->
                    features.get(f) instanceof LevelFeature indicator
                        && indicator.level() instanceof CategoryLevel.ToCount)
            .toArray();
  }

  /** Counts the values in a shard; a row counts as many users as its weight. */
  public LevelCounts count(ShardReference reference) throws IOException {
    Shard shard = ShardFiles.whole(reference);
    CsvFields fields = new CsvFields(indicators.length);
    LevelCounts counts = new LevelCounts(indicators.length);
    for (int row = 0; row < shard.rows(); row++) {
      shard.readPassThrough(row, fields);
      int users = shard.weights() == null ? 1 : shard.weights()[row];
      for (int c = 0; c < indicators.length; c++) {
        // The indicator is 0 or NaN if the user has no value.
        if (shard.column(indicators[c])[row] == 1) {
          counts.add(c, value(fields, c), users);
        }
      }
    }
    return counts;
  }

  private static String value(CsvFields fields, int column) {
    byte[] bytes = fields.bytes();
    int from = Blanks.skip(bytes, fields.from(column), fields.to(column));
    int to = Blanks.trim(bytes, from, fields.to(column));
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
