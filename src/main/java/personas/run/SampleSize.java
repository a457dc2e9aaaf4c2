package personas.run;

import java.io.Serializable;
import personas.spec.SegmentationSpec;

/**
 * How many users the samples hold.
 *
 * @param users in the sample for seeding: at most 100,000, fewer where they have more than 20
 *     features
 */
public record SampleSize(int users) implements Serializable {
  private static final int MOST_USERS = 100_000;
  private static final int MOST_VALUES = 2_000_000;

  /** The report draws and sorts its users: a fifth serves it as well. */
  private static final int PARTS = 5;

  public static SampleSize of(SegmentationSpec spec) {
    return new SampleSize(Math.min(MOST_USERS, MOST_VALUES / spec.features().size()));
  }

  /** For the report: the first of those, at most 20,000. */
  public int reportUsers() {
    return users / PARTS;
  }
}
