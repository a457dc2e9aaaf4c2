package personas.run;

/**
 * How far a running job is.
 *
 * @param read records read so far
 * @param rejected of these, records that are no user
 * @param assigned users assigned so far
 * @param clusterings that seeding has found so far, or 0; -1 if seeding has not taken two seconds
 * @param iteration the last pass that ended; 0 before
 * @param inertia of that pass
 * @param largestShift of that pass, in standard deviations
 */
public record Progress(
    long read,
    long rejected,
    long assigned,
    int clusterings,
    int iteration,
    double inertia,
    double largestShift) {}
