package personas.connector.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import personas.table.ledger.BadInputException;
import personas.table.ledger.DataRefusedException;

/**
 * Why a run refuses its data, as a small file in its staging folder. A remote engine hands the
 * cause of a failure to the launcher as text, or not at all; the file arrives from every worker
 * that writes to the staging folder.
 *
 * @param staging the run's staging folder
 */
public record RefusalFile(Folder staging) implements Serializable {
  private static final String FOLDER = "refusals";

  /** The last character of a file that is whole. */
  private static final String END = "\0";

  /** What a worker does within {@link #during}. */
  public interface Step<T> {
    T take() throws IOException;
  }

  /** The same without a result. */
  public interface Action {
    void run() throws IOException;
  }

  /**
   * Takes a step. If it refuses the data, leaves the reason for the launcher and throws on.
   *
   * @return what the step returns
   * @throws IOException that of the step
   */
  public <T> T during(Step<T> step) throws IOException {
    try {
      return step.take();
    } catch (BadInputException | DataRefusedException refusal) {
      try {
        write(refusal.getMessage());
      } catch (IOException notWritten) {
        refusal.addSuppressed(notWritten);
      }
      throw refusal;
    }
  }

  /** As {@link #during(Step)}, for a step without a result. */
  public void during(Action action) throws IOException {
    during(
        () -> {
          action.run();
          return null;
        });
  }

  /** Each attempt writes a file of its own, so that two at once do not mix their texts. */
  private void write(String reason) throws IOException {
    try (OutputStream out = Folder.create(folder().file(UUID.randomUUID().toString()))) {
      out.write((reason + END).getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * Returns why the data was refused: of several reasons the first by its text, so that the message
   * does not depend on which worker was faster. A file that another worker is still writing does
   * not count: the step that has failed the job has finished its own. Empty if no step refused the
   * data.
   */
  public Optional<String> reason() throws IOException {
    String first = null;
    List<String> names = folder().names();
    for (String name : names) {
      try (InputStream in = Folder.open(folder().file(name))) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        if (text.endsWith(END)) {
          String reason = text.substring(0, text.length() - END.length());
          first = first == null || reason.compareTo(first) < 0 ? reason : first;
        }
      }
    }
    return Optional.ofNullable(first);
  }

  /** Forgets what an earlier launcher was told, before another one continues the run. */
  public void clear() throws IOException {
    folder().deleteTree();
  }

  private Folder folder() {
    return staging.sub(FOLDER);
  }
}
