package personas.table.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import personas.feature.CategoryLevel;

/** The value of an indicator of a category for each text of the category's column. */
final class LevelMatcher {
  private final byte[] own;

  /** All listed levels if the indicator is that of all others, else none. */
  private final byte[][] listed;

  private final boolean isOfOthers;

  LevelMatcher(CategoryLevel level) {
    own = utf8(level.level());
    isOfOthers = level.isOfOthers();
    List<String> levels = isOfOthers ? level.levels() : List.of();
    listed = levels.stream().map(LevelMatcher::utf8).toArray(byte[][]::new);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Returns 1 if a text, which has no blanks around it, is the level of the indicator, else 0. */
  double valueOf(byte[] text, int from, int to) {
    if (equals(own, text, from, to)) {
      return 1;
    }
    if (!isOfOthers) {
      return 0;
    }
    for (byte[] level : listed) {
      if (equals(level, text, from, to)) {
        return 0;
      }
    }
    return 1;
  }

  private static boolean equals(byte[] level, byte[] text, int from, int to) {
    return Arrays.equals(level, 0, level.length, text, from, to);
  }
}
