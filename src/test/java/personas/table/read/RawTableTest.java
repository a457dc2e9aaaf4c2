package personas.table.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import personas.table.InputFormat;
import personas.table.MemorySource;

/** The values of tables that are read without a schema. */
class RawTableTest {
  @Test
  void aRecordWithoutThePartitionColumnGetsTheValueOfTheFolder() throws IOException {
    String lines = "{\"a\":1,\"dt\":\"x\"}\n{\"a\":2}\n{\"a\":3,\"dt\":null}\n";
    assertEquals(
        List.of("{a=1.0, dt=x}", "{a=2.0, dt=2026-01-01}", "{a=3.0, dt=null}"),
        records("dt=2026-01-01/part.jsonl", lines));
  }

  private static List<String> records(String name, String content) throws IOException {
    RawTable table =
        RawTable.open(new MemorySource(name, content.getBytes(UTF_8)), InputFormat.JSONL);
    List<String> records = new ArrayList<>();
    Map<String, Object> record = new TreeMap<>();
    boolean isWhole =
        table.read(
            1 << 20,
            new RawTable.Consumer() {
              @Override
              public void value(String column, Object value) {
                record.put(column, value);
              }

              @Override
              public void endRecord() {
                records.add(record.toString());
                record.clear();
              }
            });
    assertTrue(isWhole);
    return records;
  }
}
