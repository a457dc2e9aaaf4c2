package personas.run;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Objects;
import personas.connector.storage.Folder;
import personas.feature.moments.LevelCounts;
import personas.feature.shard.UserSample;
import personas.model.StickinessPrice;
import personas.spec.SegmentationSpec;

/**
 * The plan of a run, which is complete before the first job starts.
 *
 * @param spec the segmentation, with the flags applied
 * @param folders the folders in which the run reads and writes
 * @param tuning how the run is split into tasks and jobs
 * @param models the models that the run starts from
 * @param results the settings of the results
 */
public record RunPlan(
    SegmentationSpec spec,
    RunFolders folders,
    JobTuning tuning,
    KnownModels models,
    ResultSettings results)
    implements Serializable {
  public RunPlan {
    Objects.requireNonNull(spec, "spec");
    Objects.requireNonNull(folders, "folders");
    Objects.requireNonNull(tuning, "tuning");
    Objects.requireNonNull(models, "models");
    Objects.requireNonNull(results, "results");
  }

  /** Returns this plan with a margin that holds users in their previous persona. */
  public RunPlan withMargin(StickinessPrice.Choice margin) {
    return withModels(models.withMargin(margin));
  }

  /** Returns this plan with other models to start from. */
  public RunPlan withModels(KnownModels otherModels) {
    return new RunPlan(spec, folders, tuning, otherModels, results);
  }

  /** Returns the date of the data, like {@code 2026-10-31}; empty if it is not known. */
  public String dataDate() {
    return results.dataDate();
  }

  /** Returns whether the assignments explain the persona of each user. */
  public boolean explains() {
    return results.explains();
  }

  /** Returns the pattern of the files to read, or the name of the database. */
  public String input() {
    return folders.input();
  }

  /** Returns the folder of the shards, which belongs to this run alone. */
  public Folder stagingFolder() {
    return folders.stagingFolder();
  }

  /**
   * Returns the path of the file for the sample, in a run that only draws a sample of the users.
   */
  public String sampleFile() {
    return stagingFolder().file("sample");
  }

  /** Reads the sample that the job has drawn. */
  public UserSample readSample() throws IOException {
    try (InputStream in = Folder.open(sampleFile())) {
      return UserSample.read(new DataInputStream(new BufferedInputStream(in)));
    }
  }

  /**
   * Returns the path of the file for the levels of categories, in a run that only counts levels.
   */
  public String levelsFile() {
    return stagingFolder().file("levels-counted");
  }

  /** Reads the levels that the job has counted. */
  public LevelCounts readLevels() throws IOException {
    try (InputStream in = Folder.open(levelsFile())) {
      return LevelCounts.read(new DataInputStream(new BufferedInputStream(in)));
    }
  }

  /**
   * Returns this plan with another spec.
   *
   * @param otherSpec the spec
   * @param otherText the YAML of the spec
   */
  public RunPlan withSpec(SegmentationSpec otherSpec, String otherText) {
    return new RunPlan(otherSpec, folders, tuning, models, results.withSpecText(otherText));
  }

  /** Returns whether the run scores users with a saved model instead of training one. */
  public boolean isScore() {
    return models instanceof KnownModels.Scoring;
  }

  /** Returns whether another job can continue the run if the first one does not converge. */
  public boolean canBeContinued() {
    return !tuning.singleJob();
  }

  /** Returns this plan with other folders. */
  public RunPlan withFolders(RunFolders otherFolders) {
    return new RunPlan(spec, otherFolders, tuning, models, results);
  }

  /** Returns whether the run looks up the persona of each user in the previous run. */
  public boolean looksUpPreviousUsers() {
    return models.previousRun().assignments() != null;
  }
}
