package personas.table.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import personas.table.InputFormat;
import personas.table.MemorySource;
import personas.table.ParquetFiles;
import personas.table.Reading;
import personas.table.bytes.ByteSource;
import personas.table.ledger.BadInputException;

/** Checks Parquet files with a wrong footer. */
class ParquetFooterTest {
  private static final int USERS = 350;

  private static byte[] file;

  @BeforeAll
  static void write() throws IOException {
    file = ParquetFiles.users(USERS);
    assertTrue(ParquetFiles.footer(file).getRow_groupsSize() > 2, "row groups");
  }

  private static Reading read(byte[] bytes) throws IOException {
    ByteSource source = new MemorySource("users.parquet", bytes);
    return Reading.whole(source, ParquetFiles.SCHEMA, InputFormat.PARQUET, Reading.Way.DEFAULT);
  }

  /** The message of the refusal of the file with a changed footer, without the file's name. */
  private static String refusal(Consumer<FileMetaData> change) throws IOException {
    FileMetaData footer = ParquetFiles.footer(file);
    change.accept(footer);
    byte[] changed = ParquetFiles.withFooter(file, footer);
    String message = assertThrows(BadInputException.class, () -> read(changed)).getMessage();
    assertTrue(message.startsWith("users.parquet: "), message);
    return message.substring("users.parquet: ".length());
  }

  private static RowGroup group(FileMetaData footer, int number) {
    return footer.getRow_groups().get(number);
  }

  private static ColumnMetaData column(FileMetaData footer, int number, int column) {
    return group(footer, number).getColumns().get(column).getMeta_data();
  }

  @Test
  void theFileItselfIsRead() throws IOException {
    byte[] same = ParquetFiles.withFooter(file, ParquetFiles.footer(file));
    assertEquals(USERS, read(same).users().size());
  }

  @Test
  void aFooterThatCountsOtherRowsThanItsRowGroupsIsRefused() throws IOException {
    long first = ParquetFiles.footer(file).getRow_groups().get(0).getNum_rows();
    for (long rows : List.of(-1L, 0L, USERS - 1L, USERS + 1L, Long.MAX_VALUE)) {
      assertEquals(
          "the footer declares %,d rows, but the row groups hold 350; write the file again"
              .formatted(rows),
          refusal(footer -> footer.setNum_rows(rows)));
    }
    assertEquals(
        "the footer declares 350 rows, but the row groups hold %d; write the file again"
            .formatted(USERS - first),
        refusal(footer -> footer.getRow_groups().remove(0)));
    assertEquals(
        "the footer declares 350 rows, but the row groups hold 349; write the file again",
        refusal(footer -> group(footer, 0).setNum_rows(first - 1)));
  }

  @Test
  void aRowGroupThatCountsOtherRowsThanItsColumnsIsRefused() throws IOException {
    long first = ParquetFiles.footer(file).getRow_groups().get(0).getNum_rows();
    assertEquals(
        "row group 0: column 'id' holds %d values in %d rows; write the file again"
            .formatted(first, first - 1),
        refusal(
            footer -> {
              footer.setNum_rows(USERS - 1);
              group(footer, 0).setNum_rows(first - 1);
            }));
    assertEquals(
        "row group 1: column 'a' holds 7 values in %d rows; write the file again"
            .formatted(ParquetFiles.footer(file).getRow_groups().get(1).getNum_rows()),
        refusal(footer -> column(footer, 1, 1).setNum_values(7)));
    assertEquals(
        "row group 2: declares -1 rows; write the file again",
        refusal(footer -> group(footer, 2).setNum_rows(-1)));
    assertEquals(
        "row group 1: column 'note' occurs 0 times instead of once; write the file again",
        refusal(footer -> group(footer, 1).getColumns().remove(3)));
  }

  /** All counts agree, but the pages of a column hold more. */
  @Test
  void aFooterWhoseCountsAgreeButNotWithThePagesIsRefused() throws IOException {
    long first = ParquetFiles.footer(file).getRow_groups().get(0).getNum_rows();
    String message =
        refusal(
            footer -> {
              footer.setNum_rows(USERS - 1);
              group(footer, 0).setNum_rows(first - 1);
              for (int i = 0; i < 4; i++) {
                column(footer, 0, i).setNum_values(first - 1);
              }
            });
    assertTrue(message.startsWith("row group 0: is not a complete Parquet file: "), message);
  }

  @Test
  void chunksThatReachBeyondTheFileAreRefused() throws IOException {
    String beyond = " of a file whose columns end at byte ";
    String message = refusal(footer -> column(footer, 1, 2).setTotal_compressed_size(1L << 40));
    assertTrue(message.startsWith("row group 1: column 'd' lies at bytes "), message);
    assertTrue(message.contains(beyond), message);
    for (long size : List.of(-1L, (long) file.length, Long.MAX_VALUE)) {
      message = refusal(footer -> column(footer, 0, 0).setTotal_compressed_size(size));
      assertTrue(message.contains(beyond), message);
    }
    for (long offset : List.of(-5L, (long) file.length, Long.MAX_VALUE)) {
      message =
          refusal(
              footer -> {
                column(footer, 0, 1).setData_page_offset(offset);
                column(footer, 0, 1).unsetDictionary_page_offset();
              });
      assertTrue(message.contains(beyond), message);
    }
  }

  @Test
  void schemasThatNestTooDeepAreRefused() throws IOException {
    assertEquals(
        "the schema nests deeper than 64 groups; write a flat table",
        refusal(
            footer -> {
              SchemaElement last = footer.getSchema().remove(4);
              for (int i = 0; i < 1_000_000; i++) {
                footer.addToSchema(new SchemaElement("g").setNum_children(1));
              }
              footer.addToSchema(last);
            }));
  }

  @Test
  void lengthsThatReachBeyondTheFooterAreRefusedBeforeTheyAreAllocated() {
    // Field 2, a list of structures: fifteen says that a length follows, here of 2^31 - 1.
    byte[] list = {0x29, (byte) 0xFC, -1, -1, -1, -1, 7};
    // Field 6, a text of 100,000,000 bytes.
    byte[] text = {0x68, (byte) 0x80, (byte) 0xC2, (byte) 0xD7, 0x2F};
    for (byte[] footer : List.of(list, text)) {
      String message =
          assertThrows(BadInputException.class, () -> read(ParquetFiles.withFooter(file, footer)))
              .getMessage();
      assertTrue(message.contains("bytes are left"), message);
      assertTrue(message.startsWith("users.parquet: the footer "), message);
    }
  }
}
