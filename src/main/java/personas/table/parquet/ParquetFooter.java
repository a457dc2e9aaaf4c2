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
 * Checks the footer of a Parquet file. The library believes a footer: it allocates what the footer
 * asks for, and reads as many rows as a row group counts, even if the columns hold more.
 */
final class ParquetFooter {
  /** The length of the footer and the four letters of the format. */
  private static final int TAIL_BYTES = 8;

  private static final int MOST_NESTED = 64;

  /** The part of the heap that a footer may take; its objects are about thirty times as large. */
  private static final int HEAP_PARTS = 64;

  /** The row groups that all threads read may take this part of the heap together. */
  private static final int GROUP_HEAP_PARTS = 2;

  private static final long LEAST_GROUP_BYTES = 1 << 26;

  /**
   * Rows that a row group may have for each byte of its columns: far more than repetition saves.
   */
  private static final long MOST_ROWS_PER_BYTE = 64;

  /** Rows that a row group may have however small it is. */
  private static final long FREE_ROWS = 1 << 16;

  private ParquetFooter() {}

  /**
   * Checks lengths, the depth of the schema and the count of rows, before the library reads the
   * footer. A file without a footer passes: the library says what it is instead.
   *
   * @throws BadInputException names what is wrong
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
    long most = Runtime.getRuntime().maxMemory() / HEAP_PARTS;
    if (length > most) {
      throw refused(
          source,
          "the footer has %,d bytes; with this heap a footer has at most %,d. Write fewer row"
              + " groups, or give the program a larger heap",
          length,
          most);
    }
    try (InputStream in = source.open(end - length)) {
      return in.readNBytes((int) length);
    }
  }

  private static void checkDepth(ByteSource source, List<SchemaElement> schema)
      throws BadInputException {
    int[] left = new int[MOST_NESTED + 1];
    int depth = 0;
    for (SchemaElement element : schema) {
      while (depth > 0 && left[depth] <= 0) {
        depth--;
      }
      left[depth]--;
      if (element.getNum_children() > 0) {
        depth++;
        if (depth > MOST_NESTED) {
          throw refused(
              source, "the schema nests deeper than %d groups; write a flat table", MOST_NESTED);
        }
        left[depth] = element.getNum_children();
      }
    }
  }

  private static void checkRows(ByteSource source, FileMetaData footer) throws BadInputException {
    long rows = 0;
    for (int i = 0; i < footer.getRow_groupsSize(); i++) {
      RowGroup group = footer.getRow_groups().get(i);
      if (group.getNum_rows() < 0 || rows + group.getNum_rows() < 0) {
        throw refused(
            source, "row group %d: counts %,d rows; write the file again", i, group.getNum_rows());
      }
      rows += group.getNum_rows();
    }
    if (rows != footer.getNum_rows()) {
      throw refused(
          source,
          "the footer counts %,d rows, but the row groups hold %,d; write the file again",
          footer.getNum_rows(),
          rows);
    }
  }

  /**
   * Checks the columns that are read, in every row group.
   *
   * @param wanted the columns, each a scalar
   * @throws BadInputException names the row group, the column and what is wrong
   */
  static void checkColumns(ByteSource source, MessageType wanted, List<BlockMetaData> groups)
      throws IOException {
    for (int i = 0; i < groups.size(); i++) {
      long bytes = 0;
      for (String[] path : wanted.getPaths()) {
        ColumnChunkMetaData column = column(source, i, groups.get(i), ColumnPath.get(path));
        checkColumn(source, i, groups.get(i), column);
        bytes += plainBytes(column);
      }
      checkSize(source, i, bytes);
      long rows = groups.get(i).getRowCount();
      if (rows / MOST_ROWS_PER_BYTE > bytes && rows > FREE_ROWS) {
        throw refused(
            source,
            "row group %d: counts %,d rows in %,d bytes of the columns that are read; write the"
                + " file again",
            i,
            rows,
            bytes);
      }
    }
  }

  /** The uncompressed bytes of a column, at least 0 and less than what overflows a sum. */
  private static long plainBytes(ColumnChunkMetaData column) {
    return Math.max(0, Math.min(Integer.MAX_VALUE * 4096L, column.getTotalUncompressedSize()));
  }

  private static void checkSize(ByteSource source, int group, long bytes) throws BadInputException {
    long most = HeapShare.ofThread(GROUP_HEAP_PARTS, LEAST_GROUP_BYTES);
    if (bytes > most) {
      throw refused(
          source,
          "row group %d: the columns that are read have %,d bytes; with this heap they have at most"
              + " %,d. Write smaller row groups, or give the program a larger heap",
          group,
          bytes,
          most);
    }
  }

  /** The uncompressed bytes of the columns that are read of a row group. */
  static long plainBytes(BlockMetaData group, MessageType wanted) {
    return group.getColumns().stream()
        .filter(column -> wanted.containsPath(column.getPath().toArray()))
        .mapToLong(ParquetFooter::plainBytes)
        .sum();
  }

  private static ColumnChunkMetaData column(
      ByteSource source, int group, BlockMetaData block, ColumnPath path) throws BadInputException {
    List<ColumnChunkMetaData> found =
        block.getColumns().stream().filter(column -> column.getPath().equals(path)).toList();
    if (found.size() != 1) {
      throw refused(
          source,
          "row group %d: column '%s' is there %d times, not once; write the file again",
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
      throw refused(
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
      throw refused(
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

  private static BadInputException refused(ByteSource source, String what, Object... values) {
    return new BadInputException(source.name() + ": " + String.format(Locale.ROOT, what, values));
  }
}
