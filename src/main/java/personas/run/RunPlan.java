package personas.run;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import personas.connector.storage.Folder;
import personas.feature.moments.LevelCounts;
import personas.feature.shard.UserSample;
import personas.model.StickinessPrice;
import personas.report.data.RuleSettings;
import personas.spec.SegmentationSpec;

/**
 * What a run is to do, settled before its first job starts.
 *
 * @param spec the segmentation, with the flags applied
 * @param folders where the run reads and writes
 * @param tuning what changes time and memory, and never a result
 * @param models the models that the run starts from
 * @param dataDate the date of the data, {@code 2026-10-31}; empty if it was not given
 * @param specText the YAML of the segmentation, which goes beside the results; empty for a score
 * @param explains whether the assignments say of each user why it has its persona
 * @param rules what the user asks of the rules in the report
 */
public record RunPlan(
    SegmentationSpec spec,
    RunFolders folders,
    JobTuning tuning,
    KnownModels models,
    String dataDate,
    String specText,
    boolean explains,
    RuleSettings rules)
    implements Serializable {

  /** A run that writes no spec beside its results and explains no users. */
  public RunPlan(
      SegmentationSpec spec,
      RunFolders folders,
      JobTuning tuning,
      KnownModels models,
      String dataDate) {
    this(spec, folders, tuning, models, dataDate, "", false, RuleSettings.NONE);
  }

  /** The same run with a margin that holds users in their previous persona. */
  public RunPlan withMargin(StickinessPrice.Choice margin) {
    return withModels(models.withMargin(margin));
  }

  /** The same run that starts from other models. */
  public RunPlan withModels(KnownModels others) {
    return new RunPlan(spec, folders, tuning, others, dataDate, specText, explains, rules);
  }

  /** The pattern of the files to read, or the name of the database. */
  public String input() {
    return folders.input();
  }

  /** The folder of the shards, which belongs to this run alone. */
  public Folder stagingFolder() {
    return folders.stagingFolder();
  }

  /** The file that gets the sample, if the job only draws a sample of the users. */
  public String sampleFile() {
    return stagingFolder().file("sample");
  }

  /** The sample that the job has drawn. */
  public UserSample readSample() throws IOException {
    try (InputStream in = Folder.open(sampleFile())) {
      return UserSample.read(new DataInputStream(new BufferedInputStream(in)));
    }
  }

  /** The file that gets the levels of categories, if the job only counts them. */
  public String levelsFile() {
    return stagingFolder().file("levels-counted");
  }

  /** The levels that the job has counted. */
  public LevelCounts readLevels() throws IOException {
    try (InputStream in = Folder.open(levelsFile())) {
      return LevelCounts.read(new DataInputStream(new BufferedInputStream(in)));
    }
  }

  /**
   * The same run by another spec.
   *
   * @param otherText its YAML
   */
  public RunPlan withSpec(SegmentationSpec other, String otherText) {
    return new RunPlan(other, folders, tuning, models, dataDate, otherText, explains, rules);
  }

  /** Whether the run applies a saved model instead of training one. */
  public boolean isScore() {
    return models.scored() != null;
  }

  /** Whether another job can continue the run; the only job of a run that takes one cannot. */
  public boolean canBeContinued() {
    return !tuning.singleJob();
  }

  /** This plan with other folders. */
  public RunPlan in(RunFolders others) {
    return new RunPlan(spec, others, tuning, models, dataDate, specText, explains, rules);
  }

  /** Whether the run says of each user what the previous run said. */
  public boolean looksUpPreviousUsers() {
    return models.previousAssignments() != null;
  }
}
