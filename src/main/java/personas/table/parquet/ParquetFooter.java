package personas.table.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.schema.MessageType;
import personas.table.bytes.ByteSource;
import personas.table.bytes.HeapShare;
import personas.table.ledger.BadInputException;

/**
 * Checks the footer of a Parquet file. The library trusts the footer: it allocates the declared
 * sizes and reads the declared number of rows, even if the columns hold more.
 */
final class ParquetFooter {
  /** The end of a file: four bytes with the length of the footer, and the letters of the format. */
  private static final int TAIL_BYTES = 8;

  private static final int MAX_NESTED = 64;

  /**
   * A footer may have at most the bytes of the heap divided by this number. The objects that the
   * library creates from a footer are about 30 times as large as the footer.
   */
  private static final int HEAP_PARTS = 64;

  /** The row groups that all threads read at the same time use at most one half of the heap. */
  private static final int GROUP_HEAP_PARTS = 2;

  /** The maximum size of a row group in a small heap. */
  private static final long SMALL_HEAP_GROUP_BYTES = 1 << 26;

  /** The maximum number of rows per byte of the columns, far above the rate of real encodings. */
  private static final long MAX_ROWS_PER_BYTE = 64;

  /** A row group with fewer rows is not checked for its rows per byte. */
  private static final long MIN_CHECKED_ROWS = 1 << 16;

  private ParquetFooter() {}

  /**
   * Checks lengths, the depth of the schema and the number of rows before the library reads the
   * footer. A file without a footer passes, because the library gives a better message.
   *
   * @throws BadInputException if a value of the footer is not allowed; the message names the fault
   */
  static void check(ByteSource source) throws IOException {
    byte[] bytes = bytes(source);
    if (bytes.length == 0) {
      return;
    }
    try {
      ThriftLengths.check(bytes);
    } catch (IOException e) {
      throw new BadInputException(
          source.name() + ": the footer " + e.getMessage() + "; write the file again", e);
    }
    FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(bytes));
    checkDepth(source, footer.getSchema());
    checkRows(source, footer);
  }

  private static byte[] bytes(ByteSource source) throws IOException {
    long end = source.size() - TAIL_BYTES;
    if (end < 0) {
      return new byte[0];
    }
    long length;
    try (InputStream in = source.open(end)) {
      byte[] tail = in.readNBytes(Integer.BYTES);
      length =
          tail.length < Integer.BYTES
              ? 0
              : ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt() & 0xFFFFFFFFL;
    }
    if (length > end) {
      return new byte[0];
    }
    long max = Runtime.getRuntime().maxMemory() / HEAP_PARTS;
    if (length > max) {
      throw badInput(
          source,
          "the footer has %,d bytes; with this heap a footer may have at most %,d. Write fewer row"
              + " groups, or give the program a larger heap",
          length,
          max);
    }
    try (InputStream in = source.open(end - length)) {
      return in.readNBytes((int) length);
    }
  }

  private static void checkDepth(ByteSource source, List<SchemaElement> schema)
      throws BadInputException {
    int[] childrenLeft = new int[MAX_NESTED + 1];
    int depth = 0;
    for (SchemaElement element : schema) {
      while (depth > 0 && childrenLeft[depth] <= 0) {
        depth--;
      }
      childrenLeft[depth]--;
      if (element.getNum_children() > 0) {
        depth++;
        if (depth > MAX_NESTED) {
          throw badInput(
              source, "the schema nests deeper than %d groups; write a flat table", MAX_NESTED);
        }
        childrenLeft[depth] = element.getNum_children();
      }
    }
  }

  private static void checkRows(ByteSource source, FileMetaData footer) throws BadInputException {
    long rows = 0;
    for (int i = 0; i < footer.getRow_groupsSize(); i++) {
      RowGroup group = footer.getRow_groups().get(i);
      if (group.getNum_rows() < 0 || rows + group.getNum_rows() < 0) {
        throw badInput(
            source,
            "row group %d: declares %,d rows; write the file again",
            i,
            group.getNum_rows());
      }
      rows += group.getNum_rows();
    }
    if (rows != footer.getNum_rows()) {
      throw badInput(
          source,
          "the footer declares %,d rows, but the row groups hold %,d; write the file again",
          footer.getNum_rows(),
          rows);
    }
  }

  /**
   * Checks the required columns in every row group.
   *
   * @param required the schema of a row with only the required columns, which must be scalar
   * @throws BadInputException if a column or a row group is damaged or too large; the message names
   *     the row group, the column and the fault
   */
  static void checkColumns(ByteSource source, MessageType required, List<BlockMetaData> groups)
      throws IOException {
    for (int i = 0; i < groups.size(); i++) {
      long bytes = 0;
      for (String[] path : required.getPaths()) {
        ColumnChunkMetaData column = column(source, i, groups.get(i), ColumnPath.get(path));
        checkColumn(source, i, groups.get(i), column);
        bytes += uncompressedBytes(column);
      }
      checkSize(source, i, bytes);
      long rows = groups.get(i).getRowCount();
      if (rows / MAX_ROWS_PER_BYTE > bytes && rows > MIN_CHECKED_ROWS) {
        throw badInput(
            source,
            "row group %d: declares %,d rows in %,d bytes of the columns that are read; write the"
                + " file again",
            i,
            rows,
            bytes);
      }
    }
  }

  /** Returns the uncompressed size of a column, limited so that a sum cannot overflow. */
  private static long uncompressedBytes(ColumnChunkMetaData column) {
    return Math.max(0, Math.min(Integer.MAX_VALUE * 4096L, column.getTotalUncompressedSize()));
  }

  private static void checkSize(ByteSource source, int group, long bytes) throws BadInputException {
    long max = HeapShare.ofThread(GROUP_HEAP_PARTS, SMALL_HEAP_GROUP_BYTES);
    if (bytes > max) {
      throw badInput(
          source,
          "row group %d: the columns that are read have %,d bytes; with this heap they may have at most"
              + " %,d. Write smaller row groups, or give the program a larger heap",
          group,
          bytes,
          max);
    }
  }

  /** Returns the uncompressed size of the required columns of a row group. */
  static long uncompressedBytes(BlockMetaData group, MessageType required) {
    return group.getColumns().stream()
        .filter(column -> required.containsPath(column.getPath().toArray()))
        .mapToLong(ParquetFooter::uncompressedBytes)
        .sum();
  }

  private static ColumnChunkMetaData column(
      ByteSource source, int group, BlockMetaData block, ColumnPath path) throws BadInputException {
    List<ColumnChunkMetaData> found =
        block.getColumns().stream().filter(column -> column.getPath().equals(path)).toList();
    if (found.size() != 1) {
      throw badInput(
          source,
          "row group %d: column '%s' occurs %d times instead of once; write the file again",
          group,
          path.toDotString(),
          found.size());
    }
    return found.get(0);
  }

  private static void checkColumn(
      ByteSource source, int group, BlockMetaData block, ColumnChunkMetaData column)
      throws IOException {
    String name = column.getPath().toDotString();
    if (column.getValueCount() != block.getRowCount()) {
      throw badInput(
          source,
          "row group %d: column '%s' holds %,d values in %,d rows; write the file again",
          group,
          name,
          column.getValueCount(),
          block.getRowCount());
    }
    long start = column.getStartingPos();
    long size = column.getTotalSize();
    long end = source.size() - TAIL_BYTES;
    if (start < 0 || size < 0 || start > end || size > end - start) {
      throw badInput(
          source,
          "row group %d: column '%s' lies at bytes %,d to %,.0f of a file whose columns end at"
              + " byte %,d; write the file again",
          group,
          name,
          start,
          (double) start + size,
          end);
    }
  }

  private static BadInputException badInput(ByteSource source, String what, Object... values) {
    return new BadInputException(source.name() + ": " + String.format(Locale.ROOT, what, values));
  }
}
