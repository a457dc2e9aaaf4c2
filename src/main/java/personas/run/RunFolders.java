package personas.run;

import java.io.IOException;
import java.io.Serializable;
import java.util.regex.Pattern;
import personas.connector.storage.Folder;

/**
 * Where a run reads and writes.
 *
 * @param input the pattern of the files to read, or the name of the database
 * @param output the folder of the results
 * @param staging the folder of the shards, which belongs to this run alone
 */
public record RunFolders(String input, String output, String staging) implements Serializable {

  /** The beginning of the names of folders that a run makes for itself and removes. */
  public static final String STAGING_PREFIX = Folder.STAGING_PREFIX;

  /** The spec of a run beside its model. */
  public static final String SPEC_FILE = "model-spec.yaml";

  /** The file of a staging folder that says which run may be continued from there. */
  public static final String RESUME_FILE = "resume.json";

  private static final Pattern RESULT =
      Pattern.compile(
          "rejected-\\d+\\.csv|assignments-\\d+\\.(csv|avro|parquet)"
              + "|audience-[a-z0-9-]+-\\d{5}\\.csv|audiences-\\d+\\.(csv|avro)"
              + "|users-\\d+\\.(csv|avro|parquet)"
              + "|(centroids|examples|iterations|k_selection|ledger|profile)\\.csv"
              + "|(model|report|score|drift|events|run)\\.json"
              + "|model-spec\\.yaml|report\\.html|customer_clusters\\.png");

  /** Whether a file of this name in an output folder is a result; a run touches no other file. */
  public static boolean isResult(String name) {
    return RESULT.matcher(name).matches();
  }

  /** These folders, with the staging folder of another run in the same place. */
  public RunFolders withStaging(String name) {
    return new RunFolders(input, output, stagingParent() + name);
  }

  /** The folder that the staging folder is in, with a slash at the end. */
  public String stagingParent() {
    String name = stagingName();
    return staging.substring(0, staging.lastIndexOf(name));
  }

  public Folder outputFolder() {
    return new Folder(output);
  }

  public Folder stagingFolder() {
    return new Folder(staging);
  }

  /** Where results wait until all are there; beside the output, so that moving them is a rename. */
  public Folder publishFolder() {
    return publishFolderOf(stagingName());
  }

  /** The publish folder of a run in the same output folder, by the run's staging name. */
  public Folder publishFolderOf(String run) {
    return outputFolder().sub(STAGING_PREFIX + run);
  }

  /**
   * Where launchers write {@code run.json} before they move it to the results. All runs into the
   * output folder share this folder, so that a run can stop all earlier launchers at once.
   */
  public Folder outcomeFolder() {
    return outputFolder().sub(STAGING_PREFIX + "outcome");
  }

  /** The name of the folder that the run stages in; no other run has it. */
  public String stagingName() {
    String trimmed = staging.endsWith("/") ? staging.substring(0, staging.length() - 1) : staging;
    return trimmed.substring(trimmed.lastIndexOf('/') + 1);
  }

  /**
   * The file in which a job that did not converge saves its state for the next job.
   *
   * @param round counts the jobs of the run from 1
   */
  public String savedState(int round) {
    return stagingFolder().file("state-" + round);
  }

  /** The file of what reading the events gave, in a run that aggregates events. */
  public String eventTotals() {
    return stagingFolder().file("events-read");
  }

  /** The file of what aggregating the events gave, in a run that aggregates events. */
  public String aggregatedUsers() {
    return stagingFolder().file("events-aggregated");
  }

  /**
   * Removes what the run staged; harmless if nothing is left. First goes the file without which
   * nobody continues the run, so that nobody finds half of what it staged.
   */
  public void removeStaging() throws IOException {
    stagingFolder().deleteMatching(RESUME_FILE::equals);
    publishFolder().deleteTree();
    stagingFolder().deleteTree();
  }

  /** Whether a folder that the run staged in exists. */
  public boolean hasStaging() throws IOException {
    return publishFolder().exists() || stagingFolder().exists();
  }
}
