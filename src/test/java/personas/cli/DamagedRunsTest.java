package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.model.Model;

/**
 * Checks that a run of a damaged table gives the model and the assignments of the undamaged rows.
 */
class DamagedRunsTest {
  private static final long SEED = 20261124;
  private static final int TABLES = 10;
  private static final int DAMAGED_EACH = 5;

  /** Records of {@code id,a,b} that are no users. */
  private static final List<String> DAMAGE =
      List.of(
          ",1,2",
          "u,1",
          "u,1,2,3",
          "u,,2",
          "u,1,many",
          "u,NaN,2",
          "u,1,1e309",
          "u,1e6,2",
          "u,\"1\"2,3",
          "u,1\0,2",
          "<<<<<<< HEAD");

  @TempDir Path folder;

  private Run segment(String name, List<String> records, boolean twoFiles) throws IOException {
    Path in = Files.createDirectories(folder.resolve(name + "-in"));
    int cut = twoFiles ? records.size() / 2 : 0;
    write(in.resolve("2.csv"), records.subList(cut, records.size()));
    if (twoFiles) {
      write(in.resolve("1.csv"), records.subList(0, cut));
    }
    Path spec =
        Files.writeString(
            folder.resolve("damaged.yaml"),
            """
            name: damaged
            input: {id: id}
            features: [{name: a, min: -1000, max: 1000}, {name: b}]
            clustering: {k: 3}
            """);
    return Run.segment(
            folder.resolve(name),
            "--spec=" + spec,
            "--input=" + in + "/*.csv",
            "--maxRejectedShare=1",
            "--slots=2")
        .succeeded();
  }

  private static void write(Path file, List<String> records) throws IOException {
    Files.writeString(file, "id,a,b\n" + String.join("\n", records) + "\n");
  }

  private static List<String> users(Random random) {
    List<String> users = new ArrayList<>();
    int n = 10 + random.nextInt(200);
    for (int i = 0; i < n; i++) {
      double a = 10 * random.nextInt(3) + random.nextGaussian();
      users.add("user-" + i + "," + a + "," + random.nextGaussian());
    }
    return users;
  }

  @Test
  void aRejectedRecordNeverChangesTheModel() throws IOException {
    for (int table = 0; table < TABLES; table++) {
      Random random = new Random(SEED + table);
      List<String> users = users(random);
      Run clean = segment("clean-" + table, users, false);
      for (int i = 0; i < DAMAGED_EACH; i++) {
        String place = "seed " + (SEED + table) + ", damage " + i;
        List<String> records = new ArrayList<>(users);
        int damaged = 1 + random.nextInt(users.size());
        for (int each = 0; each < damaged; each++) {
          records.add(
              random.nextInt(records.size() + 1), DAMAGE.get(random.nextInt(DAMAGE.size())));
        }
        Run run = segment("damaged-" + table + "-" + i, records, random.nextBoolean());
        Model model = run.model();
        assertEquals(clean.model().clusters(), model.clusters(), place);
        assertEquals(clean.model().features(), model.features(), place);
        assertEquals(clean.rows("assignments"), run.rows("assignments"), place);
        assertEquals(records.size(), model.ledger().read(), place);
        assertEquals(users.size(), model.ledger().assigned(), place);
        assertEquals(damaged, run.rows("rejected").size(), place);
      }
    }
  }
}
