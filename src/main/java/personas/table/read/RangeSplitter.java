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

/** Splits files into ranges. */
public final class RangeSplitter {
  private RangeSplitter() {}

  /**
   * Returns the ranges of a file. Text and Avro files are split into ranges of bytes, and Parquet
   * files into ranges of whole row groups.
   *
   * @param rangeBytes the approximate maximum size of a range in bytes
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

  /** Returns the same ranges with an unknown number of rows before each range except the first. */
  public static List<ByteRange> withUnknownRows(List<ByteRange> ranges) {
    return ranges.stream()
        .map(range -> range.start() == 0 ? range : range.withRowsBefore(ByteRange.UNKNOWN_ROWS))
        .toList();
  }

  /**
   * Returns ranges of nearly equal length that cover a file, or one range if the file cannot be
   * split.
   *
   * @param size the size of the file in bytes
   * @param isSplittable false for a compressed file, which is read as a whole
   * @param rangeBytes the maximum size of a range in bytes
   */
  public static List<ByteRange> split(
      String file, long size, boolean isSplittable, long rangeBytes) {
    if (!isSplittable) {
      return List.of(new ByteRange(file, 0, Long.MAX_VALUE));
    }
    if (rangeBytes < 1) {
      throw new IllegalArgumentException("rangeBytes: " + rangeBytes + " is below 1");
    }
    int count = Math.toIntExact(Math.max(1, size / rangeBytes + (size % rangeBytes > 0 ? 1 : 0)));
    List<ByteRange> ranges = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ranges.add(new ByteRange(file, boundary(size, count, i), boundary(size, count, i + 1)));
    }
    return ranges;
  }

  /** Returns the start of range {@code i}: {@code size * i / count}, without overflow. */
  private static long boundary(long size, int count, int i) {
    return size / count * i + size % count * i / count;
  }
}
