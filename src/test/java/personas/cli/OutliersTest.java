package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.model.Model;
import personas.model.Outliers;

/**
 * Checks that the outliers of a persona are the users beyond the edge, and that at least 99.5% of
 * the users lie within it.
 */
class OutliersTest {
  private static final int USERS = 4_000;

  /** Two edges are so far apart at most. */
  private static final double STEP = 1.0233;

  /** A distance is written with four decimals. */
  private static final double WRITTEN = 0.5e-4;

  @TempDir Path folder;

  private Path users;

  @BeforeEach
  void writeUsers() throws IOException {
    users = Files.write(folder.resolve("users.csv"), Run.simulated(USERS, 20));
  }

  private Run segment(String name, String... flags) {
    List<String> all = new ArrayList<>(List.of("--input=" + users));
    all.addAll(List.of(flags));
    return Run.segment(folder.resolve(name), all.toArray(String[]::new)).succeeded();
  }

  private static List<String[]> rows(Run run) throws IOException {
    return run.rows("assignments").stream().map(row -> row.split(",", -1)).toList();
  }

  @Test
  void theFlagFollowsFromTheDistanceAndTheEdge() throws IOException {
    Run run = segment("a");
    Outliers outliers = run.model().outliers();
    for (int j = 0; j < run.model().clusters().size(); j++) {
      Model.ClusterModel cluster = run.model().clusters().get(j);
      double edge = outliers.edges().get(j);
      long flagged = 0;
      long beyondTheEdgeBefore = 0;
      for (String[] row : rows(run)) {
        if (Integer.parseInt(row[1]) == cluster.id()) {
          double distance = Double.parseDouble(row[3]);
          boolean isOutlier = Boolean.parseBoolean(row[6]);
          assertTrue(isOutlier ? distance > edge - WRITTEN : distance < edge + WRITTEN, row[0]);
          flagged += isOutlier ? 1 : 0;
          beyondTheEdgeBefore += distance > edge / STEP - WRITTEN ? 1 : 0;
        }
      }
      assertEquals(outliers.users().get(j), flagged);
      assertTrue(flagged <= (1 - outliers.share()) * cluster.users(), cluster.persona());
      assertTrue(beyondTheEdgeBefore > (1 - outliers.share()) * cluster.users(), "a lower edge");
    }
    assertTrue(outliers.users().stream().mapToLong(Long::longValue).sum() > 0, "" + outliers);
  }

  @Test
  void anotherCutGivesTheSameBytesAndAScoreTheSameFlags() throws IOException {
    Run run = segment("a");
    Run cut = segment("b", "--slots=5", "--iterationsPerJob=1");
    assertEquals(run.rows("assignments"), cut.rows("assignments"));
    assertEquals(run.modelText(), cut.modelText());
    Run score =
        Run.command(
                folder.resolve("score"),
                "score",
                "--quiet",
                "--output=" + folder.resolve("score"),
                "--model=" + run.output().resolve("model.json"),
                "--input=" + users)
            .succeeded();
    assertEquals(
        rows(run).stream().map(row -> row[0] + row[6]).toList(),
        rows(score).stream().map(row -> row[0] + row[6]).toList());
  }

  @Test
  void fewUsersHaveNoOutliers() throws IOException {
    users = Files.write(folder.resolve("few.csv"), Run.simulated(150, 20));
    Outliers outliers = segment("few").model().outliers();
    assertNotNull(outliers);
    assertEquals(0, outliers.users().stream().mapToLong(Long::longValue).sum());
  }
}
