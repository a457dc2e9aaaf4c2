package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks that users without ids and rejected records have a file and a line, however a file is cut.
 */
class RecordPlacesTest {
  private static final int RECORDS = 14_000;
  private static final String SPEC =
      """
      name: places
      input: {id: none, passThrough: [note], maxRejectedShare: 0.5}
      features: [{name: spend}]
      clustering: {k: 2}
      """;

  @TempDir Path folder;

  /** Two megabytes; some records have three lines, and some are rejected. */
  private static String csv() {
    StringBuilder table = new StringBuilder("spend,\"a\nb\",note\n");
    for (int i = 0; i < RECORDS; i++) {
      table.append(i % 50 == 7 ? "$x" : String.valueOf(i % 90)).append(",,");
      String note = "note " + i + " " + "-".repeat(130);
      table.append(i % 31 == 3 ? "\"" + note + "\n\nend\"" : note).append('\n');
    }
    return table.toString();
  }

  private static String json() {
    StringBuilder table = new StringBuilder();
    for (int i = 0; i < RECORDS; i++) {
      String spend = i % 50 == 7 ? "\"$x\"" : String.valueOf(i % 90);
      table.append("{\"spend\": ").append(spend).append(", \"note\": \"note ").append(i);
      table.append(' ').append("-".repeat(130)).append("\"}\n").append(i % 70 == 0 ? "\n" : "");
    }
    return table.toString();
  }

  private Run segment(String name, Path input, String... flags) throws IOException {
    Path spec = Files.writeString(folder.resolve("spec.yaml"), SPEC);
    List<String> all = new ArrayList<>(List.of("--spec=" + spec, "--input=" + input));
    all.addAll(List.of(flags));
    return Run.segment(folder.resolve(name), all.toArray(String[]::new)).succeeded();
  }

  private static List<NamedCsvRecord> records(Path file) throws IOException {
    try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
      return reader.stream().toList();
    }
  }

  /** Every place leads to the line on which the record begins. */
  private static void assertPlaces(Run run, Path input, List<String> lines) throws IOException {
    int users = 0;
    for (Path file : run.files("assignments")) {
      for (NamedCsvRecord row : records(file)) {
        String place = row.getField("user_id");
        assertTrue(place.startsWith(input + ":"), place);
        int line = Integer.parseInt(place.substring(place.lastIndexOf(':') + 1));
        String note = row.getField("note").lines().findFirst().orElseThrow();
        assertTrue(lines.get(line - 1).contains(note), place);
        users++;
      }
    }
    int rejected = 0;
    for (Path file : run.files("rejected")) {
      for (NamedCsvRecord row : records(file)) {
        String line = lines.get(Integer.parseInt(row.getField("line")) - 1);
        assertTrue(line.contains("$x"), line);
        String record = row.getField("record");
        assertTrue(line.startsWith(record.substring(0, Math.min(100, line.length()))), record);
        rejected++;
      }
    }
    assertEquals(RECORDS, users + rejected);
    assertEquals(RECORDS / 50, rejected);
    assertEquals(20, records(run.output().resolve("examples.csv")).size());
  }

  @Test
  void rangesOfACsvFileCountOn() throws IOException {
    Path input = Files.writeString(folder.resolve("users.csv"), csv());
    Run cut = segment("cut", input, "--rangeMegabytes=1", "--slots=3");
    assertPlaces(cut, input, Files.readAllLines(input));
    Run whole = segment("whole", input, "--rangeMegabytes=64", "--slots=1");
    assertEquals(whole.rows("assignments"), cut.rows("assignments"));
    assertEquals(whole.rows("rejected"), cut.rows("rejected"));
    assertEquals(
        Files.readString(whole.output().resolve("examples.csv")),
        Files.readString(cut.output().resolve("examples.csv")));
  }

  @Test
  void rangesOfJsonAndCompressedFilesCountOn() throws IOException {
    Path input = Files.writeString(folder.resolve("users.jsonl"), json());
    assertPlaces(segment("cut", input, "--rangeMegabytes=1"), input, Files.readAllLines(input));
    Path packed = folder.resolve("users.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(csv().getBytes(StandardCharsets.UTF_8));
    }
    assertPlaces(segment("packed", packed), packed, csv().lines().toList());
  }
}
