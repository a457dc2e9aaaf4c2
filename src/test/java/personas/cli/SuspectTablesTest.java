package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks the warnings of readable tables that may be misunderstood. */
class SuspectTablesTest {
  private static final List<String> KINDS =
      List.of("rejected_column", "total_as_user", "blanks_around_ids", "digits_may_be_grouped");

  @TempDir Path folder;

  private Run segment(String input, String table) throws IOException {
    Path file = folder.resolve("users.csv");
    Files.write(
        file,
        table.indexOf('\u00a0') < 0
            ? table.getBytes(StandardCharsets.ISO_8859_1)
            : table.getBytes(StandardCharsets.UTF_8));
    Path spec =
        Files.writeString(
            folder.resolve("spec.yaml"),
            """
            name: suspects
            input: {id: id%s}
            features: [{name: a}, {name: b}]
            clustering: {k: 2}
            """
                .formatted(input));
    return Run.command(
            folder.resolve("out"),
            "segment",
            "--overwrite",
            "--spec=" + spec,
            "--input=" + file,
            "--output=" + folder.resolve("out"))
        .succeeded();
  }

  private static List<String> warnings(Run run) throws IOException {
    JsonNode report = new ObjectMapper().readTree(run.output().resolve("report.json").toFile());
    return StreamSupport.stream(report.get("warnings").spliterator(), false)
        .filter(each -> KINDS.contains(each.get("kind").asText()))
        .peek(each -> assertTrue(each.get("serious").asBoolean(), each.toString()))
        .map(each -> each.get("text").asText())
        .toList();
  }

  private static JsonNode ledger(Run run) throws IOException {
    return new ObjectMapper().readTree(run.output().resolve("model.json").toFile()).get("ledger");
  }

  @Test
  void warnsOfARowThatMayBeATotal() throws IOException {
    Run run = segment("", "id,a,b\nu1,1,2\nu2,9,8\nu3,2,1\nGrand total:,12,11\n");
    assertEquals(
        List.of(
            "1 record has the id \"Grand total\" and may be a total of the other records, but counts as"
                + " a user here. If it is a total, remove it from the input."),
        warnings(run));
    assertEquals(4, ledger(run).get("assigned").asInt());
    assertEquals(List.of(), warnings(segment("", "id,a,b\nu1,1,2\nu2,9,8\nTotalista,2,1\n")));
  }

  @Test
  void warnsOfIdsWithBlanks() throws IOException {
    Run run = segment("", "id,a,b\nu1,1,2\nu2,9,8\nu1 ,2,1\n\u00a0u2,8,8\n");
    assertEquals(4, ledger(run).get("assigned").asInt());
    assertEquals(
        List.of(
            "2 records have an id with leading or trailing blanks. Ids that differ by a blank are"
                + " different users. If the blanks are not part of the ids, remove them from the input."),
        warnings(run));
  }

  @Test
  void aRejectedRecordSaysHowManyFieldsItHas() throws IOException {
    Run run = segment(", maxRejectedShare: 1", "id,a,b\nu1,1,2\nu2,9\nu3,2,1\ru4,8,8\nu5,9,9\n");
    List<String> rejected = run.rows("rejected");
    assertEquals(2, rejected.size());
    assertTrue(
        rejected.get(0).endsWith(",2 fields where the header has 3,\"u2,9\""), rejected.get(0));
    assertTrue(
        rejected.get(1).contains("has 3; the record contains carriage returns"), rejected.get(1));
  }

  @Test
  void warnsOfMarksThatMayGroupThousands() throws IOException {
    String table = "id;a;b\nu1;200;1.5\nu2;940;2.125\nu3;1.900;3\nu4;12.001;4\n";
    assertEquals(
        List.of(
            "All numbers of a with a decimal mark (2 numbers) have three digits after the mark, and no"
                + " other number has more than three digits. If the mark groups thousands, declare it as"
                + " input.thousands."),
        warnings(segment("", table)));
    Run declared =
        segment(
            ", decimal: ',', thousands: '.'",
            table.replace("1.5", "1,5").replace("2.125", "2,125"));
    assertEquals(List.of(), warnings(declared));
    String model = Files.readString(declared.output().resolve("model.json"));
    assertTrue(model.contains("12001"), model);
    // A number that decides, and a comma as the decimal mark.
    assertEquals(
        List.of(), warnings(segment("", table.replace("12.001", "12.01").replace("2.125", "2"))));
    assertEquals(1, warnings(segment(", decimal: ','", table.replace('.', ','))).size());
  }

  @Test
  void rejectsInvalidUtf8OnlyInColumnsThatAreUsed() throws IOException {
    StringBuilder table = new StringBuilder("id,name,a,b\n");
    for (int i = 0; i < 16; i++) {
      String name = i % 2 == 0 ? "Bob" : i == 3 ? "a\0b" : "Ren\u00e9";
      table.append("u").append(i).append(',').append(name).append(',');
      table.append(i % 2).append(',').append(i).append('\n');
    }
    Run unused = segment("", table.toString());
    assertEquals(16, ledger(unused).get("assigned").asInt());
    assertEquals(List.of(), warnings(unused));
    Run proposed =
        Run.command(
                folder.resolve("proposed"),
                "segment",
                "--quiet",
                "--input=" + folder.resolve("users.csv"),
                "--output=" + folder.resolve("proposed"))
            .succeeded();
    assertEquals(16, ledger(proposed).get("assigned").asInt());
    String spec = Files.readString(proposed.output().resolve("model-spec.yaml"));
    assertTrue(spec.contains("8 values are not text in UTF-8"), spec);
    Run copied = segment(", passThrough: [name], maxRejectedShare: 1", table.toString());
    assertEquals(8, ledger(copied).get("assigned").asInt());
    assertEquals(
        List.of(
            "7 of 16 records were rejected because of column name (invalid utf8, such as \"xxx\\xx9\")."
                + " These users are missing from the segments."),
        warnings(copied));
  }
}
