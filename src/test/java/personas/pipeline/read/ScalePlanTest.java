package personas.pipeline.read;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Prints what the graph moves for a billion and for ten billion users. */
class ScalePlanTest {
  @Test
  void theArchitecturePageHoldsThePlan() throws IOException {
    String tables = ScalePlan.tables();
    System.out.print(tables);
    String page = Files.readString(Path.of("src/site/markdown/architecture.md"));
    for (String table : tables.split("\n\n", -1)) {
      assertTrue(page.contains(table.strip()), "the page does not hold:\n" + table);
    }
  }
}
