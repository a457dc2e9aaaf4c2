package personas.spec;

import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The number of clusters k: one number, or a range from which the data choose.
 *
 * @param min the smallest candidate
 * @param max the largest candidate
 */
public record ClusterCount(int min, int max) implements Serializable {
  /** The range of {@code auto}. Few readers can keep more than 16 personas apart. */
  public static final ClusterCount AUTO = new ClusterCount(2, 16);

  /** The end of a message about a text that is not a count; the message begins with the text. */
  public static final String EXPECTED = " is not a number, a range like 2..10 or auto";

  /** The largest number of candidates that one run trains. */
  private static final int MAX_CANDIDATES = 32;

  private static final Pattern RANGE =
      Pattern.compile("\\s*(\\d{1,9})\\s*\\.\\.\\s*(\\d{1,9})\\s*");

  /** Returns a count of exactly k clusters. */
  public static ClusterCount fixed(int k) {
    return new ClusterCount(k, k);
  }

  /**
   * Parses {@code auto} or a range like {@code 2..10}.
   *
   * @return null if the text is neither, so that the caller parses a number
   */
  public static ClusterCount parse(String text) {
    if (text.strip().equals("auto")) {
      return AUTO;
    }
    Matcher range = RANGE.matcher(text);
    return range.matches()
        ? new ClusterCount(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)))
        : null;
  }

  /**
   * Returns why a range is not allowed, as the end of a message that begins with the range; null if
   * the range is allowed.
   */
  public String violation() {
    String violation = NumberRange.K.violation(min);
    violation = violation == null ? NumberRange.K.violation(max) : violation;
    if (violation == null && min == max) {
      violation = " is not a range: both ends are equal; write the number " + min + " alone";
    }
    if (violation == null && min > max) {
      violation = " is not a range: write the smaller number first";
    }
    if (violation == null && max - min >= MAX_CANDIDATES) {
      violation =
          " has " + (max - min + 1) + " candidates; at most " + MAX_CANDIDATES + " are allowed";
    }
    return violation;
  }

  /** Returns whether the count is one given number. */
  public boolean isFixed() {
    return min == max;
  }

  /** Returns all candidates in ascending order. */
  public List<Integer> candidates() {
    return IntStream.rangeClosed(min, max).boxed().toList();
  }

  /**
   * Returns the count as a spec writes it: a number, {@code auto} or a range like {@code 2..10}.
   */
  @JsonValue
  public Object written() {
    return isFixed() ? (Object) min : equals(AUTO) ? "auto" : min + ".." + max;
  }

  @Override
  public String toString() {
    return written().toString();
  }
}
