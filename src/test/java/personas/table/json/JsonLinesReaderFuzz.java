package personas.table.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import personas.feature.UserSchema;
import personas.table.DirtyFiles;
import personas.table.InputFormat;
import personas.table.MemorySource;
import personas.table.Reading;
import personas.table.ReadingLaws;
import personas.table.bytes.ByteSource;

/** Reads any bytes as a file of JSON lines; see {@code src/test/README.md}. */
class JsonLinesReaderFuzz {
  private static final int RECORD_BYTES = 300;

  static Stream<byte[]> corpus() throws IOException {
    return DirtyFiles.bytes(".jsonl");
  }

  @MethodSource("corpus")
  @FuzzTest(maxDuration = "10m")
  void anyBytes(byte[] file) throws IOException {
    if (file == null) {
      return;
    }
    ByteSource source = new MemorySource("x.jsonl", file);
    for (UserSchema schema : DirtyFiles.SCHEMAS) {
      Reading reading = ReadingLaws.hold(source, schema, InputFormat.JSONL, RECORD_BYTES);
      if (reading != null) {
        ReadingLaws.holdRejections(
            ReadingLaws.rejections(source, schema, InputFormat.JSONL, RECORD_BYTES), source);
        assertEquals(lines(file), reading.ledger().read(), "lines that are not blank");
      }
    }
  }

  private static long lines(byte[] file) {
    String text =
        new String(file, StandardCharsets.ISO_8859_1).replaceFirst("^\u00ef\u00bb\u00bf", "");
    return Stream.of(text.split("\n", -1)).filter(line -> !line.matches("[ \t\r]*")).count();
  }
}
