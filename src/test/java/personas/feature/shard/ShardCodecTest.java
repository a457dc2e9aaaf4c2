package personas.feature.shard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import personas.feature.ColumnFeature;
import personas.feature.Feature;
import personas.feature.MissingPolicy;
import personas.feature.Transform;
import personas.feature.UserSchema;
import personas.table.InputFormat;
import personas.table.MemorySource;
import personas.table.bytes.ByteRange;
import personas.table.bytes.ByteSource;
import personas.table.read.FileHeader;
import personas.table.read.RangeReader;

class ShardCodecTest {
  private static Shard shard(int rows) throws IOException {
    UserSchema schema =
        new UserSchema(
            "id",
            List.of(
                Feature.of("a"),
                new ColumnFeature(
                    "b", Transform.NONE, MissingPolicy.MEAN, -Double.MAX_VALUE, Double.MAX_VALUE)),
            List.of("note"));
    StringBuilder text = new StringBuilder("id,a,b,note\n");
    for (int row = 0; row < rows; row++) {
      text.append(
          "u" + row + "," + row / 7.0 + "," + (row % 3 == 0 ? "" : row) + ",n" + row + "\n");
    }
    ByteSource source = new MemorySource("x", text.toString().getBytes(StandardCharsets.UTF_8));
    List<Shard> shards = new ArrayList<>();
    new RangeReader(schema, FileHeader.read(source, schema, InputFormat.CSV), rows)
        .read(source, new ByteRange("x", 0, source.size()), -1, shards::add, rejection -> {});
    assertEquals(1, shards.size());
    return shards.get(0);
  }

  private static byte[] written(Shard shard) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ShardCodec.write(shard, bytes);
    return bytes.toByteArray();
  }

  private static Shard readAll(byte[] bytes) throws IOException {
    return ShardCodec.readAll(new ByteArrayInputStream(bytes));
  }

  @Test
  void readsWhatItWrote() throws IOException {
    for (int rows : new int[] {1, 2, 8191, 8192, 8193, 20_000}) {
      Shard shard = shard(rows);
      byte[] bytes = written(shard);
      Shard all = readAll(bytes);
      Shard numbers = ShardCodec.readColumns(new ByteArrayInputStream(bytes));
      assertEquals(rows, all.rows());
      for (int f = 0; f < 2; f++) {
        assertArrayEquals(shard.column(f), all.column(f));
        assertArrayEquals(shard.column(f), numbers.column(f));
      }
      assertArrayEquals(bytes, written(all));
      assertEquals(shard.idHash(rows - 1, 7), all.idHash(rows - 1, 7));
    }
  }

  private static Shard ofNumbers(double[]... columns) {
    int rows = columns[0].length;
    return new Shard(rows, columns, null, new byte[0], new int[2 * rows]);
  }

  @Test
  void weightsTakeFourBytesARowAndOnlyIfThereAreAny() throws IOException {
    double[][] columns = {{1, 2, 3}};
    int[] weights = {0, 7, Integer.MAX_VALUE};
    Shard weighted = new Shard(3, columns, weights, new byte[0], new int[6]);
    byte[] bytes = written(weighted);
    assertArrayEquals(weights, readAll(bytes).weights());
    assertArrayEquals(weights, ShardCodec.readColumns(new ByteArrayInputStream(bytes)).weights());
    byte[] plain = written(ofNumbers(columns));
    assertNull(readAll(plain).weights());
    assertEquals(plain.length + 3 * Integer.BYTES, bytes.length);
  }

  @Test
  void wholeNumbersTakeFewBytesAndComeBackBitForBit() throws IOException {
    double[] small = {0, -1, Short.MAX_VALUE, Short.MIN_VALUE, 7};
    double[] large = {0, Short.MAX_VALUE + 1, Integer.MAX_VALUE, Integer.MIN_VALUE, -7};
    double[] zeros = {0, 0, 0, -0.0, 0};
    double[] others = {0x1p31, 0.5, Double.NaN, -Double.MAX_VALUE, Double.MIN_VALUE};
    byte[] bytes = written(ofNumbers(small, large, zeros, others));
    Shard read = readAll(bytes);
    assertArrayEquals(new double[][] {small, large, zeros, others}, read.columns());
    int parts = 16 + 3 * Integer.BYTES;
    assertEquals(parts + 4 + 5 * (2 + 4 + 8 + 8) + 2 * 5 * Integer.BYTES, bytes.length);
    double[] long1 = new double[8193];
    long1[8192] = 1.5;
    int chunks = 2 + 2 * 8192 + 8;
    bytes = written(ofNumbers(long1));
    assertArrayEquals(long1, readAll(bytes).column(0));
    assertEquals(parts + chunks + 2 * 8193 * Integer.BYTES, bytes.length);
  }

  @Test
  void everyDamagedByteOfWholeNumbersIsFound() throws IOException {
    byte[] bytes = written(ofNumbers(new double[] {1, 2, 3}, new double[] {1, 1 << 20, -3}));
    for (int at = 0; at < bytes.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] damaged = bytes.clone();
        damaged[at] ^= (byte) (1 << bit);
        assertThrows(IOException.class, () -> readAll(damaged), "byte " + at + ", bit " + bit);
      }
    }
  }

  @Test
  void theHeadIsLittleEndianAndNamesItsVersion() throws IOException {
    byte[] bytes = written(shard(3));
    assertArrayEquals(
        new byte[] {'P', 'S', 'H', '2', 3, 0, 0, 0, 2, 0, 0, 0}, Arrays.copyOf(bytes, 12));
  }

  @Test
  void everyDamagedByteIsFound() throws IOException {
    byte[] bytes = written(shard(5));
    for (int at = 0; at < bytes.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] damaged = bytes.clone();
        damaged[at] ^= (byte) (1 << bit);
        IOException error = assertThrows(IOException.class, () -> readAll(damaged));
        assertTrue(error.getMessage().contains("shard file"), error.getMessage());
      }
    }
  }

  @Test
  void everyCutIsFound() throws IOException {
    byte[] bytes = written(shard(5));
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      IOException error = assertThrows(IOException.class, () -> readAll(cut));
      assertTrue(error.getMessage().contains("ends too early"), error.getMessage());
    }
  }

  @Test
  void checksTheNumbersWithoutIdsToo() throws IOException {
    Shard shard = shard(5);
    byte[] bytes = written(shard);
    int numbersEnd = 5 * Integer.BYTES + 2 * (1 + 5 * Double.BYTES) + Integer.BYTES;
    for (int at = 0; at < bytes.length; at++) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 4;
      byte[] cut = Arrays.copyOf(bytes, at);
      if (at < numbersEnd) {
        assertThrows(IOException.class, () -> readColumns(damaged), "damaged at " + at);
        assertThrows(IOException.class, () -> readColumns(cut), "cut at " + at);
      } else {
        // What lies behind the numbers is not read.
        assertArrayEquals(shard.columns(), readColumns(damaged).columns(), "damaged at " + at);
        assertArrayEquals(shard.columns(), readColumns(cut).columns(), "cut at " + at);
      }
    }
  }

  private static Shard readColumns(byte[] bytes) throws IOException {
    return ShardCodec.readColumns(new ByteArrayInputStream(bytes));
  }

  @Test
  void aShardOfAnotherVersionIsRefused() throws IOException {
    byte[] bytes = written(shard(5));
    bytes[3] = '9';
    IOException error = assertThrows(IOException.class, () -> readAll(bytes));
    assertTrue(error.getMessage().contains("version"), error.getMessage());
  }
}
