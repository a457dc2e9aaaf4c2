package personas.connector.storage;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.io.FileSystems;
import personas.table.InputFormat;
import personas.table.TableColumn;
import personas.table.TableFormat;
import personas.table.TableWriter;
import personas.table.bytes.ByteRange;
import personas.table.read.FileHeader;
import personas.table.read.FileRange;
import personas.table.write.TypedTableFile;

/**
 * Writes rows of a database to a staged file of text values. Later steps read the file like any
 * other input file.
 */
public final class StagedTableWriter implements Closeable {
  private final String source;
  private final String path;
  private final long firstRow;
  private final TableWriter table;
  private long rows;

  /**
   * Creates the file.
   *
   * @param source the name of the database in the ledger
   * @param columns the names of the columns
   * @param folder the folder of the file
   * @param firstRow the number of the first row, counted over all files of the source
   */
  public StagedTableWriter(String source, List<String> columns, Folder folder, long firstRow)
      throws IOException {
    this.source = source;
    this.path = folder.file(UUID.randomUUID() + ".avro");
    this.firstRow = firstRow;
    this.table = TypedTableFile.open(TableFormat.AVRO, textColumns(columns), Folder.create(path));
  }

  private static List<TableColumn> textColumns(List<String> columns) {
    return columns.stream().map(name -> new TableColumn(name, TableColumn.Type.TEXT)).toList();
  }

  /**
   * Writes a row.
   *
   * @param texts one text for each column; null for a missing value
   */
  public void write(Object[] texts) throws IOException {
    table.write(texts);
    rows++;
  }

  /** Returns the number of rows written so far. */
  public long rows() {
    return rows;
  }

  /** Closes the file and returns the range of its rows. */
  public FileRange end() throws IOException {
    table.close();
    return new FileRange(
        new ByteRange(source, firstRow, firstRow + rows),
        path,
        FileSystems.matchSingleFileSpec(path).sizeBytes(),
        FileHeader.ofTable(InputFormat.AVRO));
  }

  @Override
  public void close() throws IOException {
    table.close();
  }
}
