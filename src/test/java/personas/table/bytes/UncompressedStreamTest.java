package personas.table.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class UncompressedStreamTest {
  private static final byte[] ZIPPED = zipped();

  private static byte[] zipped() {
    byte[] noise = new byte[100_000];
    new Random(3).nextBytes(noise);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(noise);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  /** The first bytes of the file, and then a storage that fails. */
  private record Failing(int after) implements ByteSource {
    @Override
    public String name() {
      return "users.csv.gz";
    }

    @Override
    public long size() {
      return ZIPPED.length;
    }

    @Override
    public InputStream open(long position) {
      InputStream fails =
          new InputStream() {
            @Override
            public int read() throws IOException {
              throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
              return read();
            }
          };
      return new SequenceInputStream(new ByteArrayInputStream(Arrays.copyOf(ZIPPED, after)), fails);
    }
  }

  @Test
  void aStorageFailureIsNotADamagedFile() {
    for (int after : new int[] {0, 5, 100, 70_000, ZIPPED.length - 4}) {
      IOException failure =
          assertThrows(
              IOException.class,
              () -> UncompressedStream.open(new Failing(after), 0).readAllBytes(),
              "after " + after);
      assertEquals("connection reset", failure.getMessage(), "after " + after);
    }
  }
}
