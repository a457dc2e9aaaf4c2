package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.kmeans.ConvergenceStatus;
import personas.model.Model;
import personas.model.Model.ClusterModel;

/** Runs the main job on the committed sample with the default spec. */
class SampleTest {
  @TempDir static Path folder;
  private static Run run;

  @BeforeAll
  static void segment() {
    run =
        Run.segment(folder.resolve("out"), "--enforceImmutability", "--enforceEncodability")
            .succeeded();
  }

  @Test
  void findsTheThreePersonasWithTheirIds() throws IOException {
    assertEquals(
        List.of(
            "0 E-commerce Business Owners", "1 Developers (API-Centric)", "2 Marketing Agencies"),
        run.model().clusters().stream().map(c -> c.id() + " " + c.persona()).toList());
    assertTrue(run.model().clusters().stream().allMatch(ClusterModel::declared));
    assertEquals(ConvergenceStatus.CONVERGED, run.model().status());
  }

  @Test
  void givesUsersThePersonaThatTheyWereMadeAs() throws IOException {
    List<String> rows = run.rows("assignments");
    long right = rows.stream().map(row -> row.split(",")).filter(f -> f[2].equals(f[7])).count();
    assertEquals(100, rows.size());
    assertTrue(right >= 95, right + " of 100");
  }

  @Test
  void closesTheLedger() throws IOException {
    var ledger = run.model().ledger();
    assertEquals(100, ledger.read());
    assertEquals(ledger.read(), ledger.assigned() + ledger.rejectedTotal());
  }

  @Test
  void leavesTheResultsAndNothingElse() throws IOException {
    assertEquals(
        List.of(
            "assignments-00000.csv",
            "centroids.csv",
            "customer_clusters.png",
            "examples.csv",
            "iterations.csv",
            "k_selection.csv",
            "ledger.csv",
            "model-spec.yaml",
            "model.json",
            "rejected-00000.csv",
            "report.html",
            "report.json",
            "run.json"),
        run.names());
  }

  /** Whoever changes a byte of the model means to: this file is the promise. */
  @Test
  void writesTheGoldenModel() throws IOException {
    assertEquals(
        Files.readString(Path.of("src/test/resources/golden/sample-model.json")), run.modelText());
  }

  @Test
  void writesTheGoldenAssignments() throws IOException {
    assertEquals(
        Files.readAllLines(Path.of("src/test/resources/golden/sample-assignments.csv")),
        Files.readAllLines(run.files("assignments").get(0)));
  }

  @Test
  void autoFindsThreeAndTheSameModel() throws IOException {
    Run auto = Run.segment(folder.resolve("auto"), "--k=auto").succeeded();
    Model model = auto.model();
    assertEquals(3, model.kSelection().chosen(), model.kSelection().reason());
    assertTrue(model.kSelection().clear());
    assertEquals("auto", model.kSelection().requested());
    assertEquals(15, model.kSelection().candidates().size());
    // Chosen or given, the clusters, their figures and the assignments are the same.
    assertEquals(run.model().clusters(), model.clusters());
    assertEquals(run.model().metrics(), model.metrics());
    assertEquals(
        run.model().kSelection().candidates().get(0), model.kSelection().candidates().get(1));
    assertEquals(run.rows("assignments"), auto.rows("assignments"));
    List<String> table = Files.readAllLines(folder.resolve("auto/k_selection.csv"));
    assertEquals(16, table.size());
    assertEquals(1, table.stream().filter(row -> row.contains(",yes,")).count());
    assertTrue(table.get(2).startsWith("3,yes,161.482"), table.get(2));
  }

  @Test
  void simulationMakesTheCommittedSample() throws IOException {
    Path file = folder.resolve("sample.csv");
    Run.command(folder, "simulate", "--users=100", "--seed=42", "--output=" + file).succeeded();
    assertEquals(
        Files.readString(Path.of("data/customer_segmentation_data.csv")), Files.readString(file));
  }
}
