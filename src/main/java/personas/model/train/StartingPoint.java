package personas.model.train;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import personas.feature.moments.Standardizer;
import personas.feature.shard.UserSample;
import personas.kmeans.Centroids;
import personas.kmeans.seeding.Seeding;
import personas.kmeans.selection.Candidate;
import personas.kmeans.selection.SampleCheck;
import personas.model.compare.PreviousModel;
import personas.spec.ClusteringSpec;

/**
 * Finds the starting centroids of each candidate: from a new seeding or from the previous model.
 */
public final class StartingPoint {
  private final ClusteringSpec clustering;
  private final PreviousModel previous;
  private final Standardizer standardizer;
  private final double[][] zScores;
  private final int users;
  private final Seeding seeding;

  /**
   * Prepares the seeding of a run.
   *
   * @param clustering the clustering keys of the spec
   * @param previous the model of the previous run; null if there is none
   * @param standardizer standardizes the features
   * @param sample a random sample of all users, with raw values
   */
  public StartingPoint(
      ClusteringSpec clustering,
      PreviousModel previous,
      Standardizer standardizer,
      UserSample sample) {
    this.clustering = clustering;
    this.previous = previous;
    this.standardizer = standardizer;
    this.zScores = standardizer.standardizeRows(sample.rows());
    this.users = sample.size();
    this.seeding = new Seeding(zScores, users);
  }

  /**
   * Returns one candidate for each k of the spec, by ascending k. A k above the number of distinct
   * feature vectors of the sample is reduced to that number.
   */
  public List<Candidate> candidates() {
    // Candidates are independent, so the number of threads does not change them.
    SortedMap<Integer, Candidate> byK = new TreeMap<>();
    clustering.k().candidates().parallelStream()
        .map(this::candidate)
        .forEachOrdered(candidate -> byK.putIfAbsent(candidate.k(), candidate));
    return List.copyOf(byK.values());
  }

  /**
   * Returns the number of clusterings that seeding has compared so far. Any thread may call this
   * method.
   */
  public int clusterings() {
    return seeding.clusterings();
  }

  private Candidate candidate(int k) {
    Chosen chosen = choose(k);
    Centroids centroids = chosen.start.centroids();
    return Candidate.start(
        chosen.description,
        centroids,
        SampleCheck.of(zScores, users, centroids, clustering.seed()));
  }

  /** The better of two starts, and a description with the difference to the other start. */
  private record Chosen(Seeding.Start start, String description) {}

  private Chosen choose(int k) {
    Seeding.Start fresh =
        seeding.best(
            k,
            clustering.seed(),
            clustering.restarts(),
            clustering.effort(),
            clustering.k().candidates().size());
    if (previous == null) {
      return new Chosen(fresh, "fresh seeding");
    }
    if (previous.k() != fresh.centroids().k()) {
      return new Chosen(
          fresh,
          String.format(
              Locale.ROOT,
              "fresh seeding; the previous model has %d clusters, not %d",
              previous.k(),
              fresh.centroids().k()));
    }
    Seeding.Start continued = seeding.from(previous.centroidsOn(standardizer));
    // Ties go to the previous model, because people know its clusters.
    return continued.inertia() <= fresh.inertia()
        ? new Chosen(continued, "previous model; a fresh seeding is " + worse(fresh, continued))
        : new Chosen(fresh, "fresh seeding; the previous model is " + worse(continued, fresh));
  }

  private static String worse(Seeding.Start other, Seeding.Start kept) {
    double percent = kept.inertia() == 0 ? 0 : 100 * (other.inertia() / kept.inertia() - 1);
    return String.format(Locale.ROOT, "%.2f%% worse on the sample", percent);
  }
}
