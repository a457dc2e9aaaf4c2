package personas.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import personas.feature.UserSchema;
import personas.table.bytes.ByteSource;
import personas.table.bytes.UncompressedStream;
import personas.table.ledger.BadInputException;
import personas.table.ledger.RejectReason;
import personas.table.read.FileHeader;
import personas.table.record.RecordBuffer;

/**
 * Checks the corpus of dirty files under {@code src/test/resources/dirty}. The file {@code
 * .expected} beside each file holds the result of every way of reading. Its lines are: {@code user
 * id|a|b|c|note}, {@code reject position reason field}, or {@code refused part of the message}.
 */
class DirtyFilesTest {
  /** Files with a record that is no CSV, or with a carriage return that ends no line. */
  private static final Set<String> NO_CSV =
      Set.of(
          "broken-quotes.csv",
          "crlf-number-last.csv",
          "encoding.csv",
          "lone-cr.csv",
          "quote-at-end.csv",
          "unwanted-column.csv");

  private static final Pattern REJECTION =
      Pattern.compile(
          "Rejection\\[place=.*?, position=(\\d+), .*?reason=(\\w+), field=(\\w*), .*",
          Pattern.DOTALL);

  @TestFactory
  Stream<DynamicTest> everyFileGivesWhatIsWrittenBesideIt() throws IOException {
    List<String> names = DirtyFiles.names();
    assertTrue(names.size() > 50, "the corpus is there");
    return names.stream().map(name -> DynamicTest.dynamicTest(name, () -> check(name)));
  }

  private static void check(String name) throws IOException {
    ByteSource source = new MemorySource(name, Files.readAllBytes(DirtyFiles.FOLDER.resolve(name)));
    List<String> expected = Files.readAllLines(DirtyFiles.FOLDER.resolve(name + ".expected"));
    InputFormat format = DirtyFiles.formatOf(name);
    if (!expected.isEmpty() && expected.get(0).startsWith("refused ")) {
      BadInputException refusal =
          assertThrows(
              BadInputException.class,
              () -> Reading.whole(source, DirtyFiles.schemaOf(name), format, Reading.Way.DEFAULT));
      assertTrue(refusal.getMessage().startsWith(name + ": "), refusal.getMessage());
      for (String line : expected) {
        String part = line.substring("refused ".length());
        assertTrue(refusal.getMessage().contains(part), part + " in " + refusal.getMessage());
      }
      return;
    }
    Reading whole = Reading.whole(source, DirtyFiles.schemaOf(name), format, Reading.Way.DEFAULT);
    assertEquals(lines(expected, "user "), whole.users());
    assertEquals(
        lines(expected, "reject "), whole.rejections().stream().map(DirtyFilesTest::line).toList());
    assertEquals(expected.size(), whole.ledger().read());
    compareWithLibrary(source, whole);
    checkOtherWays(source, DirtyFiles.schemaOf(name), format, whole);
  }

  /** Where the library can read the file: it guesses at what is no CSV. */
  private static void compareWithLibrary(ByteSource source, Reading whole) throws IOException {
    String name = source.name();
    if (DirtyFiles.formatOf(name) == InputFormat.CSV) {
      UserSchema schema = DirtyFiles.schemaOf(name);
      FileHeader header = FileHeader.read(source, schema, InputFormat.CSV);
      byte[] plain;
      try (InputStream in = UncompressedStream.open(source, 0)) {
        plain = in.readAllBytes();
      }
      assertEquals(
          !NO_CSV.contains(name), LibraryRows.agree(plain, schema, header, whole), "compared");
    }
  }

  private static void checkOtherWays(
      ByteSource source, UserSchema schema, InputFormat format, Reading whole) throws IOException {
    for (int window : new int[] {1, 7, 16, 64}) {
      Reading.Way way = Reading.Way.ofWindow(window);
      assertEquals(whole, Reading.whole(source, schema, format, way), "window " + window);
    }
    Reading.Way oneRow = new Reading.Way(new RecordBuffer.Limits(32, 1 << 20), 1);
    assertEquals(whole, Reading.whole(source, schema, format, oneRow), "shards of one row");
    if (source.name().endsWith(".gz")) {
      return;
    }
    Reading.Way small = Reading.Way.ofWindow(64);
    for (long cut = 0; cut <= source.size(); cut++) {
      assertEquals(whole, Reading.cut(source, schema, format, small, cut), "cut at " + cut);
    }
    for (int step : new int[] {1, 2, 3, 5, 8, 13, 50}) {
      long last = Math.min(source.size(), 2000);
      long[] cuts = LongStream.range(1, last).filter(at -> at % step == 0).toArray();
      assertEquals(whole, Reading.cut(source, schema, format, small, cuts), "ranges of " + step);
    }
  }

  private static List<String> lines(List<String> expected, String kind) {
    List<String> lines = new ArrayList<>();
    for (String line : expected) {
      if (line.startsWith(kind)) {
        lines.add(line.substring(kind.length()));
      }
    }
    return lines;
  }

  private static String line(String rejection) {
    Matcher matcher = REJECTION.matcher(rejection);
    assertTrue(matcher.matches(), rejection);
    String code = RejectReason.valueOf(matcher.group(2)).code();
    return (matcher.group(1) + " " + code + " " + matcher.group(3)).strip();
  }
}
