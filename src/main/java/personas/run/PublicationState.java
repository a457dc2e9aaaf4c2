package personas.run;

import java.io.IOException;
import personas.connector.storage.Folder;

/**
 * How far a run has brought its results out, by marks in its staging folder: what whoever cancels
 * it, perhaps from another machine, may say of the results.
 */
public enum PublicationState {
  /** Earlier results, and the table of a database, are as they were. */
  NOT_BEGUN,
  /** It was cut off: the output folder has no {@code model.json}. */
  BROKEN,
  /** All results are there. */
  WHOLE;

  private static final String RUN = "run";
  // By their names a folder's removal, last name first, takes RUN before PUBLISHED.
  private static final String BEGUN = "publishing";
  private static final String ENDED = "published";

  /** Marks that a run is there; whoever removes its staging folder says that it is done. */
  public static void prepare(RunPlan plan) throws IOException {
    mark(plan, RUN);
  }

  public static void begin(RunPlan plan) throws IOException {
    mark(plan, BEGUN);
  }

  public static void end(RunPlan plan) throws IOException {
    mark(plan, ENDED);
  }

  /** It failed before anything was changed. */
  public static void unmarkBegun(RunPlan plan) throws IOException {
    plan.stagingFolder().deleteMatching(BEGUN::equals);
  }

  private static void mark(RunPlan plan, String name) throws IOException {
    Folder.create(plan.stagingFolder().file(name)).close();
  }

  /** Of a run that was prepared and whose job has ended. */
  public static PublicationState of(RunPlan plan) throws IOException {
    Folder staging = plan.stagingFolder();
    if (Folder.exists(staging.file(ENDED)) || !Folder.exists(staging.file(RUN))) {
      return WHOLE;
    }
    return Folder.exists(staging.file(BEGUN)) ? BROKEN : NOT_BEGUN;
  }
}
