package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import personas.cli.exit.ExitCode;
import personas.table.PartitionColumns;
import personas.table.TableColumn;
import personas.table.TableWriter;
import personas.table.avro.AvroTableWriter;
import personas.table.parquet.ParquetTableWriter;

/** Checks tables whose folders name columns, as Hive and Spark write them. */
class PartitionedTablesTest {
  private static final String[] REGIONS = {"north", "south%20west", "__HIVE_DEFAULT_PARTITION__"};
  private static final List<TableColumn> COLUMNS =
      List.of(
          new TableColumn("id", TableColumn.Type.TEXT),
          new TableColumn("a", TableColumn.Type.DOUBLE));

  @TempDir Path folder;

  private static void write(Path file, String format, int region) throws IOException {
    Files.createDirectories(file.getParent());
    try (OutputStream out = Files.newOutputStream(file);
        TableWriter table =
            switch (format) {
              case "avro" -> new AvroTableWriter(COLUMNS, out);
              case "parquet" -> new ParquetTableWriter(COLUMNS, out);
              default -> new TextRows(format, out);
            }) {
      for (int i = region; i < 60; i += REGIONS.length) {
        table.write(new Object[] {"u" + i, (double) i});
      }
    }
  }

  /** Rows as CSV, and as JSON lines. */
  private record TextRows(String format, OutputStream out) implements TableWriter {
    TextRows {
      if (format.equals("csv")) {
        write(out, "id,a\n");
      }
    }

    private static void write(OutputStream out, String text) {
      try {
        out.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    @Override
    public void write(Object[] row) {
      String line = format.equals("csv") ? "%s,%s\n" : "{\"id\": \"%s\", \"a\": %s}\n";
      write(out, line.formatted(row));
    }

    @Override
    public void close() {}
  }

  private Run segment(String input, String output) throws IOException {
    Path spec =
        Files.writeString(
            folder.resolve("spec.yaml"),
            """
            name: partitions
            input: {id: id, passThrough: [region]}
            features:
              - {name: a}
              - {name: level, missing: mean}
              - {name: region, type: category, levels: [north, south west], missing: level}
            clustering: {k: 2}
            """);
    return Run.command(
            folder.resolve(output),
            "segment",
            "--quiet",
            "--spec=" + spec,
            "--input=" + folder.resolve(input),
            "--output=" + folder.resolve(output))
        .succeeded();
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "jsonl", "avro", "parquet"})
  void theFoldersOfAFileAreColumns(String format) throws IOException {
    List<String> flat = new ArrayList<>(List.of("id,a,level,region"));
    for (int region = 0; region < REGIONS.length; region++) {
      write(
          folder.resolve("data/level=" + region + "/region=" + REGIONS[region] + "/part." + format),
          format,
          region);
      String text = PartitionColumns.of("region=" + REGIONS[region] + "/x").value("region");
      for (int i = region; i < 60; i += REGIONS.length) {
        flat.add("u" + i + "," + i + "," + region + "," + text);
      }
    }
    Files.write(folder.resolve("flat.csv"), flat);
    Run ofFlat = segment("flat.csv", "flat");
    Run ofFolders = segment("data/**/*." + format, "folders");
    assertEquals(60, ofFolders.rows("assignments").size());
    assertEquals(ofFlat.rows("assignments"), ofFolders.rows("assignments"));
    assertTrue(ofFolders.rows("assignments").stream().anyMatch(row -> row.contains("south west")));
    Path proposed = folder.resolve("proposed.yaml");
    Run init =
        Run.command(
            proposed, "init", "--input=" + folder + "/data/**/*." + format, "--output=" + proposed);
    assertEquals(ExitCode.DONE, init.exitCode(), init.errors());
    assertTrue(Files.readString(proposed).contains("region"), Files.readString(proposed));
    Run ofFolder =
        Run.command(
            folder,
            "segment",
            "--spec=" + folder.resolve("spec.yaml"),
            "--input=" + folder + "/data");
    assertEquals(ExitCode.USAGE, ofFolder.exitCode());
    assertTrue(ofFolder.errors().contains("/data/**/*." + format), ofFolder.errors());
  }

  @Test
  void aColumnOfTheFileWins() throws IOException {
    Path file = folder.resolve("region=south/a=9/users.csv");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "id,a,level,region\nu1,1,1,north\nu2,2,2,north\nu3,8,1,north\n");
    Run run = segment("region=south/a=9/users.csv", "out");
    assertTrue(run.rows("assignments").stream().allMatch(row -> row.contains("north")));
    assertEquals(11.0 / 3, run.model().features().get(0).mean());
  }
}
