package personas.model.timeline;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import personas.feature.MissingPolicy;
import personas.feature.Transform;
import personas.kmeans.Centroids;
import personas.kmeans.ConvergenceStatus;
import personas.kmeans.LloydKernel;
import personas.kmeans.seeding.Seeding;
import personas.kmeans.selection.PartitionKind;
import personas.kmeans.selection.SampleCheck;
import personas.kmeans.selection.SampleDiagnostics;
import personas.math.Grid;
import personas.model.KSelection;
import personas.model.Model;
import personas.model.Model.ClusterModel;
import personas.model.Model.FeatureModel;
import personas.model.TrainingContext;
import personas.model.TrainingContext.FeatureContext;
import personas.model.TrainingContext.PointCounts;
import personas.model.compare.ClusterMatching;
import personas.model.compare.Drift;
import personas.model.compare.Migration;
import personas.model.compare.MigrationCounts;

/**
 * A series of runs without jobs. Each run trains from the centroids of the previous run, keeps its
 * ids, counts users in its bins, and joins users with the previous run. The classes are those of a
 * job; only reading is skipped.
 */
final class SimulatedRuns {
  private static final int POINTS = 20;

  private final int k;
  private final List<PastRun> runs = new ArrayList<>();
  private Map<String, Integer> clusterOf = Map.of();
  private int nextId;

  private final boolean looksUpUsers;
  private boolean isFreshEachWeek;

  /**
   * @param k the usual number of clusters
   * @param looksUpUsers whether a run knows the assignments of the run before
   */
  SimulatedRuns(int k, boolean looksUpUsers) {
    this.k = k;
    this.looksUpUsers = looksUpUsers;
  }

  /** Lets each run train from a seeding of its own instead of from the run before. */
  SimulatedRuns freshEachWeek() {
    isFreshEachWeek = true;
    return this;
  }

  List<PastRun> runs() {
    return runs;
  }

  /** Adds the run of a week, which trains {@code personas} clusters. */
  void add(int week, Map<String, double[]> users, int personas) {
    double[][] raw = columns(users);
    int n = users.size();
    double[] mean = Arrays.stream(raw).mapToDouble(c -> Arrays.stream(c).sum() / n).toArray();
    double[] unit = new double[raw.length];
    double[][] z = new double[raw.length][n];
    for (int f = 0; f < raw.length; f++) {
      double squares = 0;
      for (double value : raw[f]) {
        squares += (value - mean[f]) * (value - mean[f]);
      }
      unit[f] = Math.sqrt(squares / n);
      for (int i = 0; i < n; i++) {
        z[f][i] = Grid.round((raw[f][i] - mean[f]) / unit[f]);
      }
    }
    Model before = runs.isEmpty() ? null : runs.get(runs.size() - 1).model();
    Seeding seeding = new Seeding(z, n);
    Centroids centroids;
    if (isFreshEachWeek) {
      centroids = seeding.greedy(personas, 1000L * week, 1).centroids();
    } else if (before == null || before.clusters().size() != personas) {
      centroids = seeding.best(personas, 7, 4).centroids();
    } else {
      centroids = seeding.from(onScale(before, mean, unit)).centroids();
    }
    finish(week, users, new Trained(raw, z, mean, unit, centroids));
  }

  /** A convenience for weeks with the usual number of clusters. */
  void add(int week, Map<String, double[]> users) {
    add(week, users, k);
  }

  private static final class Trained {
    final double[][] raw;
    final double[][] z;
    final double[] mean;
    final double[] unit;
    final Centroids centroids;

    Trained(double[][] raw, double[][] z, double[] mean, double[] unit, Centroids centroids) {
      this.raw = raw;
      this.z = z;
      this.mean = mean;
      this.unit = unit;
      this.centroids = centroids;
    }
  }

  private static double[][] columns(Map<String, double[]> users) {
    int d = users.values().iterator().next().length;
    double[][] columns = new double[d][users.size()];
    int i = 0;
    for (double[] user : users.values()) {
      for (int f = 0; f < d; f++) {
        columns[f][i] = user[f];
      }
      i++;
    }
    return columns;
  }

  private static Centroids onScale(Model before, double[] mean, double[] unit) {
    int d = mean.length;
    double[] coordinates = new double[before.clusters().size() * d];
    for (int i = 0; i < coordinates.length; i++) {
      FeatureModel feature = before.features().get(i % d);
      double z = before.clusters().get(i / d).centroid().get(i % d);
      coordinates[i] = (z * feature.unit() + feature.mean() - mean[i % d]) / unit[i % d];
    }
    return Centroids.of(before.clusters().size(), d, coordinates);
  }

  private void finish(int week, Map<String, double[]> users, Trained trained) {
    int n = users.size();
    int found = trained.centroids.k();
    int[] nearest = nearest(trained.z, n, trained.centroids);
    Model before = runs.isEmpty() ? null : runs.get(runs.size() - 1).model();
    int[] ids = ids(before, trained, found);
    // Clusters stand in the order of their ids.
    List<Integer> order =
        IntStream.range(0, found)
            .boxed()
            .sorted((a, b) -> Integer.compare(ids[a], ids[b]))
            .toList();
    int[] place = new int[found];
    for (int p = 0; p < found; p++) {
      place[order.get(p)] = p;
    }
    int[] clusters = Arrays.stream(nearest).map(c -> place[c]).toArray();
    SampleDiagnostics diagnostics = SampleCheck.of(trained.z, n, trained.centroids, 3);
    Model model =
        model(
            before,
            trained,
            clusters,
            order.stream().map(c -> ids[c]).toList(),
            order,
            diagnostics);
    Map<String, Integer> now = new HashMap<>();
    int row = 0;
    for (String id : users.keySet()) {
      now.put(id, clusters[row++]);
    }
    Drift drift = before == null ? null : drift(before, model, now);
    clusterOf = now;
    runs.add(
        new PastRun("week-" + week, LocalDate.of(2026, 1, 5).plusWeeks(week - 1), model, drift));
  }

  private static int[] nearest(double[][] z, int n, Centroids centroids) {
    int[] clusters = new int[n];
    int[] block = new int[LloydKernel.BLOCK];
    double[] squared = new double[LloydKernel.BLOCK];
    LloydKernel kernel = new LloydKernel(centroids);
    for (int from = 0; from < n; from += LloydKernel.BLOCK) {
      int count = Math.min(LloydKernel.BLOCK, n - from);
      kernel.nearest(z, from, count, block, squared);
      System.arraycopy(block, 0, clusters, from, count);
    }
    return clusters;
  }

  private int[] ids(Model before, Trained trained, int found) {
    int[] ids = new int[found];
    double[][] rows = trained.centroids.toRows();
    if (before != null) {
      for (double[] row : rows) {
        for (int f = 0; f < row.length; f++) {
          FeatureModel feature = before.features().get(f);
          row[f] = (row[f] * trained.unit[f] + trained.mean[f] - feature.mean()) / feature.unit();
        }
      }
    }
    ClusterMatching same =
        before == null
            ? null
            : ClusterMatching.of(
                before.clusters().stream()
                    .map(c -> c.centroid().stream().mapToDouble(x -> x).toArray())
                    .toArray(double[][]::new),
                rows);
    for (int j = 0; j < found; j++) {
      ids[j] =
          same == null || same.previousOf(j) < 0
              ? nextId++
              : before.clusters().get(same.previousOf(j)).id();
    }
    return ids;
  }

  private static Model model(
      Model before,
      Trained trained,
      int[] clusters,
      List<Integer> ids,
      List<Integer> order,
      SampleDiagnostics diagnostics) {
    int n = clusters.length;
    int d = trained.mean.length;
    List<FeatureModel> features = new ArrayList<>();
    List<FeatureContext> handovers = new ArrayList<>();
    for (int f = 0; f < d; f++) {
      features.add(
          new FeatureModel(
              "f" + f,
              Transform.NONE,
              MissingPolicy.REJECT,
              trained.mean[f],
              trained.unit[f],
              0,
              null,
              null));
      double[] sorted = trained.raw[f].clone();
      Arrays.sort(sorted);
      List<Double> points = new ArrayList<>();
      for (int p = 0; p < POINTS; p++) {
        double point = sorted[Math.min(n - 1, p * n / POINTS)];
        if (points.isEmpty() || point > points.get(points.size() - 1)) {
          points.add(point);
        }
      }
      List<Double> earlier = before == null ? null : before.featureContext(f).pointsOfNextRun();
      handovers.add(
          new FeatureContext(
              null,
              null,
              points,
              counts(sorted, points),
              0,
              earlier == null ? null : new PointCounts(earlier, counts(sorted, earlier)),
              null,
              null,
              null,
              null));
    }
    List<ClusterModel> models = new ArrayList<>();
    double[][] rows = trained.centroids.toRows();
    for (int p = 0; p < ids.size(); p++) {
      int at = p;
      long users = Arrays.stream(clusters).filter(c -> c == at).count();
      List<Double> centroid = Arrays.stream(rows[order.get(p)]).boxed().toList();
      models.add(
          new ClusterModel(
              ids.get(p),
              "Persona " + ids.get(p),
              false,
              "",
              0,
              "",
              users,
              (double) users / n,
              centroid,
              centroid,
              null,
              null));
    }
    KSelection selection =
        new KSelection(
            String.valueOf(ids.size()),
            ids.size(),
            true,
            PartitionKind.FIXED,
            "given",
            n,
            diagnostics.stability().means(),
            null,
            diagnostics.resampledFlow().ordered(order),
            List.of(),
            null,
            null);
    return new Model(
        1,
        "test",
        new Model.SpecReference("simulated", "", ""),
        ConvergenceStatus.CONVERGED,
        "test",
        1,
        0,
        7,
        ids.size(),
        new Model.Ledger(n, n, Map.of(), Map.of(), null, null, null),
        features,
        models,
        Map.of(),
        List.of(),
        List.of(),
        null,
        selection,
        null,
        null,
        new TrainingContext("id", null, List.of(), handovers, 0, List.of(), null, null),
        null);
  }

  private static List<Long> counts(double[] sorted, List<Double> points) {
    List<Long> counts = new ArrayList<>(Collections.nCopies(points.size() + 1, 0L));
    for (double value : sorted) {
      int part = 0;
      while (part < points.size() && value > points.get(part)) {
        part++;
      }
      counts.set(part, counts.get(part) + 1);
    }
    return counts;
  }

  private Drift drift(Model before, Model model, Map<String, Integer> now) {
    if (!looksUpUsers) {
      return Drift.between(before, model, null);
    }
    MigrationCounts counts =
        new MigrationCounts(
            before.clusters().stream().mapToLong(ClusterModel::users).toArray(),
            model.clusters().size());
    new TreeMap<>(now)
        .forEach(
            (id, cluster) -> {
              Integer was = clusterOf.get(id);
              if (was == null) {
                counts.addNewUser(cluster);
              } else {
                counts.addReturningUser(was, true, cluster);
              }
            });
    return Drift.between(before, model, Migration.of(before, model, counts, false));
  }
}
