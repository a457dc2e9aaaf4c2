package personas.run;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import personas.connector.storage.Folder;
import personas.model.Model;
import personas.model.compare.MigrationCounts;

/**
 * What a comparison of two finished runs is to do.
 *
 * @param earlier the model of the earlier run
 * @param earlierAssignments pattern of the files of the assignments of the earlier run
 * @param later the model of the later run
 * @param laterAssignments pattern of the files of the assignments of the later run
 * @param folders where the comparison stages its files
 * @param inputBytes bytes of the assignments of both runs
 */
public record ComparisonPlan(
    Model earlier,
    String earlierAssignments,
    Model later,
    String laterAssignments,
    RunFolders folders,
    long inputBytes) {

  /** About the most bytes of a file that one task reads. */
  public long rangeBytes() {
    return JobTuning.rangeBytesOf(inputBytes);
  }

  /** Parts that the ids of all users are cut into. */
  public int idParts() {
    return JobTuning.idPartsOf(inputBytes);
  }

  /** The file that gets the counts of the users. */
  public String countsFile() {
    return folders.stagingFolder().file("migration-counts");
  }

  /** The counts that the job has written. */
  public MigrationCounts readCounts() throws IOException {
    try (InputStream in = Folder.open(countsFile())) {
      return MigrationCounts.read(new DataInputStream(in));
    }
  }
}
