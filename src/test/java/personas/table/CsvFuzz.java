package personas.table;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import personas.feature.UserSchema;
import personas.table.bytes.ByteSource;
import personas.table.read.FileHeader;

/** Reads any bytes as a CSV file; see {@code src/test/README.md}. */
class CsvFuzz {
  /** Short enough that a fuzzer finds records that are too long. */
  private static final int RECORD_BYTES = 300;

  static Stream<byte[]> corpus() throws IOException {
    return DirtyFiles.bytes(".csv");
  }

  @MethodSource("corpus")
  @FuzzTest(maxDuration = "10m")
  void anyBytes(byte[] file) throws IOException {
    if (file == null) {
      return;
    }
    ByteSource source = new MemorySource("x.csv", file);
    for (UserSchema schema : DirtyFiles.SCHEMAS) {
      Reading reading = ReadingLaws.hold(source, schema, InputFormat.CSV, RECORD_BYTES);
      if (reading != null) {
        ReadingLaws.holdRejections(
            ReadingLaws.rejections(source, schema, InputFormat.CSV, RECORD_BYTES), source);
        LibraryRows.agree(file, schema, FileHeader.read(source, schema, InputFormat.CSV), reading);
      }
    }
    ReadingLaws.hold(
        new MemorySource("x.csv.gz", file),
        DirtyFiles.SCHEMAS.get(0),
        InputFormat.CSV,
        RECORD_BYTES);
  }
}
