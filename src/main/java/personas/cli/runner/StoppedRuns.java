package personas.cli.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.options.PipelineOptions;
import personas.connector.Connectors;
import personas.connector.storage.AtomicFiles;
import personas.connector.storage.FilePattern;
import personas.connector.storage.Folder;
import personas.connector.storage.RefusalFile;
import personas.connector.storage.WriteFence;
import personas.run.ProgressFiles;
import personas.run.RunFolders;
import personas.run.RunPlan;
import personas.run.resume.InputFile;
import personas.run.resume.RunFingerprint;
import personas.run.resume.SavedStates;
import personas.run.state.TrainingState;

/**
 * The stopped runs of an output folder. The flag {@code --resume} continues the stopped run with
 * the most steps. A run can continue only a run with the same results, see {@link RunFingerprint}.
 *
 * <p>The continued run keeps the staging folder and the name of the stopped run. So the continued
 * run counts as another attempt to publish the same run, which {@link
 * personas.run.publication.Publication} allows even while an earlier attempt is alive.
 */
public final class StoppedRuns {
  private static final String ANEW = "--resume: this run starts anew";

  private final RunPlan plan;
  private final AtomicFiles atomicFiles;
  private final String owner;
  private final Consumer<String> say;

  /** A stopped run that can be continued. */
  private record StoppedRun(
      RunFolders folders, StagingClaim claim, String file, TrainingState state) {
    long steps() {
      return state.steps();
    }
  }

  /** Why a stopped run cannot be continued. */
  private static final class NotContinued extends Exception {
    private static final long serialVersionUID = 1;

    NotContinued(String reason) {
      super(reason);
    }
  }

  /**
   * Prepares the search for stopped runs.
   *
   * @param plan the plan of the run that may continue a stopped run
   * @param options the flags
   * @param say gets lines for people
   */
  public StoppedRuns(RunPlan plan, PipelineOptions options, Consumer<String> say) {
    this.plan = plan;
    this.atomicFiles = new AtomicFiles(options);
    this.owner = StagingOwner.owner(options);
    this.say = say;
  }

  /** Saves the fingerprint of a run in its staging folder, so that a later run can continue it. */
  public static void record(RunPlan plan) throws IOException {
    if (plan.canBeContinued()) {
      fingerprint(plan).save(plan.stagingFolder());
    }
  }

  private static RunFingerprint fingerprint(RunPlan plan) throws IOException {
    String previous = plan.models().previousRun().assignments();
    String output = plan.folders().output();
    return RunFingerprint.of(
        plan,
        output.contains("://") ? output : Path.of(output).toAbsolutePath().normalize().toString(),
        Connectors.source(plan.spec().input()).isFiles() ? files(plan.input()) : List.of(),
        previous == null ? List.of() : files(previous));
  }

  private static List<InputFile> files(String pattern) throws IOException {
    List<InputFile> files = new ArrayList<>();
    for (MatchResult.Metadata file : FilePattern.files(pattern)) {
      files.add(
          new InputFile(file.resourceId().toString(), file.sizeBytes(), file.lastModifiedMillis()));
    }
    return files;
  }

  /**
   * Takes over the stopped run with the most steps and reports that it continues. If no run can be
   * continued, reports the reason and returns a run that starts from the beginning.
   */
  public RunStart takeOver() throws IOException {
    if (!Connectors.source(plan.spec().input()).isFiles() && plan.dataDate().isEmpty()) {
      say.accept(
          ANEW
              + ". The rows of a database may have changed since the stopped run read them; give"
              + " --dataDate to declare that they are the same");
      return RunStart.newRun(plan);
    }
    List<StoppedRun> stopped = continuable();
    stopped.sort(Comparator.comparingLong(StoppedRun::steps).reversed());
    for (StoppedRun run : stopped) {
      if (run.claim().takeOver(atomicFiles, owner)) {
        return continued(run);
      }
    }
    say.accept(ANEW + ": " + plan.folders().stagingParent() + " holds no run to continue");
    return RunStart.newRun(plan);
  }

  private List<StoppedRun> continuable() throws IOException {
    RunFingerprint fingerprint = fingerprint(plan);
    List<StoppedRun> runs = new ArrayList<>();
    String stagingFolders = plan.folders().stagingParent() + RunFolders.STAGING_PREFIX + "*/";
    for (MatchResult.Metadata file : FilePattern.files(stagingFolders + RunFolders.RESUME_FILE)) {
      String path = file.resourceId().toString();
      String folder = path.substring(0, path.lastIndexOf('/'));
      String name = folder.substring(folder.lastIndexOf('/') + 1);
      try {
        runs.add(continuable(fingerprint, plan.folders().withStaging(name)));
      } catch (NotContinued reason) {
        say.accept("--resume: " + folder + " is not continued: " + reason.getMessage());
      }
    }
    return runs;
  }

  private static StoppedRun continuable(RunFingerprint fingerprint, RunFolders folders)
      throws NotContinued {
    try {
      StagingClaim claim = StagingOwner.claim(folders.stagingFolder());
      refuseInUse(folders, claim);
      RunFingerprint stopped = RunFingerprint.load(folders.stagingFolder());
      if (!stopped.output().equals(fingerprint.output())) {
        throw new NotContinued("its output folder is " + stopped.output());
      }
      Optional<String> difference = fingerprint.differenceFrom(stopped);
      if (difference.isPresent()) {
        throw new NotContinued(difference.get());
      }
      Optional<String> state = SavedStates.newest(folders.stagingFolder());
      if (state.isEmpty()) {
        throw new NotContinued("it was stopped before it had read its whole input");
      }
      TrainingState newest = SavedStates.load(state.get());
      newest.manifest();
      return new StoppedRun(folders, claim, state.get(), newest);
    } catch (IOException | RuntimeException e) {
      throw new NotContinued("its saved states cannot be read (" + e.getMessage() + ")");
    }
  }

  /**
   * Refuses a run that is in use, a run of another account, and a run whose files a crash of the
   * machine may have damaged.
   */
  private static void refuseInUse(RunFolders folders, StagingClaim claim)
      throws NotContinued, IOException {
    if (claim.isAlive()) {
      throw new NotContinued("process " + claim.process() + " still runs");
    }
    String staging = folders.staging();
    if (staging.contains("://")) {
      return;
    }
    // Reading a saved state deserializes objects, so this account must own the file.
    Path path = Path.of(staging);
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
        || !StagingOwner.isOwnedByThisAccount(path)) {
      throw new NotContinued("it is not a folder of this account");
    }
    if (!StagingOwner.isSinceBoot(claim.namespace())) {
      throw new NotContinued(
          "it ran on another machine, or before the last start of this machine, so its files may be"
              + " incomplete");
    }
  }

  private RunStart continued(StoppedRun stopped) throws IOException {
    RunPlan continued = plan.withFolders(stopped.folders());
    WriteFence.reopen(continued.stagingFolder(), continued.folders().publishFolder());
    if (!continued.folders().staging().contains("://")) {
      // Another run with its staging folder in another place finds only the publish folder of this
      // run. It would remove the publish folder if the owner of the folder were dead.
      StagingOwner.claim(continued.folders().publishFolder()).takeOver(atomicFiles, owner);
    }
    ProgressFiles.removeAssigned(continued.stagingFolder());
    new RefusalFile(continued.stagingFolder()).clear();
    int round = 1;
    while (Folder.exists(continued.folders().savedState(round))) {
      round++;
    }
    say.accept(
        String.format(
            Locale.ROOT,
            "--resume: continues the stopped run in %s after iteration %,d. Its whole input was"
                + " read: %,d records",
            continued.folders().staging(),
            stopped.state().lloyd().iterations(),
            stopped.state().manifest().ledger().read()));
    return new RunStart(continued, stopped.file(), round);
  }

  /**
   * Returns whether a stopped run has saved a newer state than the state it started with, so that
   * another run can continue it. A run that fails twice at the same place is not continued again.
   */
  public static boolean hasSavedMore(RunStart start) {
    try {
      return SavedStates.newest(start.plan().stagingFolder())
          .filter(newest -> !newest.equals(start.savedState()))
          .isPresent();
    } catch (IOException | RuntimeException unknown) {
      return false;
    }
  }
}
