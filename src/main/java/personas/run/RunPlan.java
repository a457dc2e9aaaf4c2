package personas.run;

import java.io.Serializable;
import personas.connector.storage.Folder;
import personas.spec.SegmentationSpec;

/**
 * What a run is to do, settled before its first job starts.
 *
 * @param spec the segmentation, with the flags applied
 * @param folders where the run reads and writes
 * @param tuning what changes time and memory, and never a result
 * @param models the models that the run starts from
 * @param dataDate the date of the data, {@code 2026-10-31}; empty if it was not given
 */
public record RunPlan(
    SegmentationSpec spec,
    RunFolders folders,
    JobTuning tuning,
    KnownModels models,
    String dataDate)
    implements Serializable {

  /** The pattern of the files to read, or the name of the database. */
  public String input() {
    return folders.input();
  }

  /** The folder of the shards, which belongs to this run alone. */
  public Folder stagingFolder() {
    return folders.stagingFolder();
  }

  /** Whether the run applies a saved model instead of training one. */
  public boolean isScore() {
    return models.scored() != null;
  }

  /** Whether the run says of each user what the previous run said. */
  public boolean looksUpPreviousUsers() {
    return models.previousAssignments() != null;
  }
}
