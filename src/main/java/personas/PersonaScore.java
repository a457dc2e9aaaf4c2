package personas;

/**
 * The persona of one user, as a row of the assignments states it.
 *
 * @param cluster the id of the nearest cluster
 * @param persona the name of the nearest cluster
 * @param distance the distance to the centroid of the cluster, in standardized units; the
 *     assignments show four decimals of it
 * @param secondPersona the name of the second nearest cluster; empty if the model has only one
 * @param margin {@code (d2 - d1) / d2} of the distances to the two clusters: 0 on the border, 1 on
 *     the centroid or if the model has only one cluster; the assignments show four decimals of it
 * @param outlier whether the distance is above the edge of the persona, which the model states;
 *     always false for a model that states none
 */
public record PersonaScore(
    int cluster,
    String persona,
    double distance,
    String secondPersona,
    double margin,
    boolean outlier) {}
