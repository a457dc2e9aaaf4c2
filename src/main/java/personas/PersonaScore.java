package personas;

/**
 * The persona of one user, as a row of the assignments states it.
 *
 * @param cluster the id of the nearest cluster
 * @param persona the name of the nearest cluster
 * @param distance the distance to the centroid of the cluster, in standardized units; the
 *     assignments round it to four decimals
 * @param secondPersona the name of the second nearest cluster; empty if the model has only one
 *     cluster
 * @param margin {@code (d2 - d1) / d2}, where d1 and d2 are the distances to the nearest and the
 *     second nearest centroid: 0 on the border between both clusters, 1 on the centroid or if the
 *     model has only one cluster; the assignments round it to four decimals
 * @param outlier whether the distance is above the outlier edge of the persona in the model; always
 *     false if the model has no outlier edges
 */
public record PersonaScore(
    int cluster,
    String persona,
    double distance,
    String secondPersona,
    double margin,
    boolean outlier) {}
