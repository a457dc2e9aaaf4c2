package personas.pipeline;

import personas.spec.SegmentationSpec;

/** How many users the samples hold. */
final class SampleSize {
  private static final int MOST_USERS = 100_000;
  private static final int MOST_VALUES = 2_000_000;

  /** The report draws and sorts its users: a fifth serves it as well. */
  private static final int PARTS = 5;

  private SampleSize() {}

  /** For seeding: at most 100,000 users, fewer where they have more than 20 features. */
  static int of(SegmentationSpec spec) {
    return Math.min(MOST_USERS, MOST_VALUES / spec.features().size());
  }

  /** For the report: the first of those, at most 20,000. */
  static int ofReport(SegmentationSpec spec) {
    return of(spec) / PARTS;
  }
}
