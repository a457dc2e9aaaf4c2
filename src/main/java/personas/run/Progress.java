package personas.run;

/**
 * The progress of a running job.
 *
 * @param read records read so far
 * @param rejected records rejected so far, which are a part of {@code read}
 * @param assigned users assigned so far
 * @param clusterings the number of clusterings that seeding has found so far; -1 if seeding has run
 *     for less than two seconds
 * @param iteration the number of the last finished pass; 0 if no pass has finished
 * @param inertia the inertia of that pass
 * @param largestShift the largest shift of a centroid in that pass, in standard deviations
 */
public record Progress(
    long read,
    long rejected,
    long assigned,
    int clusterings,
    int iteration,
    double inertia,
    double largestShift) {}
