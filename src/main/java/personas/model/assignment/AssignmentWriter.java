package personas.model.assignment;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import personas.feature.moments.FeatureHistogram;
import personas.feature.moments.Standardizer;
import personas.feature.shard.Shard;
import personas.kmeans.ClusterMetricSums;
import personas.kmeans.ClusterSpread;
import personas.kmeans.ClusterTotals;
import personas.kmeans.LloydKernel;
import personas.kmeans.NearestTwo;
import personas.math.Columns;
import personas.model.NamedClusters;
import personas.model.explain.UserExplainer;
import personas.model.score.Margin;
import personas.model.score.PreviousCode;
import personas.model.score.StickyUsers;
import personas.persona.ClusterPersona;
import personas.spec.InputSpec;
import personas.text.CsvBuffer;

/**
 * Writes one row for each user: cluster, persona, distance, second persona, margin, and whether the
 * user is an outlier.
 */
public final class AssignmentWriter {
  /** Margins closer to 0 are written as 0. */
  private static final double MIN_MARGIN = 0.5e-4;

  private final Standardizer standardizer;
  private final LloydKernel kernel;
  private final ClusterTotals totals;
  private final ClusterMetricSums.Measure measure;
  private final FeatureHistogram counts;
  private final PreviousPersonaColumns previous;
  private RowEnd rowEnd = (shard, row, cluster, out) -> shard.appendPassThrough(row, out);
  private UserExplainer explainer;
  private AudienceRows audiences;
  private TypicalUsers typical;
  private StickyUsers sticky;

  /** The distance of each cluster above which a user is an outlier. */
  private double[] outlierEdges;

  private final CsvBuffer.Text[] clusterAndPersona;

  /** The second persona with the commas around it. Index 0 is for no second persona. */
  private final CsvBuffer.Text[] secondPersona;

  /** The second persona with the commas around it, followed by the minus sign of the margin. */
  private final CsvBuffer.Text[] secondPersonaAndMinus;

  private final CsvBuffer buffer = new CsvBuffer();

  /** The index of each cluster in the spread. */
  private final int[] clusters;

  private final int[] spreadClusters = new int[LloydKernel.BLOCK];
  private final NearestTwo nearestTwo = new NearestTwo(LloydKernel.BLOCK);
  private final int[] nearest = nearestTwo.nearest();
  private final double[] best = nearestTwo.best();
  private final int[] second = nearestTwo.second();
  private final double[] secondBest = nearestTwo.secondBest();

  /**
   * Creates a writer for one slot.
   *
   * @param named the clusters with their names
   * @param standardizer standardizes raw values
   * @param spread the spread of the same clusters; null if it is not known
   * @param counts gets the raw values; null if the applied model holds no counts
   * @param previous the columns of the previous run; null if there is none
   */
  public AssignmentWriter(
      NamedClusters named,
      Standardizer standardizer,
      ClusterSpread spread,
      FeatureHistogram counts,
      PreviousPersonaColumns previous) {
    this.measure = spread == null ? null : new ClusterMetricSums.Measure(spread);
    this.counts = counts;
    this.previous = previous;
    this.standardizer = standardizer;
    this.kernel = new LloydKernel(named.centroids());
    int k = named.centroids().k();
    int d = named.centroids().d();
    this.totals = new ClusterTotals(k, d);
    this.clusters = new int[k];
    this.clusterAndPersona = new CsvBuffer.Text[k];
    this.secondPersona = new CsvBuffer.Text[1 + k];
    this.secondPersonaAndMinus = new CsvBuffer.Text[k];
    this.outlierEdges = new double[k];
    Arrays.fill(outlierEdges, Double.POSITIVE_INFINITY);
    secondPersona[0] = new CsvBuffer.Text(",,");
    for (int j = 0; j < k; j++) {
      ClusterPersona clusterPersona = named.personas().clusters().get(j);
      clusters[j] = clusterPersona.cluster();
      if (spread != null) {
        outlierEdges[j] = spread.outlierEdge(clusterPersona.cluster());
      }
      String persona = new String(field(clusterPersona.persona()), StandardCharsets.UTF_8);
      clusterAndPersona[j] = new CsvBuffer.Text("," + named.ids().get(j) + "," + persona + ",");
      secondPersona[1 + j] = new CsvBuffer.Text("," + persona + ",");
      secondPersonaAndMinus[j] = new CsvBuffer.Text("," + persona + ",-");
    }
  }

  /** Appends the fields of a user that are copied from the input. */
  private interface RowEnd {
    void append(Shard shard, int row, int cluster, CsvBuffer out);
  }

  /**
   * Turns on counts of the described columns.
   *
   * @param fields counts them and copies the other fields; null if no column is described
   */
  public void describe(DescribedFields fields) {
    if (fields != null) {
      rowEnd = fields::add;
    }
  }

  /**
   * Turns on explanations of each user, in the columns {@link InputSpec#EXPLANATION_COLUMNS}.
   *
   * @param users explains users; null for no explanations
   */
  public void explain(UserExplainer users) {
    explainer = users;
  }

  /**
   * Turns on holding users in their previous persona, with the column {@link
   * InputSpec#HELD_COLUMN}. All rows and totals then follow the persona of the user. Only {@link
   * #metricSums} follows the nearest cluster, because it measures the clusters.
   *
   * @param users holds users; null to hold nobody
   */
  public void hold(StickyUsers users) {
    sticky = users;
  }

  /**
   * Replaces the outlier distances of the spread.
   *
   * @param edges the distance above which a user is an outlier, in the order of the clusters
   */
  public void useOutlierEdges(double[] edges) {
    outlierEdges = edges.clone();
  }

  /**
   * Turns on lists of the users of each persona.
   *
   * @param lists gets the users; null for no lists
   */
  public void listAudiences(AudienceRows lists) {
    audiences = lists;
  }

  /**
   * Turns on the collection of the users nearest to each centroid.
   *
   * @param users gets the users; null to collect none
   */
  public void collectTypicalUsers(TypicalUsers users) {
    typical = users;
  }

  /** Returns a text as a CSV field, in UTF-8. */
  static byte[] field(String text) {
    CsvBuffer buffer = new CsvBuffer();
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    buffer.appendField(utf8, 0, utf8.length);
    return buffer.toByteArray();
  }

  /**
   * Writes the users of one shard, in the order of the input.
   *
   * @param shard the users
   * @param previousCodes the {@link PreviousCode} of each user; null without a previous run
   * @param out gets the rows
   */
  public void write(Shard shard, short[] previousCodes, OutputStream out) throws IOException {
    if (counts != null) {
      counts.add(shard.columns(), shard.weights(), shard.rows());
    }
    double[][] zScores = new double[shard.features()][LloydKernel.BLOCK];
    for (int from = 0; from < shard.rows(); from += LloydKernel.BLOCK) {
      int count = Math.min(LloydKernel.BLOCK, shard.rows() - from);
      findNearest(shard, from, count, zScores);
      if (sticky != null) {
        sticky.hold(zScores, count, previousCodes, from, nearestTwo);
      }
      totals.addBlock(shard, from, count, nearest, best);
      appendRows(shard, previousCodes, from, count, zScores);
      flush(out);
      if (typical != null) {
        addTypicalUsers(shard, from, count);
      }
      if (audiences != null) {
        addToAudiences(shard, previousCodes, from, count);
      }
    }
  }

  private void addTypicalUsers(Shard shard, int from, int count) {
    int[] weights = shard.weights();
    for (int i = 0; i < count; i++) {
      if (weights == null || weights[from + i] > 0) {
        typical.add(nearest[i], best[i], shard, from + i);
      }
    }
  }

  private void findNearest(Shard shard, int from, int count, double[][] zScores) {
    for (int f = 0; f < shard.features(); f++) {
      standardizer.standardize(f, shard.column(f), from, from + count, zScores[f]);
    }
    kernel.nearestTwo(zScores, 0, count, nearestTwo);
    if (measure != null) {
      measure.weigh(shard.weights(), from);
    }
    if (measure != null && hasTies(count)) {
      measure.add(zScores, 0, count);
    } else if (measure != null) {
      for (int i = 0; i < count; i++) {
        spreadClusters[i] = clusters[nearest[i]];
      }
      measure.add(zScores, count, spreadClusters);
    }
  }

  /**
   * Returns whether a user of the block is equally near to two centroids. The nearest centroid then
   * depends on the order of the clusters, which differs between the kernel and the spread.
   */
  private boolean hasTies(int count) {
    int ties = 0;
    for (int i = 0; i < count; i++) {
      ties += best[i] == secondBest[i] ? 1 : 0;
    }
    return ties > 0;
  }

  private void appendRows(
      Shard shard, short[] previousCodes, int from, int count, double[][] zScores) {
    if (previous != null) {
      previous.startBlock(shard, from, count);
    }
    for (int i = 0; i < count; i++) {
      int row = from + i;
      boolean isHeld = sticky != null && sticky.isHeld(i);
      shard.appendId(row, buffer);
      appendMeasures(i, shard.weights(), row);
      if (explainer != null) {
        explain(shard, row, zScores, i, isHeld);
      }
      if (previous != null) {
        previous.append(previousCodes[row], i, nearest[i], buffer);
      }
      if (sticky != null) {
        buffer.appendAscii(isHeld ? ",true" : ",false");
      }
      rowEnd.append(shard, row, nearest[i], buffer);
      buffer.appendByte('\n');
    }
  }

  private void appendMeasures(int i, int[] weights, int row) {
    double distance = Math.sqrt(best[i]);
    double margin = Margin.of(distance, Math.sqrt(secondBest[i]));
    // The buffer writes absolute values only, and a margin that is rounded to 0 has no sign.
    boolean isNegative = margin <= -MIN_MARGIN;
    buffer.appendMeasures(
        clusterAndPersona[nearest[i]],
        distance,
        isNegative ? secondPersonaAndMinus[second[i]] : secondPersona[1 + second[i]],
        Math.abs(margin));
    boolean isOutlier = distance > outlierEdges[nearest[i]];
    buffer.appendAscii(isOutlier ? ",true" : ",false");
    if (isOutlier) {
      totals.addOutliers(nearest[i], weights == null ? 1 : weights[row]);
    }
  }

  /**
   * Appends the explanation of a user. A held user has the previous persona, which the values do
   * not explain.
   */
  private void explain(Shard shard, int row, double[][] zScores, int i, boolean isHeld) {
    if (isHeld) {
      appendText(InputSpec.HELD_COLUMN);
      appendText("");
      return;
    }
    explainer.setUser(shard.values(row), Columns.row(zScores, i), nearest[i], second[i]);
    appendText(explainer.why());
    appendText(explainer.leastChange());
  }

  private void appendText(String text) {
    buffer.appendByte(',');
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    buffer.appendField(utf8, 0, utf8.length);
  }

  private void addToAudiences(Shard shard, short[] previousCodes, int from, int count)
      throws IOException {
    for (int row = from; row < from + count; row++) {
      short code = previousCodes == null ? PreviousCode.NONE : previousCodes[row];
      audiences.add(shard, row, nearest[row - from], code);
    }
    audiences.writeFull();
  }

  private void flush(OutputStream out) throws IOException {
    buffer.writeTo(out);
    buffer.clear();
  }

  /** Returns the totals of the clusters. */
  public ClusterTotals totals() {
    return totals;
  }

  /** Returns the sums for the metrics of the clustering; null if the spread is not known. */
  public ClusterMetricSums metricSums() {
    return measure == null ? null : measure.sums();
  }
}
