package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.cli.exit.ExitCode;

/**
 * Checks keys of JSON records: a key that no record has is a wrong name, and a key that some
 * records lack is a missing value.
 */
class JsonKeysTest {
  private static final String SPEC =
      """
      name: a
      input: {id: id, passThrough: [note]}
      clustering: {k: 2}
      features: [{name: a_b}, {name: c, missing: zero}]
      """;
  private static final String GOOD =
      """
      {"id": "u1", "a_b": 1, "c": 1, "note": "x"}
      {"id": "u2", "a_b": 2, "c": 2}
      {"id": "u3", "a_b": 8, "c": 9}
      {"id": "u4", "a_b": 9, "c": 8}
      """;

  @TempDir Path folder;

  private Run segment(String pattern) throws IOException {
    Path spec = Files.writeString(folder.resolve("spec.yaml"), SPEC);
    return Run.segment(
        folder.resolve("out"), "--spec=" + spec, "--input=" + folder.resolve(pattern));
  }

  private void file(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  @Test
  void aKeyThatNoRecordHasIsRefusedWithTheNearest() throws IOException {
    file("x.jsonl", GOOD.replace("a_b", "aB"));
    Run run = segment("x.jsonl");
    assertEquals(ExitCode.DATA_REFUSED, run.exitCode());
    assertEquals(
        folder.resolve("x.jsonl")
            + ": missing key 'a_b'; the first 4 records have the keys id, aB, c, note; nearest is"
            + " 'aB'\n",
        run.errors());
    file("x.jsonl", "{}\n".repeat(3));
    assertTrue(segment("x.jsonl").errors().contains("the first 3 records have no keys"));
  }

  @Test
  void refusesAnUnknownCopiedKeyAlsoInACompressedFile() throws IOException {
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("x.jsonl.gz")))) {
      out.write(GOOD.replace("\"note\"", "\"Note\"").getBytes(StandardCharsets.UTF_8));
    }
    Run run = segment("x.jsonl.gz");
    assertEquals(ExitCode.DATA_REFUSED, run.exitCode());
    assertTrue(run.errors().contains("missing key 'note'"), run.errors());
    assertTrue(run.errors().contains("nearest is 'Note'"), run.errors());
  }

  @Test
  void aKeyThatSomeRecordsLackIsAMissingValue() throws IOException {
    file("x.jsonl", "{\"id\": \"u0\"}\n" + GOOD.replace("\"c\": 8", "\"d\": 8"));
    Run run = segment("x.jsonl");
    // The share of what is rejected is one of five; that it is read at all is what counts.
    assertTrue(run.errors().contains("Column `a_b` has no value in 1 record"), run.errors());
    file("x.jsonl", GOOD.replace("\"c\": 8", "\"d\": 8"));
    assertEquals(4, segment("x.jsonl").succeeded().model().ledger().assigned());
  }

  @Test
  void theFirstFileThatIsNotEmptyTells() throws IOException {
    file("x-1.jsonl", "\n");
    file("x-2.jsonl", GOOD);
    file("x-3.jsonl", "{\"id\": \"u5\", \"a_b\": 1}\n");
    assertEquals(5, segment("x-*.jsonl").succeeded().model().ledger().assigned());
    file("x-2.jsonl", GOOD.replace("a_b", "ab"));
    assertTrue(segment("x-*.jsonl").errors().startsWith(folder.resolve("x-2.jsonl") + ": missing"));
  }

  /** A record that the megabyte cuts says nothing, and CSV is named for what it is. */
  @Test
  void ignoresLinesThatAreNotRecords() throws IOException {
    file("x.jsonl", "{\"id\": \"" + "x".repeat(1 << 20) + "\"}\n" + GOOD);
    Run run = segment("x.jsonl");
    assertTrue(!run.errors().contains("missing key"), run.errors());
    file("x.jsonl", "id,a_b,c,note\nu1,1,2,x\n");
    assertTrue(segment("x.jsonl").errors().contains("holds CSV"), segment("x.jsonl").errors());
  }
}
