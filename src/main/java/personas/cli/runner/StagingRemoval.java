package personas.cli.runner;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.options.PipelineOptions;
import personas.connector.storage.RefusalFile;
import personas.connector.storage.WriteFence;
import personas.run.RunFolders;
import personas.table.ledger.DataRefusedException;
import personas.text.TerminalText;

/** Ends the writing of a run and removes what the run staged. */
public final class StagingRemoval {
  private static final int REQUIRED_EMPTY_CHECKS = 3;
  private static final int MOST_CHECKS = 50;
  private static final long CHECK_MILLIS = 100;

  private final RunFolders folders;
  private final boolean isInThisProcess;

  public StagingRemoval(RunFolders folders, PipelineOptions options) {
    this.folders = folders;
    this.isInThisProcess = RunnerSettings.isInThisProcess(options);
  }

  /** Throws what a worker of any engine has refused, if that is why the run failed. */
  public void throwRefusal(Exception failure) throws DataRefusedException {
    Optional<String> reason = Optional.empty();
    try {
      reason = new RefusalFile(folders.stagingFolder()).reason();
    } catch (IOException | RuntimeException unreadable) {
      failure.addSuppressed(unreadable);
    }
    if (reason.isPresent()) {
      throw new DataRefusedException(reason.get(), failure);
    }
  }

  /** Lets no worker of this process write to the folders of the run from now on. */
  public void closeFence() {
    WriteFence.close(folders.stagingFolder(), folders.publishFolder());
  }

  /**
   * Removes what was staged. Workers may outlive a job that failed or was cancelled for a moment,
   * and a folder that they write to cannot be removed: so it looks again, until it has found
   * nothing a few times in a row. What it cannot remove it names; that must not hide why a job
   * failed.
   *
   * @param done whether the job ended well, so that no worker is left
   * @return whether nothing is left
   */
  public boolean removeAfterJob(boolean done) {
    closeFence();
    int required = done ? 0 : requiredEmptyChecks();
    int checks = done ? 1 : MOST_CHECKS;
    int empty = 0;
    String failure = "";
    for (int check = 1; check <= checks; check++) {
      try {
        if (check > 1) {
          TimeUnit.MILLISECONDS.sleep(CHECK_MILLIS);
          empty = folders.hasStaging() ? 0 : empty + 1;
        }
        folders.removeStaging();
        failure = "";
        if (empty == required) {
          return true;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      } catch (IOException | RuntimeException e) {
        failure = ": " + e.getMessage();
        empty = 0;
      }
    }
    System.err.println(TerminalText.lines("staging may be left in " + folders.staging() + failure));
    return false;
  }

  /**
   * How often staging must be found empty after a run that did not end well. Workers in this
   * process are fenced off, see {@link WriteFence#close}, and what they have open goes with its
   * folder. A cluster says that a job has ended when its workers have, but for one that it has lost
   * sight of, and nobody can ask that one; and an object in a cloud appears when it is whole.
   */
  private int requiredEmptyChecks() {
    boolean files = !folders.staging().contains("://") && !folders.output().contains("://");
    return files && isInThisProcess ? 0 : REQUIRED_EMPTY_CHECKS;
  }

  /** Whether a worker has refused the data, so that the run would be refused again. */
  public boolean isRefused() {
    try {
      return new RefusalFile(folders.stagingFolder()).reason().isPresent();
    } catch (IOException | RuntimeException unreadable) {
      return false;
    }
  }

  /** Says that what the run staged stays, for a run that continues it. */
  public void sayThatItIsKept() {
    System.err.println(
        TerminalText.lines(
            "what the run has saved stays in " + folders.staging() + "; --resume continues it"));
  }

  /** Says that nothing is removed, because the job may go on. */
  public void sayThatItStays(Exception failure) {
    System.err.println(
        TerminalText.lines(
            "the job may go on, so its staging stays in "
                + folders.staging()
                + ": "
                + failure.getMessage()));
  }
}
