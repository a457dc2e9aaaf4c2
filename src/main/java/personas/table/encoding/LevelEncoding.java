package personas.table.encoding;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import personas.feature.CategoryLevel;
import personas.table.ledger.RejectReason;

/** Encodes the texts of a category as an indicator: 1 for one level, 0 for all other levels. */
public final class LevelEncoding extends FeatureEncoding {
  private final byte[] level;

  /** The listed levels if the indicator is for all levels that are not listed; otherwise empty. */
  private final byte[][] listed;

  private final boolean isOfOthers;

  LevelEncoding(CategoryLevel level) {
    this.level = utf8(level.level());
    isOfOthers = level.isOfOthers();
    List<String> levels = isOfOthers ? level.levels() : List.of();
    listed = levels.stream().map(LevelEncoding::utf8).toArray(byte[][]::new);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public double ofText(byte[] text, int from, int to) {
    if (equals(level, text, from, to)) {
      return 1;
    }
    if (!isOfOthers) {
      return 0;
    }
    for (byte[] listedLevel : listed) {
      if (equals(listedLevel, text, from, to)) {
        return 0;
      }
    }
    return 1;
  }

  @Override
  public RejectReason rejectionOf(byte[] text, int from, int to) {
    return rejection();
  }

  @Override
  public RejectReason rejection() {
    return RejectReason.NOT_FINITE;
  }

  private static boolean equals(byte[] level, byte[] text, int from, int to) {
    return Arrays.equals(level, 0, level.length, text, from, to);
  }
}
