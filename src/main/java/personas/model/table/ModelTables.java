package personas.model.table;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import personas.kmeans.IterationRecord;
import personas.kmeans.metric.Metric;
import personas.kmeans.selection.SelectionMetrics;
import personas.model.KSelection;
import personas.model.Model;
import personas.model.Model.ClusterModel;
import personas.model.Model.FeatureModel;
import personas.table.ledger.SourceLedger;

/** Writes the CSV tables that belong to a model. */
public final class ModelTables {
  private ModelTables() {}

  /**
   * Writes {@code centroids.csv}: {@code cluster,persona,users,share}, then two columns for each
   * feature. The first is the raw mean, which is empty if no user of the cluster has a value. The
   * second, {@code <feature>_z}, is the standardized coordinate. Column names are unique: a feature
   * with the name of another column gets the suffix {@code _mean}, and a number if necessary.
   */
  public static void writeCentroids(Model model, OutputStream out) throws IOException {
    CsvTableBuilder table = new CsvTableBuilder();
    centroidColumns(model.features().stream().map(FeatureModel::name).toList())
        .forEach(table::text);
    table.endRow();
    for (ClusterModel cluster : model.clusters()) {
      table.number(cluster.id()).text(cluster.persona());
      table.number(cluster.users()).number(cluster.share());
      for (int f = 0; f < model.features().size(); f++) {
        if (cluster.missing() != null && cluster.present(f) == 0) {
          table.text("");
        } else {
          table.number(cluster.rawMean().get(f));
        }
        table.number(model.features().get(f).inDeviations(cluster.centroid().get(f)));
      }
      table.endRow();
    }
    table.writeTo(out);
  }

  static List<String> centroidColumns(List<String> features) {
    Set<String> columns = new LinkedHashSet<>(List.of("cluster", "persona", "users", "share"));
    // Feature names take precedence over the names of the columns of z-scores.
    Set<String> usedNames = new HashSet<>(features);
    usedNames.addAll(columns);
    for (String feature : features) {
      columns.add(columns.contains(feature) ? unused(feature + "_mean", usedNames) : feature);
      columns.add(unused(feature + "_z", usedNames));
    }
    return List.copyOf(columns);
  }

  /** Returns the name, with a number at its end if the name is used, and marks it as used. */
  private static String unused(String name, Set<String> usedNames) {
    String unused = name;
    for (int number = 2; !usedNames.add(unused); number++) {
      unused = name + "_" + number;
    }
    return unused;
  }

  /**
   * Writes {@code iterations.csv} with one row for each iteration: {@code
   * iteration,inertia,largest_shift,changed_users,reseeded_clusters}, then {@code users_<cluster>}.
   * {@code changed_users} is empty in the first row.
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
   * Writes {@code k_selection.csv} with one row for each candidate: {@code k,chosen}, then a column
   * for each of {@link SelectionMetrics#ALL}, with {@code answer} after {@code valley}. A figure
   * that is not defined is an empty field.
   */
  public static void writeSelection(Model model, OutputStream out) throws IOException {
    CsvTableBuilder table = new CsvTableBuilder();
    table.text("k").text("chosen");
    for (Metric<?> metric : SelectionMetrics.ALL) {
      table.text(metric.column());
      if (metric.equals(SelectionMetrics.VALLEY)) {
        table.text("answer");
      }
    }
    table.endRow();
    for (KSelection.Row row : model.kSelection().candidates()) {
      table.number(row.k()).text(row.k() == model.kSelection().chosen() ? "yes" : "no");
      for (Metric<?> metric : SelectionMetrics.ALL) {
        table.numberOrEmpty(row.figure(metric));
        if (metric.equals(SelectionMetrics.VALLEY)) {
          table.text(row.answer() == null ? "" : row.answer().name().toLowerCase(Locale.ROOT));
        }
      }
      table.endRow();
    }
    table.writeTo(out);
  }

  /**
   * Writes {@code ledger.csv} with one row for each source, where {@code read = assigned +
   * rejected}. The last column has the number of records for each reason, in the order of the
   * checks.
   */
  public static void writeLedger(SortedMap<String, SourceLedger> ledgers, OutputStream out)
      throws IOException {
    CsvTableBuilder table = new CsvTableBuilder();
    table.text("source").text("read").text("assigned").text("rejected");
    table.text("repeated_ids").text("reasons").endRow();
    for (Map.Entry<String, SourceLedger> source : ledgers.entrySet()) {
      SourceLedger ledger = source.getValue();
      table.text(source.getKey()).number(ledger.read()).number(ledger.accepted());
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
