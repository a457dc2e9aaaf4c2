package personas.pipeline;

import personas.spec.SegmentationSpec;

/** How many users the sample holds that seeding and the report look at. */
final class SampleSize {
  private static final int MOST_USERS = 20_000;
  private static final int MOST_VALUES = 400_000;

  private SampleSize() {}

  /** At most 20,000 users, fewer where they have more than 20 features. */
  static int of(SegmentationSpec spec) {
    return Math.min(MOST_USERS, MOST_VALUES / spec.features().size());
  }
}
