package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.table.TableColumn;
import personas.table.TableFormat;
import personas.table.TableWriter;
import personas.table.write.TypedTableFile;

/** Checks that a run can read all assignments that a run writes, up to the limits of the input. */
class OwnAssignmentsTest {
  private static final int USERS = 60;
  private static final int ID_BYTES = 1024;

  /** The record is just below the longest one; a CSV file writes each quote as two. */
  private static final int QUOTES = (1 << 20) - 4096;

  private static final List<TableColumn> COLUMNS =
      List.of(
          new TableColumn("id", TableColumn.Type.TEXT),
          new TableColumn("value", TableColumn.Type.DOUBLE),
          new TableColumn("note", TableColumn.Type.TEXT));

  @TempDir Path folder;

  @Test
  void theLongestIdsAndTextsAreReadAgain() throws IOException {
    Path input = folder.resolve("users.avro");
    try (TableWriter table =
        TypedTableFile.open(TableFormat.AVRO, COLUMNS, Files.newOutputStream(input))) {
      for (int i = 0; i < USERS; i++) {
        String number = "=" + i;
        table.write(
            new Object[] {
              number + "x".repeat(ID_BYTES - number.length()),
              i % 2 == 0 ? (double) i : 1000.0 + i,
              i == 7 ? "\"".repeat(QUOTES) : "note"
            });
      }
    }
    Path spec =
        Files.writeString(
            folder.resolve("spec.yaml"),
            """
            name: longest
            input: {id: id, passThrough: [note], maxRejectedShare: 0}
            features: [{name: value}]
            clustering: {k: 2}
            """);
    String[] flags = {"--spec=" + spec, "--input=" + input};
    Run first = Run.segment(folder.resolve("first"), flags).succeeded();
    assertTrue(
        first.rows("assignments").stream().anyMatch(row -> row.length() > 2 * QUOTES),
        "a line above the longest of an input");
    Run second =
        Run.segment(
                folder.resolve("second"),
                flags[0],
                flags[1],
                "--previousModel=" + first.output().resolve("model.json"),
                "--previousAssignments=" + first.output().resolve("assignments-*"))
            .succeeded();
    assertEquals(USERS, second.drift().migration().before());
    assertEquals(0, second.drift().migration().leavers());
    assertEquals(0, second.drift().migration().joiners());
    Run.command(folder, "compare", "--quiet", "--from=" + first.output(), "--to=" + second.output())
        .succeeded();
  }
}
