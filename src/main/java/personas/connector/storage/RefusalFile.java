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
import personas.table.ledger.UnreachableException;

/**
 * Stores the reason why a run refuses its data as a small file in the staging folder. A remote
 * engine may not pass the cause of a failure to the launcher. Every worker writes to the staging
 * folder, so the launcher reads the reason there.
 *
 * @param staging the run's staging folder
 */
public record RefusalFile(Folder staging) implements Serializable {
  private static final String FOLDER = "refusals";

  /** The end of the name of a file whose step may succeed in a later attempt. */
  private static final String MAY_SUCCEED_LATER = "-later";

  /** The last character of a complete file. */
  private static final String END = "\0";

  /** An action with a result that a worker runs within {@link #during}. */
  public interface Step<T> {
    T run() throws IOException;
  }

  /** An action without a result that a worker runs within {@link #during}. */
  public interface Action {
    void run() throws IOException;
  }

  /**
   * Runs a step. If the step refuses the data, stores the reason for the launcher. If a later
   * attempt would refuse the data too, the refusal is thrown as the cause of an exception that ends
   * a job on Flink at once.
   *
   * @return the result of the step
   * @throws IOException the exception of the step, or an exception with this cause
   */
  public <T> T during(Step<T> step) throws IOException {
    try {
      return step.run();
    } catch (BadInputException | DataRefusedException refusal) {
      try {
        write(refusal.getMessage(), refusal instanceof UnreachableException);
      } catch (IOException notWritten) {
        refusal.addSuppressed(notWritten);
      }
      throw refusal instanceof UnreachableException ? refusal : new FinalRefusalException(refusal);
    }
  }

  /** Runs a step without a result, see {@link #during(Step)}. */
  public void during(Action action) throws IOException {
    during(
        () -> {
          action.run();
          return null;
        });
  }

  /** Writes the reason to a new file, because two attempts may write at the same time. */
  private void write(String reason, boolean maySucceedLater) throws IOException {
    String name = UUID.randomUUID() + (maySucceedLater ? MAY_SUCCEED_LATER : "");
    try (OutputStream out = Folder.create(folder().file(name))) {
      out.write((reason + END).getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * Returns why the data was refused; empty if no step refused the data. The reason of a step that
   * may succeed later counts only if there is no other reason. If there are several reasons, the
   * alphabetically first is returned, so the message does not depend on which worker was faster. An
   * unfinished file is skipped, because the step that failed the job has finished its file.
   */
  public Optional<String> reason() throws IOException {
    List<String> names = folder().names();
    Optional<String> finalReason = first(names.stream().filter(RefusalFile::isFinal).toList());
    return finalReason.isPresent() ? finalReason : first(names);
  }

  /**
   * Returns whether a step refused the data and would refuse it in every later attempt. A database
   * that could not be reached does not count.
   */
  public boolean isFinal() throws IOException {
    return first(folder().names().stream().filter(RefusalFile::isFinal).toList()).isPresent();
  }

  private static boolean isFinal(String name) {
    return !name.endsWith(MAY_SUCCEED_LATER);
  }

  /**
   * Returns the alphabetically first reason in the complete files with these names; empty if no
   * file is complete.
   */
  private Optional<String> first(List<String> names) throws IOException {
    String first = null;
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

  /** Deletes the reasons of an earlier job, before another job continues the run. */
  public void clear() throws IOException {
    folder().deleteTree();
  }

  private Folder folder() {
    return staging.sub(FOLDER);
  }
}
