package personas.run;

import java.io.Serializable;
import personas.math.Require;
import personas.spec.SegmentationSpec;

/**
 * The sizes of the samples of users.
 *
 * @param users the users in the sample for seeding: at most 100,000, and fewer if there are more
 *     than 20 features
 */
public record SampleSize(int users) implements Serializable {
  private static final int MAX_USERS = 100_000;
  private static final int MAX_VALUES = 2_000_000;

  /** The report uses a fifth of the sample, because it draws and sorts these users. */
  private static final int REPORT_DIVISOR = 5;

  public SampleSize {
    Require.atLeast(1, "users", users);
  }

  /** Returns the sizes for the features of a segmentation. */
  public static SampleSize of(SegmentationSpec spec) {
    return new SampleSize(Math.min(MAX_USERS, MAX_VALUES / spec.features().size()));
  }

  /** Returns the number of sampled users that the report uses, at most 20,000. */
  public int reportUsers() {
    return users / REPORT_DIVISOR;
  }
}
