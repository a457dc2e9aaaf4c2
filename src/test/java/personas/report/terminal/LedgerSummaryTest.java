package personas.report.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import personas.model.table.LedgerTable;
import personas.model.table.ModelTables;
import personas.table.ledger.RejectReason;
import personas.table.ledger.SourceLedger;
import personas.table.ledger.ValueCounts;

class LedgerSummaryTest {
  private static SourceLedger ledger(long accepted, long rejected) {
    SortedMap<RejectReason, Long> reasons = new TreeMap<>();
    if (rejected > 0) {
      reasons.put(RejectReason.FIELD_COUNT, rejected - 1);
      reasons.put(RejectReason.NOT_A_NUMBER, 1L);
    }
    return new SourceLedger(accepted, reasons, ValueCounts.ofImputed(List.of())).withRepeatedIds(2);
  }

  private static List<LedgerTable.Row> written(SortedMap<String, SourceLedger> ledgers)
      throws IOException {
    ByteArrayOutputStream csv = new ByteArrayOutputStream();
    ModelTables.writeLedger(ledgers, csv);
    return LedgerTable.read(csv.toString(StandardCharsets.UTF_8));
  }

  @Test
  void readsBackAnyFileName() throws IOException {
    SortedMap<String, SourceLedger> ledgers = new TreeMap<>();
    List<String> names =
        List.of("a.csv", "b,\"c\".csv", "\"", "\"\"", "d\ne.csv", "f\"\"g", "ü, \"h\"\n", "'", ",");
    names.forEach(name -> ledgers.put(name, ledger(1_000, name.length())));
    List<String> read = new ArrayList<>();
    for (LedgerTable.Row row : written(ledgers)) {
      read.add(row.source());
      long rejected = row.source().length();
      assertEquals(
          new LedgerTable.Row(
              row.source(),
              1_000 + rejected,
              1_000,
              rejected,
              2,
              "field_count " + (rejected - 1) + "; not_a_number 1"),
          row);
    }
    assertEquals(names.stream().sorted().toList(), read);
    ledgers.put("=1+1.csv", ledger(1, 0));
    assertEquals("'=1+1.csv", written(ledgers).get(4).source());
    assertThrows(IllegalArgumentException.class, () -> LedgerTable.read("source,read\n"));
  }

  @Test
  void theMostRejectedComeFirstAndOfManyTen() throws IOException {
    SortedMap<String, SourceLedger> ledgers = new TreeMap<>();
    ledgers.put("one.csv", ledger(1_234, 0));
    assertEquals(List.of(), new LedgerSummary(written(ledgers)).lines(), "its ledger is the total");
    ledgers.put("two.csv", ledger(2_000, 3));
    assertEquals(
        List.of(
            "  two.csv: read 2,003 = assigned 2,000 + rejected 3 (field_count 2, not_a_number 1)",
            "  one.csv: read 1,234 = assigned 1,234 + rejected 0"),
        new LedgerSummary(written(ledgers)).lines());
    for (int i = 0; i < 1_000; i++) {
      ledgers.put("part-" + i, ledger(5, 1));
    }
    List<String> lines = new LedgerSummary(written(ledgers)).lines();
    assertEquals(11, lines.size());
    assertTrue(lines.get(0).startsWith("  two.csv"), lines.get(0));
    assertTrue(lines.get(1).startsWith("  part-0: "), lines.get(1));
    assertEquals("  … and 992 more files with 991 rejected records, see ledger.csv", lines.get(10));
  }

  @Test
  void aNameIsShownWithItsEndAndCommandsNothing() throws IOException {
    SortedMap<String, SourceLedger> ledgers = new TreeMap<>();
    ledgers.put("a\u001b[2J\u202e.csv", ledger(1, 0));
    ledgers.put("b".repeat(500) + "/end.csv", ledger(1, 0));
    List<String> lines = new LedgerSummary(written(ledgers)).lines();
    assertEquals("  a [2J .csv: read 1 = assigned 1 + rejected 0", lines.get(0));
    assertTrue(lines.get(1).contains("b/end.csv: read") && lines.get(1).length() < 130);
  }
}
