package personas.pipeline;

import java.io.Serializable;
import java.util.regex.Pattern;
import personas.model.PreviousModel;
import personas.model.SavedModel;
import personas.spec.SegmentationSpec;

/**
 * What a run is to do, settled before its first job starts.
 *
 * @param spec the segmentation, with the flags applied
 * @param input the pattern of the files to read
 * @param output the folder of the results
 * @param staging the folder of the shards, this run's own
 * @param rangeBytes bytes of a file that are read by one task
 * @param slots tasks that a pass over the shards is cut into
 * @param ownThreads whether an element holds all tasks of a step; see {@link SideBySide}
 * @param inMemory whether shards may stay in this process: all jobs are played here, and the input
 *     is small beside the heap
 * @param iterationsPerJob passes that one job unrolls
 * @param dataDate the date of the data, {@code 2026-10-31}; empty where it was not given
 * @param previous the model that the run goes on from; null where there is none
 * @param previousAssignments the pattern of the files of the run that {@code previous} is of; null
 *     where no user is looked up there
 * @param scored the model that users are scored with; null where one is trained
 * @param singleJob whether no further job can follow: what has not converged by then says so
 */
public record RunPlan(
    SegmentationSpec spec,
    String input,
    String output,
    String staging,
    long rangeBytes,
    int slots,
    boolean ownThreads,
    boolean inMemory,
    int iterationsPerJob,
    boolean singleJob,
    String dataDate,
    PreviousModel previous,
    SavedModel scored,
    String previousAssignments)
    implements Serializable {

  /** How the names of the folders begin that a run makes for itself and removes. */
  public static final String STAGING_PREFIX = ".staging-";

  private static final Pattern RESULT =
      Pattern.compile(
          "rejected-\\d+\\.csv|assignments-\\d+\\.(csv|avro|parquet)|(centroids|iterations|k_selection|ledger)\\.csv|(model|report|score|drift)\\.json"
              + "|report\\.html|customer_clusters\\.png");

  /** Whether a file of this name in an output folder is a run's; nothing else there is touched. */
  public static boolean isResult(String name) {
    return RESULT.matcher(name).matches();
  }

  /** The same for an engine of one thread. */
  public RunPlan withOwnThreads() {
    return new RunPlan(
        spec,
        input,
        output,
        staging,
        rangeBytes,
        slots,
        true,
        inMemory,
        iterationsPerJob,
        singleJob,
        dataDate,
        previous,
        scored,
        previousAssignments);
  }

  /** Whether an input of so many bytes may stay in memory as shards. */
  public static boolean fitsInMemory(long inputBytes) {
    return ShardStore.fits(inputBytes);
  }

  Folder outputFolder() {
    return new Folder(output);
  }

  Folder stagingFolder() {
    return new Folder(staging);
  }

  /** Where results wait until all are there; beside the output, so that moving them is a rename. */
  Folder publishFolder() {
    return outputFolder().sub(STAGING_PREFIX + stagingName());
  }

  /** The name of the folder that the run stages in; no other run has it. */
  String stagingName() {
    String trimmed = staging.endsWith("/") ? staging.substring(0, staging.length() - 1) : staging;
    return trimmed.substring(trimmed.lastIndexOf('/') + 1);
  }
}
