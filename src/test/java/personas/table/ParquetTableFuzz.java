package personas.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.List;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import personas.table.bytes.ByteSource;
import personas.table.ledger.BadInputException;

/**
 * Changes numbers in the footer of a Parquet file. The reader accepts the file or refuses it by
 * name; see {@code src/test/README.md}.
 */
class ParquetTableFuzz {
  private static final int MOST_CHANGES = 4;
  private static final byte[] PARQUET = parquet();

  private static byte[] parquet() {
    try {
      return ParquetFiles.users(250);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** A footer of which some numbers, types and codecs are other ones. */
  @FuzzTest(maxDuration = "10m")
  void changedFooter(FuzzedDataProvider data) throws IOException {
    FileMetaData footer = ParquetFiles.footer(PARQUET);
    for (int changes = data.consumeInt(0, MOST_CHANGES); changes > 0; changes--) {
      change(footer, data);
    }
    byte[] file;
    try {
      file = ParquetFiles.withFooter(PARQUET, footer);
    } catch (IOException e) {
      // The format's own writer refuses what has no encoding.
      return;
    }
    ByteSource source = new MemorySource("x.parquet", file);
    Reading whole;
    try {
      whole = Reading.whole(source, ParquetFiles.SCHEMA, InputFormat.PARQUET, Reading.Way.DEFAULT);
    } catch (BadInputException e) {
      assertTrue(e.getMessage().startsWith("x.parquet: "), e.getMessage());
      return;
    }
    whole.assertEveryRecordCounts();
    assertEquals(footer.getNum_rows(), whole.ledger().read());
  }

  private static void change(FileMetaData footer, FuzzedDataProvider data) {
    List<RowGroup> groups = footer.getRow_groups();
    List<SchemaElement> schema = footer.getSchema();
    SchemaElement element = schema.get(data.consumeInt(0, schema.size() - 1));
    RowGroup group = groups.get(data.consumeInt(0, groups.size() - 1));
    ColumnMetaData column =
        group.getColumns().get(data.consumeInt(0, group.getColumns().size() - 1)).getMeta_data();
    switch (data.consumeInt(0, 11)) {
      case 0 -> footer.setNum_rows(data.consumeLong());
      case 1 -> group.setNum_rows(data.consumeLong());
      case 2 -> column.setNum_values(data.consumeLong());
      case 3 -> column.setTotal_compressed_size(data.consumeLong());
      case 4 -> column.setTotal_uncompressed_size(data.consumeLong());
      case 5 -> column.setData_page_offset(data.consumeLong());
      case 6 -> column.setDictionary_page_offset(data.consumeLong());
      case 7 -> column.setCodec(data.pickValue(CompressionCodec.values()));
      case 8 -> element.setName(data.consumeString(3));
      case 9 -> element.setScale(data.consumeInt());
      case 10 -> element.setNum_children(data.consumeInt(-1, 5));
      default -> element.setType_length(data.consumeInt());
    }
  }
}
