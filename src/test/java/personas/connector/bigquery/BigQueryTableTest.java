package personas.connector.bigquery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class BigQueryTableTest {
  @Test
  void tablesAreNamedInFull() {
    for (String name :
        List.of("d.t", "my-project.d.t", "example.com:my-project.d.t-1", "d.Übersicht")) {
      assertEquals("bigquery://" + name, BigQueryTable.parse(name).name());
    }
    for (String name :
        List.of("t", "d.t$2026", "d-1.t", "p.d.t", "my-project.d.t.x", "d.t;", "d.")) {
      assertEquals(null, BigQueryTable.parse(name), name);
    }
  }
}
