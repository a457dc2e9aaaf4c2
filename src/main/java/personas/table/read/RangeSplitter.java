package personas.table.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import personas.feature.UserSchema;
import personas.table.InputFormat;
import personas.table.bytes.ByteRange;
import personas.table.bytes.ByteSource;
import personas.table.bytes.UncompressedStream;
import personas.table.parquet.ParquetRowReader;

/** Cuts files into byte ranges. */
public final class RangeSplitter {
  private RangeSplitter() {}

  /**
   * The ranges of a file, as its format can be split: bytes of text, blocks of Avro, row groups of
   * Parquet.
   *
   * @param rangeBytes about the most bytes of a range
   */
  public static List<ByteRange> of(
      ByteSource source, UserSchema schema, InputFormat format, long rangeBytes)
      throws IOException {
    return switch (format) {
      case PARQUET -> ParquetRowReader.ranges(source, schema, rangeBytes);
      case AVRO -> withUnknownRows(split(source.name(), source.size(), true, rangeBytes));
      case CSV, JSONL ->
          split(source.name(), source.size(), !UncompressedStream.isCompressed(source), rangeBytes);
    };
  }

  /** Nobody has counted the rows before a range yet, except before the first one. */
  public static List<ByteRange> withUnknownRows(List<ByteRange> ranges) {
    return ranges.stream()
        .map(range -> range.start() == 0 ? range : range.withRowsBefore(ByteRange.UNKNOWN_ROWS))
        .toList();
  }

  /**
   * Ranges of nearly equal length that cover a file; one where it cannot be split.
   *
   * @param size length in bytes
   * @param splittable false for a compressed file, which is read as a whole
   * @param rangeBytes the most bytes of a range
   */
  public static List<ByteRange> split(String file, long size, boolean splittable, long rangeBytes) {
    if (!splittable) {
      return List.of(new ByteRange(file, 0, Long.MAX_VALUE));
    }
    if (rangeBytes < 1) {
      throw new IllegalArgumentException("rangeBytes: " + rangeBytes + " is below 1");
    }
    int count = Math.toIntExact(Math.max(1, size / rangeBytes + (size % rangeBytes > 0 ? 1 : 0)));
    List<ByteRange> ranges = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ranges.add(new ByteRange(file, border(size, count, i), border(size, count, i + 1)));
    }
    return ranges;
  }

  /** i / count of the size, without a product that a long does not hold. */
  private static long border(long size, int count, int i) {
    return size / count * i + size % count * i / count;
  }
}
