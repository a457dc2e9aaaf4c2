package personas.feature;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The rule by which the levels of a category are chosen from its values, the same for {@code init}
 * and for a run that counts levels itself: the most frequent values are levels, and all others are
 * pooled as {@link CategoryLevel#OTHER}.
 */
public final class FrequentLevels {
  /** How many levels a category has at most, unless a spec says otherwise. */
  public static final int DEFAULT_MAX = 12;

  private static final int MAX_LENGTH = 200;

  /** Control, format and line-ending characters, and the two that YAML forbids. */
  private static final Pattern HIDDEN =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\uFFFE\\uFFFF]");

  private FrequentLevels() {}

  /**
   * Chooses levels.
   *
   * @param users value → its users
   * @param most levels that may be chosen
   * @return the most frequent values that {@link #canBeLevel}, the most frequent one first; equally
   *     frequent values stand in the order of {@link String#compareTo}
   */
  public static List<String> of(Map<String, Long> users, int most) {
    return users.entrySet().stream()
        .filter(each -> canBeLevel(each.getKey()))
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(most)
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * Whether a spec can list a value as a level: it has 1 to 200 characters, and no control, format
   * or line-ending characters, which nobody sees.
   */
  public static boolean canBeLevel(String value) {
    return !value.isBlank() && value.length() <= MAX_LENGTH && !HIDDEN.matcher(value).find();
  }
}
