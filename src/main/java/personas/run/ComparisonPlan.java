package personas.run;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import personas.connector.storage.Folder;
import personas.model.compare.LabelCounts;

/**
 * What a comparison of the labels of two tables is to do.
 *
 * @param earlier the table that labels come from, for example the assignments of the earlier run
 * @param later the table that they go to
 * @param folders where the comparison stages its files
 * @param inputBytes bytes of both tables
 */
public record ComparisonPlan(
    ComparedTable earlier, ComparedTable later, RunFolders folders, long inputBytes) {

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
    return folders.stagingFolder().file("label-counts");
  }

  /** The counts that the job has written. */
  public LabelCounts readCounts() throws IOException {
    try (InputStream in = Folder.open(countsFile())) {
      return LabelCounts.read(new DataInputStream(in));
    }
  }
}
