package personas.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The corpus of dirty files under {@code src/test/resources/dirty}: beside each file stands what
 * reading it must give, in every way of reading. Lines of {@code .expected}: {@code user
 * id|a|b|c|note}, {@code reject position reason field}, or {@code refused part of the message}.
 */
class DirtyFilesTest {
  private static final Path FOLDER = Path.of("src/test/resources/dirty");
  private static final Pattern REJECTION =
      Pattern.compile(
          "Rejection\\[source=.*?, position=(\\d+), reason=(\\w+), field=(\\w*), .*",
          Pattern.DOTALL);

  static UserSchema schema(String file) {
    List<Feature> features =
        List.of(
            new Feature("a", Transform.NONE, MissingPolicy.REJECT, 0, 1e300),
            new Feature(
                "b", Transform.NONE, MissingPolicy.MEAN, -Double.MAX_VALUE, Double.MAX_VALUE),
            new Feature(
                "c", Transform.LOG1P, MissingPolicy.ZERO, -Double.MAX_VALUE, Double.MAX_VALUE));
    return new UserSchema(file.startsWith("noid") ? null : "user_id", features, List.of("note"));
  }

  @TestFactory
  Stream<DynamicTest> everyFileGivesWhatIsWrittenBesideIt() throws IOException {
    try (Stream<Path> paths = Files.list(FOLDER)) {
      List<Path> expected =
          paths.filter(path -> path.toString().endsWith(".expected")).sorted().toList();
      assertTrue(expected.size() > 50, "the corpus is there");
      return expected.stream()
          .map(path -> path.getFileName().toString().replace(".expected", ""))
          .map(name -> DynamicTest.dynamicTest(name, () -> check(name)));
    }
  }

  private static void check(String name) throws IOException {
    ByteSource source = new MemorySource(name, Files.readAllBytes(FOLDER.resolve(name)));
    List<String> expected = Files.readAllLines(FOLDER.resolve(name + ".expected"));
    InputFormat format = name.contains(".jsonl") ? InputFormat.JSONL : InputFormat.CSV;
    if (!expected.isEmpty() && expected.get(0).startsWith("refused ")) {
      BadInputException refusal =
          assertThrows(
              BadInputException.class,
              () -> Reading.whole(source, schema(name), format, Reading.Way.DEFAULT));
      assertTrue(refusal.getMessage().startsWith(name + ": "), refusal.getMessage());
      for (String line : expected) {
        String part = line.substring("refused ".length());
        assertTrue(refusal.getMessage().contains(part), part + " in " + refusal.getMessage());
      }
      return;
    }
    Reading whole = Reading.whole(source, schema(name), format, Reading.Way.DEFAULT);
    assertEquals(lines(expected, "user "), whole.users());
    assertEquals(
        lines(expected, "reject "), whole.rejections().stream().map(DirtyFilesTest::line).toList());
    assertEquals(expected.size(), whole.ledger().read());
    checkOtherWays(source, schema(name), format, whole);
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
