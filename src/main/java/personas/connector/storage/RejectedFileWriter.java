package personas.connector.storage;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import personas.table.ledger.Rejection;
import personas.table.ledger.RejectionExamples;
import personas.text.CsvBuffer;

/**
 * Writes the rejected records of one range as CSV without a header. If no record is rejected, no
 * file is created.
 */
public final class RejectedFileWriter implements Closeable {
  private final Folder folder;
  private final CsvBuffer line = new CsvBuffer();
  private final RejectionExamples examples = new RejectionExamples();
  private String path = "";
  private OutputStream out;

  public RejectedFileWriter(Folder folder) {
    this.folder = folder;
  }

  /** Writes a rejected record. */
  public void add(Rejection rejection) throws IOException {
    if (out == null) {
      path = folder.file(UUID.randomUUID() + ".csv");
      out = Folder.create(path);
    }
    examples.add(rejection);
    rejection.appendCsv(line);
    line.writeTo(out);
    line.clear();
  }

  /** Returns the path of the file, or an empty text if no record was rejected. */
  public String path() {
    return path;
  }

  /** Returns examples of the rejected records. */
  public RejectionExamples examples() {
    return examples;
  }

  @Override
  public void close() throws IOException {
    if (out != null) {
      out.close();
    }
  }
}
