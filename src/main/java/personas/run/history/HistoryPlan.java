package personas.run.history;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import personas.connector.storage.Folder;
import personas.model.compare.FlipBacks;
import personas.run.JobTuning;
import personas.run.RunFolders;

/**
 * The plan of a job that counts flip-backs: users who leave a persona and return to it in the next
 * run.
 *
 * @param runs the earlier runs, the earliest first
 * @param folders where the job stages its files
 * @param inputBytes bytes of all assignments
 */
public record HistoryPlan(List<EarlierRun> runs, RunFolders folders, long inputBytes) {
  public HistoryPlan {
    runs = List.copyOf(runs);
  }

  /** Returns the approximate number of bytes of a file that one task reads. */
  public long rangeBytes() {
    return JobTuning.rangeBytesOf(inputBytes);
  }

  /** Returns the number of parts into which the ids of all users are split. */
  public int idParts() {
    return JobTuning.idPartsOf(inputBytes);
  }

  /** Returns the encoding of the assignment of a user as a number. */
  public UserCode code() {
    return UserCode.of(runs);
  }

  /** Returns the path of the file for the counts. */
  public String countsFile() {
    return folders.stagingFolder().file("flip-backs");
  }

  /** Reads the counts that the job has written. */
  public FlipBacks readCounts() throws IOException {
    try (InputStream in = Folder.open(countsFile())) {
      return FlipBacks.read(new DataInputStream(in));
    }
  }
}
