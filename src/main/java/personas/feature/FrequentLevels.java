package personas.feature;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Chooses the levels of a category from counted values. The most frequent values become levels, and
 * all other values are pooled as {@link CategoryLevel#OTHER}. The command {@code init} and a run
 * that counts levels use the same rule.
 */
public final class FrequentLevels {
  /** The default maximum number of levels of a category. */
  public static final int DEFAULT_MAX = 12;

  private static final int MAX_LENGTH = 200;

  /** Control, format and line-ending characters, and two characters that YAML forbids. */
  private static final Pattern HIDDEN =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\uFFFE\\uFFFF]");

  private FrequentLevels() {}

  /**
   * Returns the most frequent values.
   *
   * @param usersByValue the number of users of each value
   * @param max the maximum number of levels
   * @return the values accepted by {@link #canBeLevel}, sorted by descending frequency, then by
   *     {@link String#compareTo}
   */
  public static List<String> of(Map<String, Long> usersByValue, int max) {
    return usersByValue.entrySet().stream()
        .filter(value -> canBeLevel(value.getKey()))
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(max)
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * Returns whether a spec can list a value as a level. The value must have 1 to 200 characters,
   * must not be blank, and must not contain invisible characters.
   */
  public static boolean canBeLevel(String value) {
    return !value.isBlank() && value.length() <= MAX_LENGTH && !HIDDEN.matcher(value).find();
  }
}
