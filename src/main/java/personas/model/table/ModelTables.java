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

/** The CSV tables that stand beside a model. */
public final class ModelTables {
  private ModelTables() {}

  /**
   * centroids.csv: {@code cluster,persona,users,share}, then per feature its raw mean, empty if its
   * users have no value, and, as {@code <feature>_z}, the standardized coordinate. No two columns
   * have one name: a feature that is called like another column has {@code _mean} behind its name,
   * and a number if need be.
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
    // The names of features stay, so that the columns of their z-scores give way.
    Set<String> taken = new HashSet<>(features);
    taken.addAll(columns);
    for (String feature : features) {
      columns.add(columns.contains(feature) ? free(feature + "_mean", taken) : feature);
      columns.add(free(feature + "_z", taken));
    }
    return List.copyOf(columns);
  }

  /** The name, with a number behind it if it is taken; it is taken then. */
  private static String free(String name, Set<String> taken) {
    String free = name;
    for (int number = 2; !taken.add(free); number++) {
      free = name + "_" + number;
    }
    return free;
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
   * k_selection.csv: one row per candidate, {@code k,chosen}, then a column for each of {@link
   * SelectionMetrics#ALL}, with {@code answer} behind {@code valley}. A figure that is not defined
   * is empty.
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
