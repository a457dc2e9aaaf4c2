package personas.pipeline.publish;

import personas.describe.Description;
import personas.feature.moments.Standardizer;
import personas.feature.shard.UserSample;
import personas.kmeans.Centroids;
import personas.kmeans.LloydKernel;
import personas.model.Model;
import personas.model.NamedClusters;
import personas.model.compare.Drift;
import personas.report.ReportBuilder;
import personas.report.data.ReportData;
import personas.report.data.ReportInput;
import personas.report.data.ReportSample;
import personas.run.RunPlan;
import personas.run.state.Manifest;
import personas.run.state.StagedSample;

/**
 * Assembles the report of a finished run from the model, the staged sample and the rejected
 * examples.
 */
public final class ReportAssembler {
  private ReportAssembler() {}

  /**
   * Returns the report.
   *
   * @param drift the changes since a previous run; null without a previous run
   * @param description the figures of the personas in the described columns
   * @param plan holds the date of the data, the requested rules and the privacy settings
   */
  public static ReportData of(
      Model model,
      NamedClusters segments,
      Manifest manifest,
      Drift drift,
      Description description,
      RunPlan plan) {
    UserSample sample = StagedSample.at(manifest.sampleFile()).load();
    return ReportBuilder.build(
        new ReportInput(
            model,
            segments.personas().tags(),
            sample(
                sample.rows(),
                manifest.standardizer(),
                segments.centroids(),
                sample.size() == model.ledger().users()),
            manifest.ledgers().examples().list(),
            drift,
            description,
            plan.dataDate(),
            plan.rules(),
            plan.spec().privacy()));
  }

  private static ReportSample sample(
      double[][] rows, Standardizer standardizer, Centroids centroids, boolean whole) {
    double[][] raw = new double[centroids.d()][rows.length];
    for (int f = 0; f < raw.length; f++) {
      for (int i = 0; i < rows.length; i++) {
        raw[f][i] = rows[i][f];
      }
    }
    double[][] z = standardizer.standardizeRows(rows);
    return new ReportSample(raw, z, nearest(z, rows.length, centroids), whole);
  }

  /** Returns the cluster of each user. The kernel of the assignments gives the same clusters. */
  private static int[] nearest(double[][] z, int users, Centroids centroids) {
    LloydKernel kernel = new LloydKernel(centroids);
    int[] clusters = new int[users];
    int[] nearest = new int[LloydKernel.BLOCK];
    double[] best = new double[LloydKernel.BLOCK];
    for (int from = 0; from < users; from += LloydKernel.BLOCK) {
      int count = Math.min(LloydKernel.BLOCK, users - from);
      kernel.nearest(z, from, count, nearest, best);
      System.arraycopy(nearest, 0, clusters, from, count);
    }
    return clusters;
  }
}
