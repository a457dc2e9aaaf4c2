package personas.run;

import java.util.Optional;
import java.util.OptionalInt;
import personas.math.Require;

/**
 * The progress of a running job.
 *
 * @param read records read so far
 * @param rejected records rejected so far, which are a part of {@code read}
 * @param assigned users assigned so far
 * @param clusterings the number of clusterings that seeding has found so far; empty until seeding
 *     has run for two seconds
 * @param pass the last finished pass; empty if no pass has finished
 */
public record Progress(
    long read, long rejected, long assigned, OptionalInt clusterings, Optional<Pass> pass) {
  /** The progress of a job that has not read any records. */
  public static final Progress NONE = new Progress(0, 0, 0, OptionalInt.empty(), Optional.empty());

  public Progress {
    Require.atLeast(0, "read", read);
    Require.atLeast(0, "rejected", rejected);
    Require.atLeast(0, "assigned", assigned);
  }

  /**
   * A pass over the users.
   *
   * @param iteration the number of the iteration, from 1
   * @param inertia the sum of the squared distances to the nearest centroids
   * @param largestShift the largest distance that a centroid moved, in standard deviations
   */
  public record Pass(int iteration, double inertia, double largestShift) {}
}
