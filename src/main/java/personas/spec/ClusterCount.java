package personas.spec;

import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * How many clusters: one number, or a range that the data choose from.
 *
 * @param least the smallest candidate
 * @param most the largest
 */
public record ClusterCount(int least, int most) implements Serializable {
  /** {@code auto}. More personas than these few people can keep apart. */
  public static final ClusterCount AUTO = new ClusterCount(2, 16);

  /** What follows a text that is none of it. */
  public static final String EXPECTED = " is not a number, a range like 2..10 or auto";

  /** Candidates that one run may train side by side. */
  private static final int MOST_CANDIDATES = 32;

  private static final Pattern RANGE =
      Pattern.compile("\\s*(\\d{1,9})\\s*\\.\\.\\s*(\\d{1,9})\\s*");

  /** {@code k} and no other. */
  public static ClusterCount fixed(int k) {
    return new ClusterCount(k, k);
  }

  /**
   * What a text means: {@code auto} or {@code 2..10}.
   *
   * @return null where it is neither, so that it is to be read as a number
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

  /** Why this is not allowed, to follow it; null where it is. */
  public String refuse() {
    String refused = NumberRange.K.refuse(least);
    refused = refused == null ? NumberRange.K.refuse(most) : refused;
    if (refused == null && least >= most) {
      refused = " is no range: write the smaller number first";
    }
    if (refused == null && most - least >= MOST_CANDIDATES) {
      refused = " has " + (most - least + 1) + " candidates, more than " + MOST_CANDIDATES;
    }
    return refused;
  }

  /** Whether k is given and nothing is chosen. */
  public boolean isFixed() {
    return least == most;
  }

  /** All candidates, ascending. */
  public List<Integer> candidates() {
    return IntStream.rangeClosed(least, most).boxed().toList();
  }

  /** As it would stand in a spec: a number, {@code auto} or {@code 2..10}. */
  @JsonValue
  public Object written() {
    return isFixed() ? (Object) least : equals(AUTO) ? "auto" : least + ".." + most;
  }

  @Override
  public String toString() {
    return written().toString();
  }
}
