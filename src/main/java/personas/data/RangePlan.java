package personas.data;

import java.util.ArrayList;
import java.util.List;

/** Cuts files into byte ranges. */
public final class RangePlan {
  private RangePlan() {}

  /**
   * Ranges of nearly equal length that cover a file; one where it cannot be split.
   *
   * @param size length in bytes
   * @param splittable false for a compressed file, which is read as a whole
   * @param rangeBytes the most bytes of a range
   */
  public static List<ByteRange> split(String file, long size, boolean splittable, long rangeBytes) {
    if (!splittable) {
      return List.of(new ByteRange(file, 0, Long.MAX_VALUE));
    }
    long count = Math.max(1, (size + rangeBytes - 1) / rangeBytes);
    List<ByteRange> ranges = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      ranges.add(new ByteRange(file, size * i / count, size * (i + 1) / count));
    }
    return ranges;
  }
}
