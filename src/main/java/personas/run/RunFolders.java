package personas.run;

import java.io.IOException;
import java.io.Serializable;
import java.util.regex.Pattern;
import personas.connector.storage.Folder;

/**
 * The folders in which a run reads and writes.
 *
 * @param input the pattern of the files to read, or the name of the database
 * @param output the folder of the results
 * @param staging the folder of the shards, which belongs to this run alone
 */
public record RunFolders(String input, String output, String staging) implements Serializable {

  /** The beginning of the names of folders that a run creates and removes. */
  public static final String STAGING_PREFIX = Folder.STAGING_PREFIX;

  /** The file of the spec in the folder of the results. */
  public static final String SPEC_FILE = "model-spec.yaml";

  /** The file in a staging folder that describes which run can continue from the folder. */
  public static final String RESUME_FILE = "resume.json";

  private static final Pattern RESULT =
      Pattern.compile(
          "rejected-\\d+\\.csv|assignments-\\d+\\.(csv|avro|parquet)"
              + "|audience-[a-z0-9-]+-\\d{5}\\.csv|audiences-\\d+\\.(csv|avro)"
              + "|users-\\d+\\.(csv|avro|parquet)"
              + "|(centroids|examples|iterations|k_selection|ledger|profile)\\.csv"
              + "|(model|report|score|drift|events|run)\\.json"
              + "|model-spec\\.yaml|report\\.html|customer_clusters\\.png");

  /**
   * Returns whether a file name in an output folder is a result. A run never changes other files.
   */
  public static boolean isResult(String name) {
    return RESULT.matcher(name).matches();
  }

  /** Returns these folders with another staging folder in the same parent folder. */
  public RunFolders withStaging(String name) {
    return new RunFolders(input, output, stagingParent() + name);
  }

  /** Returns the parent of the staging folder, with a slash at the end. */
  public String stagingParent() {
    String name = stagingName();
    return staging.substring(0, staging.lastIndexOf(name));
  }

  /** Returns the folder of the results. */
  public Folder outputFolder() {
    return new Folder(output);
  }

  /** Returns the folder of the shards, which belongs to this run alone. */
  public Folder stagingFolder() {
    return new Folder(staging);
  }

  /**
   * Returns the folder where results wait until all of them are written. It lies within the output
   * folder, so that moving a result is only a rename.
   */
  public Folder publishFolder() {
    return publishFolderOf(stagingName());
  }

  /**
   * Returns the publish folder of a run with the same output folder.
   *
   * @param runName the {@link #stagingName} of that run
   */
  public Folder publishFolderOf(String runName) {
    return outputFolder().sub(STAGING_PREFIX + runName);
  }

  /**
   * Returns the folder where launchers write {@code run.json} before they move it to the results.
   * All runs with the same output folder share this folder. A run removes the folder, so that an
   * earlier launcher can no longer publish its {@code run.json}.
   */
  public Folder outcomeFolder() {
    return outputFolder().sub(STAGING_PREFIX + "outcome");
  }

  /** Returns the name of the staging folder, which no other run has. */
  public String stagingName() {
    String trimmed = staging.endsWith("/") ? staging.substring(0, staging.length() - 1) : staging;
    return trimmed.substring(trimmed.lastIndexOf('/') + 1);
  }

  /**
   * Returns the path of the file in which a job that did not converge saves the state of the
   * iteration for the next job.
   *
   * @param round the number of the job within the run, from 1
   */
  public String savedState(int round) {
    return stagingFolder().file("state-" + round);
  }

  /** Returns the path of the file with the totals of the events that were read. */
  public String eventTotals() {
    return stagingFolder().file("events-read");
  }

  /** Returns the path of the file with the list of the aggregated users. */
  public String aggregatedUsers() {
    return stagingFolder().file("events-aggregated");
  }

  /**
   * Removes the staged files of the run, if there are any. {@link #RESUME_FILE} is removed first,
   * so that no later run tries to continue from incomplete files.
   */
  public void removeStaging() throws IOException {
    stagingFolder().deleteMatching(RESUME_FILE::equals);
    publishFolder().deleteTree();
    stagingFolder().deleteTree();
  }

  /** Returns whether a folder with staged files of the run exists. */
  public boolean hasStaging() throws IOException {
    return publishFolder().exists() || stagingFolder().exists();
  }
}
