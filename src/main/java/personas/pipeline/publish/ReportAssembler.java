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
 * Builds the report of a finished run from the model, the staged sample and the rejected examples.
 */
final class ReportAssembler {
  private final RunPlan plan;
  private final Manifest manifest;

  /**
   * Creates an assembler for one run.
   *
   * @param plan gives the date of the data, the settings of the rules and the privacy of the report
   * @param manifest names the staged sample and holds the standardization and the ledgers
   */
  public ReportAssembler(RunPlan plan, Manifest manifest) {
    this.plan = plan;
    this.manifest = manifest;
  }

  /**
   * Returns the report.
   *
   * @param drift the changes since a previous run; null without a previous run
   * @param description the figures of the personas in the described columns
   */
  public ReportData report(
      Model model, NamedClusters segments, Drift drift, Description description) {
    UserSample sample = StagedSample.at(manifest.training().sample()).load();
    return ReportBuilder.build(
        new ReportInput(
            model,
            segments.personas().clusters(),
            sample(
                sample.rows(),
                manifest.standardizer(),
                segments.centroids(),
                sample.size() == model.ledger().users()),
            new ReportInput.Context(manifest.ledgers().examples().list(), drift, description),
            new ReportInput.Settings(
                plan.dataDate(), plan.results().rules(), plan.spec().privacy())));
  }

  private static ReportSample sample(
      double[][] rows, Standardizer standardizer, Centroids centroids, boolean isWhole) {
    double[][] raw = new double[centroids.d()][rows.length];
    for (int f = 0; f < raw.length; f++) {
      for (int i = 0; i < rows.length; i++) {
        raw[f][i] = rows[i][f];
      }
    }
    double[][] z = standardizer.standardizeRows(rows);
    // The assignments use this kernel too, so a sampled user has the same nearest cluster in both.
    return new ReportSample(raw, z, LloydKernel.nearestOf(z, rows.length, centroids), isWhole);
  }
}
