package personas.model;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import personas.kmeans.IterationRecord;
import personas.model.Model.ClusterModel;
import personas.model.Model.FeatureModel;
import personas.table.ledger.SourceLedger;

/** The CSV tables that stand beside a model. */
public final class ModelTables {
  private ModelTables() {}

  /**
   * centroids.csv: {@code cluster,persona,users,share}, then per feature its raw mean and, as
   * {@code <feature>_z}, the standardised coordinate.
   */
  public static void writeCentroids(Model model, OutputStream out) throws IOException {
    CsvTableBuilder table = new CsvTableBuilder();
    table.text("cluster").text("persona").text("users").text("share");
    for (FeatureModel feature : model.features()) {
      table.text(feature.name()).text(feature.name() + "_z");
    }
    table.endRow();
    for (ClusterModel cluster : model.clusters()) {
      table.number(cluster.id()).text(cluster.persona());
      table.number(cluster.users()).number(cluster.share());
      for (int f = 0; f < model.features().size(); f++) {
        table.number(cluster.rawMean().get(f)).number(cluster.centroid().get(f));
      }
      table.endRow();
    }
    table.writeTo(out);
  }

  /**
   * iterations.csv: one row a full pass, {@code
   * iteration,inertia,largest_shift,changed_users,reseeded_clusters}, then {@code users_<cluster>}.
   * {@code changed_users} is empty in the first.
   */
  public static void writeIterations(Model model, OutputStream out) throws IOException {
    CsvTableBuilder table = new CsvTableBuilder();
    table.text("iteration").text("inertia").text("largest_shift");
    table.text("changed_users").text("reseeded_clusters");
    for (ClusterModel cluster : model.clusters()) {
      table.text("users_" + cluster.id());
    }
    table.endRow();
    for (IterationRecord pass : model.history()) {
      table.number(pass.iteration()).number(pass.inertia()).number(pass.largestShift());
      if (pass.changedUsers() == null) {
        table.empty();
      } else {
        table.number(pass.changedUsers());
      }
      table.number(pass.reseeded());
      pass.users().forEach(table::number);
      table.endRow();
    }
    table.writeTo(out);
  }

  /**
   * k_selection.csv: one row a candidate, {@code
   * k,chosen,inertia,silhouette,davies_bouldin,calinski_harabasz,smallest_share,stability,valley}.
   * A figure that is not defined is empty.
   */
  public static void writeSelection(Model model, OutputStream out) throws IOException {
    CsvTableBuilder table = new CsvTableBuilder();
    table.text("k").text("chosen").text("inertia").text("silhouette").text("davies_bouldin");
    table
        .text("calinski_harabasz")
        .text("smallest_share")
        .text("stability")
        .text("valley")
        .endRow();
    for (KSelection.Row row : model.kSelection().candidates()) {
      table.number(row.k()).text(row.k() == model.kSelection().chosen() ? "yes" : "no");
      table.numberOrEmpty(row.inertia()).numberOrEmpty(row.silhouette());
      table.numberOrEmpty(row.daviesBouldin()).numberOrEmpty(row.calinskiHarabasz());
      table.numberOrEmpty(row.smallestShare()).number(row.stability());
      table.number(row.valley()).endRow();
    }
    table.writeTo(out);
  }

  /**
   * ledger.csv: one row a source, {@code read = assigned + rejected}. Reasons stand with their
   * records, in the order of the checks.
   */
  public static void writeLedger(SortedMap<String, SourceLedger> ledgers, OutputStream out)
      throws IOException {
    CsvTableBuilder table = new CsvTableBuilder();
    table.text("source").text("read").text("assigned").text("rejected");
    table.text("repeated_ids").text("reasons").endRow();
    for (Map.Entry<String, SourceLedger> each : ledgers.entrySet()) {
      SourceLedger ledger = each.getValue();
      table.text(each.getKey()).number(ledger.read()).number(ledger.accepted());
      table.number(ledger.rejectedTotal()).number(ledger.repeatedIds());
      table
          .text(
              ledger.rejected().entrySet().stream()
                  .map(reason -> reason.getKey().code() + " " + reason.getValue())
                  .collect(Collectors.joining("; ")))
          .endRow();
    }
    table.writeTo(out);
  }
}
