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
 * What a count of flip-backs is to do.
 *
 * @param runs the earlier runs, the earliest first
 * @param folders where the job stages its files
 * @param inputBytes bytes of all assignments
 */
public record HistoryPlan(List<EarlierRun> runs, RunFolders folders, long inputBytes) {
  public HistoryPlan {
    runs = List.copyOf(runs);
  }

  /** About the most bytes of a file that one task reads. */
  public long rangeBytes() {
    return JobTuning.rangeBytesOf(inputBytes);
  }

  /** Parts that the ids of all users are cut into. */
  public int idParts() {
    return JobTuning.idPartsOf(inputBytes);
  }

  /** How what a run says of a user is written as a number. */
  public UserCode code() {
    return UserCode.of(runs);
  }

  /** The file that gets the counts. */
  public String countsFile() {
    return folders.stagingFolder().file("flip-backs");
  }

  /** The counts that the job has written. */
  public FlipBacks readCounts() throws IOException {
    try (InputStream in = Folder.open(countsFile())) {
      return FlipBacks.read(new DataInputStream(in));
    }
  }
}
