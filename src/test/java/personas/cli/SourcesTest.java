package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import personas.cli.exit.ExitCode;
import personas.cli.result.FinishedRun;

/** Runs the real command with every kind of input path. */
class SourcesTest {
  private static final String SPEC =
      """
      name: sources
      input: {id: id, passThrough: [note]}
      features: [{name: a}, {name: b}]
      clustering: {k: 2}
      """;
  private static final String TABLE =
      "id,a,b,note\nu1,1,1,x\nu2,2,2.5,\"y\nz\"\nu3,9,9,\"p, \"\"q\"\"\"\nu4,8,8,é\n";

  @TempDir Path folder;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  /** The table in other clothes. */
  private enum Same {
    PLAIN("x.csv", bytes(TABLE)),
    BYTE_ORDER_MARK("x.csv", bytes("\ufeff" + TABLE)),
    // Not within the quotes, where it would be another note.
    CRLF("x.csv", bytes(TABLE.replace("\n", "\r\n").replace("y\r\nz", "y\nz"))),
    NO_FINAL_NEWLINE("x.csv", bytes(TABLE.substring(0, TABLE.length() - 1))),
    SEMICOLONS("x.csv", bytes(TABLE.replace(",", ";").replace("p;", "p,"))),
    TABS("x.tsv", bytes(TABLE.replace(",", "\t").replace("p\t", "p,"))),
    ALL_QUOTED("x.csv", bytes(TABLE.replace("u1,1,1,x", "\"u1\",\"1\",\"1\",\"x\""))),
    BLANK_LINES("x.csv", bytes(TABLE.replace("u1", "\n\nu1"))),
    GZIP("x.csv.gz", gzip(bytes(TABLE))),
    JSON_LINES(
        "x.jsonl",
        bytes(
            """
            {"id": "u1", "a": 1, "b": 1, "note": "x"}
            {"id": "u2", "a": 2, "b": "2.5", "note": "y\\nz"}
            {"id": "u3", "a": 9, "b": 9.0, "note": "p, \\"q\\""}
            {"id": "u4", "a": 8e0, "b": 8, "note": "\\u00e9"}
            """));

    private final String name;

    @SuppressWarnings("ImmutableEnumChecker") // nobody writes to it
    private final byte[] file;

    Same(String name, byte[] file) {
      this.name = name;
      this.file = file;
    }
  }

  /** What is refused, by the end of the message, which begins with the file. */
  private enum Refused {
    UTF_16("x.csv", TABLE.getBytes(Charset.forName("UTF-16")), "is UTF-16; save it as UTF-8"),
    EMPTY("x.csv", new byte[0], "is empty; a CSV file starts with a header line"),
    WRONG_HEADER("x.csv", bytes("id,a,B,note\nu1,1,2,x\n"), "missing column 'b'; nearest is 'B'"),
    CONFLICT_IN_THE_HEADER(
        "x.csv",
        bytes("<<<<<<< ours\n" + TABLE),
        "the header line '<<<<<<< ours' is the marker of a merge conflict"),
    TRUNCATED_GZIP(
        "x.csv.gz",
        Arrays.copyOf(gzip(bytes(TABLE)), 40),
        "is not a complete gzip file: the file ends too early; write or copy the file again"),
    CORRUPT_GZIP("x.csv.gz", corrupt(gzip(bytes(TABLE))), "; write or copy the file again"),
    GZIP_WITHOUT_ITS_NAME(
        "x.csv",
        gzip(bytes(TABLE)),
        "holds gzip data; compress a file once, and end its name in .gz");

    private final String name;

    @SuppressWarnings("ImmutableEnumChecker") // nobody writes to it
    private final byte[] file;

    private final String message;

    Refused(String name, byte[] file, String message) {
      this.name = name;
      this.file = file;
      this.message = message;
    }

    private static byte[] corrupt(byte[] gzip) {
      gzip[gzip.length / 2] ^= 0x55;
      return gzip;
    }
  }

  private String[] flags(Path input) throws IOException {
    Path spec = Files.writeString(folder.resolve("sources.yaml"), SPEC);
    return new String[] {"--spec=" + spec, "--input=" + input};
  }

  private Run segment(Path input, String... more) throws IOException {
    List<String> all = new ArrayList<>(List.of(flags(input)));
    all.addAll(List.of(more));
    return Run.segment(folder.resolve("out"), all.toArray(String[]::new));
  }

  @ParameterizedTest
  @EnumSource(Same.class)
  void theSameTableInOtherClothesGivesTheSame(Same each) throws IOException {
    Path input = Files.write(folder.resolve(each.name), each.file);
    Run run = segment(input).succeeded();
    assertEquals(
        """
        user_id,cluster,persona,distance,second_persona,margin,outlier,note
        u1,0,Light users,0.2602,Heavy users,0.9145,false,x
        u2,0,Light users,0.2602,Heavy users,0.8974,false,"y
        z"
        u3,1,Heavy users,0.2030,Light users,0.9322,false,"p, ""q""\"
        u4,1,Heavy users,0.2030,Light users,0.9215,false,é
        """,
        Files.readString(run.files("assignments").get(0)));
    assertEquals(4, run.model().ledger().read());
    assertEquals(List.of(), run.rows("rejected"));
  }

  @ParameterizedTest
  @EnumSource(Refused.class)
  void namesAFileThatIsNotATable(Refused each) throws IOException {
    Path input = Files.write(folder.resolve(each.name), each.file);
    Run run = segment(input);
    assertEquals(ExitCode.DATA_REFUSED, run.exitCode(), run.errors());
    assertTrue(run.errors().contains(input + ": "), run.errors());
    assertTrue(run.errors().contains(each.message), run.errors());
    assertFalse(Files.exists(folder.resolve("out/model.json")));
  }

  @Test
  void namesTheFileWithAnotherHeader() throws IOException {
    for (int i = 0; i < 30; i++) {
      Files.writeString(folder.resolve("part-%02d.csv".formatted(i)), TABLE);
    }
    Files.writeString(folder.resolve("part-27.csv"), TABLE.replace(",note", ",notes"));
    Run run = segment(folder.resolve("part-*.csv"));
    assertEquals(ExitCode.DATA_REFUSED, run.exitCode(), run.errors());
    assertTrue(
        run.errors().contains("part-27.csv: missing column 'note'; nearest is 'notes'"),
        run.errors());
  }

  @Test
  void theMarkersOfAMergeConflictAreRejectedRecords() throws IOException {
    String both =
        TABLE.replace("u4,8,8,é\n", "<<<<<<< a\nu4,8,8,é\n=======\nu4,7,7,é\n>>>>>>> b\n");
    Run run =
        segment(Files.writeString(folder.resolve("x.csv"), both), "--maxRejectedShare=0.5")
            .succeeded();
    assertEquals(8, run.model().ledger().read());
    assertEquals(3, run.model().ledger().rejected().get("field_count"));
    assertEquals(
        1, FinishedRun.readLedger(folder + "/out").get(0).repeatedIds(), "both sides are users");
  }

  @Test
  void refusesAFolderAsInput() throws IOException {
    Path input = Files.createDirectories(folder.resolve("users.csv"));
    Run run = segment(input);
    assertEquals(ExitCode.USAGE, run.exitCode(), run.errors());
    assertTrue(
        run.errors().contains("users.csv: is a folder; name its files by a pattern like"),
        run.errors());
  }

  @Test
  void withoutAnIdUsersAreKnownByTheirPlace() throws IOException {
    Path input = Files.writeString(folder.resolve("x.csv"), TABLE);
    Path spec = Files.writeString(folder.resolve("no.yaml"), SPEC.replace("id: id", "id: none"));
    Run run = Run.segment(folder.resolve("out"), "--spec=" + spec, "--input=" + input).succeeded();
    List<String> ids = new ArrayList<>();
    for (String line : Files.readAllLines(run.files("assignments").get(0))) {
      if (line.startsWith(input.toString())) {
        ids.add(line.substring(input.toString().length(), line.indexOf(',')));
      }
    }
    assertEquals(List.of(":2", ":3", ":5", ":6"), ids);
  }

  /** Lines are appended all the while; what is read is whole records from the beginning. */
  @Test
  void readsAGrowingFileUpToItsFirstSize() throws Exception {
    Path input = Files.write(folder.resolve("x.csv"), growing(0, 20_000));
    AtomicBoolean ended = new AtomicBoolean();
    CountDownLatch grows = new CountDownLatch(1);
    Thread writer =
        new Thread(
            () -> {
              try {
                for (int from = 20_000; !ended.get() && from < 2_000_000; from += 50) {
                  // One call, so that a look at the length finds whole lines.
                  byte[] lines = bytes(String.join("\n", growing(from, from + 50)) + "\n");
                  Files.write(input, lines, StandardOpenOption.APPEND);
                  grows.countDown();
                }
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    writer.start();
    Run run;
    try {
      assertTrue(grows.await(30, TimeUnit.SECONDS));
      run = segment(input).succeeded();
    } finally {
      ended.set(true);
      writer.join();
    }
    long read = run.model().ledger().read();
    assertTrue(read > 20_000, "read " + read);
    assertEquals(read, run.model().ledger().assigned());
    long ids = run.rows("assignments").stream().map(row -> row.split(",", 2)[0]).distinct().count();
    assertEquals(read, ids);
    assertTrue(run.rows("assignments").stream().anyMatch(row -> row.startsWith("g0000000,")));
    String last = "g%07d,".formatted(read - 1);
    assertTrue(run.rows("assignments").stream().anyMatch(row -> row.startsWith(last)), last);
  }

  private static List<String> growing(int from, int to) {
    List<String> lines = new ArrayList<>();
    if (from == 0) {
      lines.add("id,a,b,note");
    }
    for (int i = from; i < to; i++) {
      lines.add("g%07d,%d,%d,x".formatted(i, i % 7, i % 11));
    }
    return lines;
  }

  /** Permissions do not bind root, so a process of root gives up what lets it pass them by. */
  @Test
  void aFileThatMayNotBeReadIsNamed() throws Exception {
    Path input = Files.writeString(folder.resolve("x.csv"), TABLE);
    Files.setPosixFilePermissions(input, PosixFilePermissions.fromString("---------"));
    List<String> command = new ArrayList<>();
    if (Files.isReadable(input)) {
      command.addAll(List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search"));
    }
    if (!command.isEmpty() && !canBeStarted(command, input)) {
      System.err.println("SKIPPED: SourcesTest.aFileThatMayNotBeReadIsNamed: nothing binds root");
      assumeTrue(false, "nothing binds root here");
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "personas.cli.Main",
            "segment",
            "--quiet",
            "--output=" + folder.resolve("out")));
    command.addAll(List.of(flags(input)));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(ExitCode.FAILED, process.waitFor(), said);
    assertTrue(said.contains(input.toString()), said);
    assertFalse(said.contains("\tat "), said);
  }

  /** Whether a command that is put before another one keeps it from reading the file. */
  private static boolean canBeStarted(List<String> before, Path file) throws Exception {
    List<String> command = new ArrayList<>(before);
    command.addAll(List.of("cat", file.toString()));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 1;
    } catch (IOException notInstalled) {
      return false;
    }
  }
}
