package personas.run;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import personas.connector.storage.Folder;
import personas.model.compare.LabelCounts;

/**
 * The plan of a comparison of the labels of two tables.
 *
 * @param earlier the earlier table, for example the assignments of the previous run
 * @param later the later table
 * @param folders the folders of the comparison, which uses only the staging folder
 * @param inputBytes bytes of both tables
 */
public record ComparisonPlan(
    ComparedTable earlier, ComparedTable later, RunFolders folders, long inputBytes) {

  /** Returns the approximate number of bytes of a file that one task reads. */
  public long rangeBytes() {
    return JobTuning.rangeBytesOf(inputBytes);
  }

  /** Returns the number of parts into which the ids of all users are split. */
  public int idParts() {
    return JobTuning.idPartsOf(inputBytes);
  }

  /** Returns the path of the file for the counts of the users. */
  public String countsFile() {
    return folders.stagingFolder().file("label-counts");
  }

  /** Reads the counts that the job has written. */
  public LabelCounts readCounts() throws IOException {
    try (InputStream in = Folder.open(countsFile())) {
      return LabelCounts.read(new DataInputStream(in));
    }
  }
}
