package personas.run.publication;

import java.io.IOException;
import personas.connector.storage.AtomicFiles;
import personas.connector.storage.Folder;
import personas.run.RunFolders;
import personas.run.RunOutcome;

/**
 * Writes {@code run.json} beside the results of a run, after the run has published them.
 *
 * <p>If another run replaces the results before this file is written, the file never appears on a
 * local file system. The launcher creates a scratch folder, checks that its run was the last one to
 * publish, and moves the file from the scratch folder. The other run first writes its marker, then
 * deletes the scratch folder, then removes {@code run.json}. So a launcher that checked before the
 * marker was written loses its scratch folder, and a launcher that checks later sees the marker. An
 * object store has no such protection: a request that was already sent can arrive late. The digest
 * of the model in the file then shows that the file belongs to other results.
 */
public final class OutcomeFile {
  /**
   * Each attempt of another run to publish deletes the scratch folder once. After this number of
   * attempts, the writer fails.
   */
  private static final int MAX_ATTEMPTS = 5;

  private final RunFolders folders;
  private final AtomicFiles atomicFiles;
  private final Publication.Observer observer;

  /**
   * Creates a writer.
   *
   * @param folders the folders of the run
   * @param atomicFiles replaces the file in one step
   */
  public OutcomeFile(RunFolders folders, AtomicFiles atomicFiles) {
    this(folders, atomicFiles, step -> {});
  }

  OutcomeFile(RunFolders folders, AtomicFiles atomicFiles, Publication.Observer observer) {
    this.folders = folders;
    this.atomicFiles = atomicFiles;
    this.observer = observer;
  }

  /**
   * Writes the file in one step.
   *
   * @return false, and writes nothing, if the folder holds the results of another run, or if
   *     another run publishes to it
   * @throws IOException if the file cannot be written
   */
  public boolean write(byte[] bytes) throws IOException {
    Folder scratch = folders.outcomeFolder().sub(folders.stagingName());
    try {
      for (int attempt = 1; ; attempt++) {
        try {
          observer.before("create the folder of the outcome");
          scratch.create();
          observer.before("look for a later run");
          if (!isLastToPublish()) {
            return false;
          }
          observer.before("write the outcome");
          atomicFiles.replace(folders.outputFolder().file(RunOutcome.FILE), bytes, scratch);
          return true;
        } catch (IOException e) {
          if (scratch.exists() || attempt == MAX_ATTEMPTS) {
            throw e;
          }
          // Another publication has deleted the scratch folder; the next check finds its marker.
        }
      }
    } finally {
      observer.before("remove the folder of the outcome");
      scratch.deleteTree();
      folders.outcomeFolder().deleteIfEmpty();
    }
  }

  private boolean isLastToPublish() throws IOException {
    PublicationMarker newest = PublicationMarker.newest(folders.outputFolder());
    return newest != null
        && newest.isOf(folders.stagingName())
        && newest.state() == PublicationMarker.State.PUBLISHED;
  }
}
