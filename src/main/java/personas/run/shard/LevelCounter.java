package personas.run.shard;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import personas.feature.CategoryLevel;
import personas.feature.Feature;
import personas.feature.moments.LevelCounts;
import personas.feature.shard.Shard;
import personas.feature.shard.ShardReference;
import personas.spec.SegmentationSpec;
import personas.text.Blanks;
import personas.text.CsvFields;

/**
 * Counts the values of categories in staged shards, whose copied columns are these categories. Only
 * accepted records are staged, so rejected ones do not count.
 */
public final class LevelCounter implements Serializable {
  private static final long serialVersionUID = 1;

  /** By category, the place of its only indicator among the features. */
  private final int[] indicators;

  /**
   * Prepares to count.
   *
   * @param spec made by {@link SegmentationSpec#countingLevels}
   */
  public LevelCounter(SegmentationSpec spec) {
    List<CategoryLevel> levels = spec.features().stream().map(Feature::level).toList();
    indicators = spec.levelsToCount().stream().mapToInt(levels::indexOf).toArray();
  }

  /** The users of a shard, each as often as its weight says. */
  public LevelCounts count(ShardReference reference) throws IOException {
    Shard shard = ShardFiles.whole(reference);
    CsvFields fields = new CsvFields(indicators.length);
    LevelCounts counts = new LevelCounts(indicators.length);
    for (int row = 0; row < shard.rows(); row++) {
      shard.readPassThrough(row, fields);
      int users = shard.weights() == null ? 1 : shard.weights()[row];
      for (int c = 0; c < indicators.length; c++) {
        // 0 or NaN: the user has no value.
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
