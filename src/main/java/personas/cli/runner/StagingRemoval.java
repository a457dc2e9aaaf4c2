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

/** Stops the workers of a run from writing, and removes the staged files of the run. */
public final class StagingRemoval {
  private static final int REQUIRED_EMPTY_CHECKS = 3;
  private static final int MAX_CHECKS = 50;
  private static final long CHECK_MILLIS = 100;

  private final RunFolders folders;
  private final boolean isInThisProcess;

  public StagingRemoval(RunFolders folders, PipelineOptions options) {
    this.folders = folders;
    this.isInThisProcess = RunnerSettings.isInThisProcess(options);
  }

  /** Throws the refusal of a worker, if the run failed because a worker refused the data. */
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

  /** Forbids the workers of this process to write to the folders of the run. */
  public void closeFence() {
    WriteFence.close(folders.stagingFolder(), folders.publishFolder());
  }

  /**
   * Removes the staged files. Workers may outlive a failed or canceled job for a moment and write
   * new files, so the removal is repeated until the folders are empty several times in a row. If
   * files remain, a message names the folder, and no exception hides why the job failed.
   *
   * @param isDone whether the job succeeded, so that no workers are left
   * @return whether all staged files are removed
   */
  public boolean removeAfterJob(boolean isDone) {
    closeFence();
    int requiredInRow = isDone ? 0 : requiredEmptyChecks();
    int checks = isDone ? 1 : MAX_CHECKS;
    int emptyInRow = 0;
    String failure = "";
    for (int check = 1; check <= checks; check++) {
      try {
        if (check > 1) {
          TimeUnit.MILLISECONDS.sleep(CHECK_MILLIS);
          emptyInRow = folders.hasStaging() ? 0 : emptyInRow + 1;
        }
        folders.removeStaging();
        failure = "";
        if (emptyInRow == requiredInRow) {
          return true;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      } catch (IOException | RuntimeException e) {
        failure = ": " + e.getMessage();
        emptyInRow = 0;
      }
    }
    System.err.println(
        TerminalText.lines("Staged files may be left in " + folders.staging() + failure));
    return false;
  }

  /**
   * Returns how often the folders must be found empty after a run that failed or was canceled. The
   * result is 0 for workers in this process, because {@link WriteFence#close} stops them. A cluster
   * may have lost contact with a worker that still writes, and an object in a cloud may appear
   * late.
   */
  private int requiredEmptyChecks() {
    boolean isLocal = !folders.staging().contains("://") && !folders.output().contains("://");
    return isLocal && isInThisProcess ? 0 : REQUIRED_EMPTY_CHECKS;
  }

  /** Returns whether a worker has refused the data, so that another run would fail as well. */
  public boolean isRefused() {
    try {
      return new RefusalFile(folders.stagingFolder()).isFinal();
    } catch (IOException | RuntimeException unreadable) {
      return false;
    }
  }

  /** Reports that the staged files stay for a run that continues this run. */
  public void sayThatFilesAreKept() {
    System.err.println(
        TerminalText.lines(
            "The saved states of the run stay in "
                + folders.staging()
                + "; --resume continues the run"));
  }

  /** Reports that the staged files stay, because the job may still be running. */
  public void sayThatFilesStay(Exception failure) {
    System.err.println(
        TerminalText.lines(
            "The job may still be running, so its staged files stay in "
                + folders.staging()
                + ": "
                + failure.getMessage()));
  }
}
