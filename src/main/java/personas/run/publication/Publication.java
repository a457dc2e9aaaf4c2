package personas.run.publication;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import personas.connector.storage.AtomicFiles;
import personas.connector.storage.Folder;
import personas.model.score.ScoreResult;
import personas.run.RunFolders;
import personas.run.RunOutcome;

/**
 * One attempt to publish the results of a run. It guarantees that a folder with a {@code
 * model.json} or a {@code score.json} holds the files of exactly one run. An engine may make
 * several attempts, even at the same time, and several runs may have the same output folder.
 *
 * <p><b>One run at a time.</b> A run locks the folder by creating the marker {@code
 * .publication-<generation>} of the next generation, which only one process can create. The marker
 * names the run. Another run that finds the marker fails and leaves the results as they are. The
 * marker stays after the run, so that a generation is never used twice and a late attempt finds
 * that its run was published.
 *
 * <p><b>Stale markers.</b> A run that publishes has a publish folder in the output folder. If the
 * marker names a run whose publish folder is gone, that run cannot publish any more, and the next
 * run locks the folder. So removing the staged files of a dead run also unlocks the folder.
 *
 * <p><b>One attempt at a time.</b> Each attempt has a folder: its new files come from this folder,
 * and replaced results go to it. A later attempt of the same run first deletes the folder of the
 * earlier attempt, so the earlier attempt can no longer move a file. A file that only one of the
 * two attempts can create decides whether the earlier attempt had published everything. On a local
 * file system each of these steps is atomic. An object store cannot rename a folder: there an
 * attempt checks the marker before each group of requests, and only requests that were already sent
 * can arrive late.
 *
 * <p><b>The outcome.</b> The launcher adds {@code run.json} after the last attempt, see {@link
 * OutcomeFile}. The next run removes this file first, so that it never describes the results of
 * another run.
 *
 * <p><b>Continuing.</b> Staged assignments belong to all attempts of the run. If an earlier attempt
 * has moved a file, the file is in the output folder and no longer staged, so the later attempt
 * skips it.
 */
public final class Publication {
  /**
   * These files are written last and removed first: if one exists, all other files are complete.
   */
  private static final Set<String> LAST = Set.of("model.json", ScoreResult.FILE);

  /**
   * The beginning of the name of the file that ends an attempt. The attempt creates the file when
   * it has published everything, or a later attempt creates it to stop the attempt.
   */
  private static final String END = "end-";

  private static final String COMMITTED = "committed ";
  static final String ATTEMPT = "attempt-";
  static final String REPLACED = "replaced";

  /** Lets a test act before a step. */
  interface Observer {
    void before(String step) throws IOException;
  }

  /** Writes the tables of databases. */
  public interface Tables {
    void write() throws IOException;
  }

  private final RunFolders folders;
  private final AtomicFiles atomicFiles;
  private final String attempt;
  private final Observer observer;
  private PublicationMarker marker;

  /** Whether this attempt continues an earlier attempt of the same run. */
  private boolean continuesEarlierAttempt;

  /** Creates an attempt with a unique name. */
  public Publication(RunFolders folders, AtomicFiles atomicFiles) {
    this(folders, atomicFiles, UUID.randomUUID().toString(), step -> {});
  }

  Publication(RunFolders folders, AtomicFiles atomicFiles, String attempt, Observer observer) {
    this.folders = folders;
    this.atomicFiles = atomicFiles;
    this.attempt = attempt;
    this.observer = observer;
  }

  /** Returns the folder for files that this attempt writes. */
  public Folder attemptFolder() {
    return attemptFolder(attempt);
  }

  private Folder attemptFolder(String name) {
    return folders.publishFolder().sub(ATTEMPT + name);
  }

  private Folder trash() {
    return attemptFolder().sub(REPLACED);
  }

  /**
   * Returns how far a run has published its results. Any machine may call this method, for example
   * to tell the person who cancels a run whether the results are complete.
   */
  public static PublicationState state(RunFolders folders) throws IOException {
    PublicationMarker newest = PublicationMarker.newest(folders.outputFolder());
    if (isFinished(folders, newest)) {
      return PublicationState.COMPLETE;
    }
    return isPublishing(newest) && newest.isOf(folders.stagingName())
        ? PublicationState.INTERRUPTED
        : PublicationState.NOT_STARTED;
  }

  /** Returns whether an attempt of this run has published all results. */
  public boolean isFinished() throws IOException {
    return isFinished(folders, PublicationMarker.newest(folders.outputFolder()));
  }

  private static boolean isPublishing(PublicationMarker marker) {
    return marker != null && marker.state() == PublicationMarker.State.PUBLISHING;
  }

  private static boolean isFinished(RunFolders folders, PublicationMarker newest)
      throws IOException {
    return (newest != null
            && newest.isOf(folders.stagingName())
            && newest.state() == PublicationMarker.State.PUBLISHED)
        || committed(folders.publishFolder());
  }

  /** Returns whether an attempt in a publish folder has published all results. */
  static boolean committed(Folder folder) throws IOException {
    for (String name : folder.names()) {
      if (name.startsWith(END) && text(folder.file(name)).startsWith(COMMITTED)) {
        return true;
      }
    }
    return false;
  }

  private static String text(String file) throws IOException {
    return new String(Folder.readAll(file), StandardCharsets.UTF_8);
  }

  /**
   * Publishes the results, or finds that another attempt of this run has done so.
   *
   * @param files the files of the run, in {@link #attemptFolder} or staged for all attempts
   * @param tables writes tables of databases before the folder changes; if it fails, nothing is
   *     published
   * @throws IOException if another run publishes to the folder, if another attempt of this run has
   *     taken over, or if a file cannot be moved
   */
  public void publish(List<String> files, Tables tables) throws IOException {
    trash().create();
    // On an object store a folder exists only while it holds a file, and publishing moves the
    // results out of the folder one by one.
    Folder.create(attemptFolder().file("begun")).close();
    boolean hasEnded = false;
    try {
      if (lock()) {
        prepare(files, tables);
        replaceResults(files);
        commit();
      }
      hasEnded = true;
    } finally {
      if (!hasEnded) {
        attemptFolder().deleteAtOnce();
        folders.publishFolder().deleteIfEmpty();
      }
    }
  }

  /** Locks the folder for this attempt; returns false if the run is already published. */
  private boolean lock() throws IOException {
    Folder output = folders.outputFolder();
    while (true) {
      PublicationMarker newest = newestMarker();
      if (isFinished(folders, newest)) {
        markPublished(newest);
        return false;
      }
      continuesEarlierAttempt = isPublishing(newest) && newest.isOf(folders.stagingName());
      if (continuesEarlierAttempt) {
        if (!stopAttempt(newest.attempt())) {
          continue;
        }
      } else if (isOfAnother(folders, newest)) {
        throw locked(folders, newest, "nothing of this run was published");
      }
      marker = successor(newest);
      observer.before("create marker");
      if (!atomicFiles.create(output.file(marker.fileName()), marker.bytes(), attemptFolder())) {
        continue;
      }
      // Two other runs may have published between the check and the creation of the marker.
      if (marker.equals(newestMarker())) {
        output.deleteMatching(name -> isBefore(PublicationMarker.generation(name)));
        return true;
      }
      output.deleteMatching(marker.fileName()::equals);
    }
  }

  private PublicationMarker successor(PublicationMarker newest) {
    return new PublicationMarker(
        newest == null ? 1 : newest.generation() + 1,
        PublicationMarker.State.PUBLISHING,
        folders.stagingName(),
        attempt);
  }

  private boolean isBefore(long generation) {
    return generation > 0 && generation < marker.generation();
  }

  private PublicationMarker newestMarker() throws IOException {
    observer.before("read the newest marker");
    return PublicationMarker.newest(folders.outputFolder());
  }

  /**
   * Checks that no other run publishes to the folder, so that a run fails before it reads its input
   * and not after it has computed everything.
   *
   * @throws IOException if another run publishes to the folder; the message names the run and says
   *     what to do
   */
  public static void refuseLocked(RunFolders folders) throws IOException {
    PublicationMarker newest = PublicationMarker.newest(folders.outputFolder());
    if (isOfAnother(folders, newest)) {
      throw locked(folders, newest, "this run did not start");
    }
  }

  private static boolean isOfAnother(RunFolders folders, PublicationMarker newest)
      throws IOException {
    return isPublishing(newest)
        && !newest.isOf(folders.stagingName())
        && folders.publishFolderOf(newest.run()).exists();
  }

  private static IOException locked(
      RunFolders folders, PublicationMarker other, String consequence) {
    return new IOException(
        String.format(
            Locale.ROOT,
            "%s: another run publishes to this folder, so %s. The lock %s belongs to the run %s."
                + " Wait until that run has ended and start this run again, or name another"
                + " --output. If that run is dead, delete the folder %s first",
            folders.output(),
            consequence,
            other.fileName(),
            other.run(),
            folders.publishFolderOf(other.run()).path()));
  }

  /**
   * Stops an earlier attempt of this run; returns false if that attempt has published all results.
   */
  private boolean stopAttempt(String earlier) throws IOException {
    String end = folders.publishFolder().file(END + earlier);
    observer.before("stop earlier attempt");
    if (!atomicFiles.create(end, bytes("stopped by " + attempt), attemptFolder())
        && text(end).startsWith(COMMITTED)) {
      return false;
    }
    observer.before("remove the folder of the earlier attempt");
    attemptFolder(earlier).deleteAtOnce();
    return true;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Checks the files and writes the tables, because both can fail, before a file in the folder
   * changes.
   */
  private void prepare(List<String> files, Tables tables) throws IOException {
    boolean isPrepared = false;
    try {
      observer.before("check, and write tables");
      Optional<String> obstacle = folders.outputFolder().obstacle(RunFolders::isResult);
      if (obstacle.isPresent()) {
        throw new IOException(obstacle.get());
      }
      refuseGone(
          continuesEarlierAttempt ? folders.outputFolder().findLost(files) : Folder.missing(files));
      tables.write();
      isPrepared = true;
    } finally {
      if (!isPrepared && !continuesEarlierAttempt) {
        mark(marker.with(PublicationMarker.State.WITHDRAWN));
      }
    }
  }

  private void replaceResults(List<String> files) throws IOException {
    Set<String> names = new HashSet<>();
    files.forEach(file -> names.add(name(file)));
    // Without these folders, the launcher of an earlier run can no longer write run.json. An
    // existing run.json is removed before the other results.
    observer.before("remove the folders of outcomes");
    folders.outcomeFolder().deleteAtOnce();
    discard(RunOutcome.FILE::equals);
    discard(LAST::contains);
    // If this attempt continues an earlier one, files with the names of this run may be results of
    // this run, so they stay. All other results are moved away first, because on the file system
    // ext4 a move over an existing file waits for the disk.
    discard(
        name -> RunFolders.isResult(name) && !(continuesEarlierAttempt && names.contains(name)));
    move(files.stream().filter(file -> !LAST.contains(name(file))).toList());
    move(files.stream().filter(file -> LAST.contains(name(file))).toList());
  }

  private static String name(String file) {
    return file.substring(file.lastIndexOf('/') + 1);
  }

  private void discard(Predicate<String> name) throws IOException {
    List<String> old = folders.outputFolder().names().stream().filter(name).toList();
    for (List<String> batch : batches(old)) {
      checkStillOwner();
      observer.before("discard " + batch.get(0));
      if (!folders.outputFolder().discard(batch, trash())) {
        throw ownershipLost();
      }
    }
  }

  private void move(List<String> files) throws IOException {
    Folder output = folders.outputFolder();
    for (List<String> batch : batches(files)) {
      checkStillOwner();
      observer.before("move " + name(batch.get(0)));
      List<String> gone = output.moveHere(batch, output.file(marker.fileName()));
      refuseGone(gone);
    }
  }

  private static void refuseGone(List<String> files) throws IOException {
    if (!files.isEmpty()) {
      throw new IOException(
          files.get(0) + ": the file is gone, so the run cannot be published; start the run again");
    }
  }

  private List<List<String>> batches(List<String> files) {
    int size = folders.outputFolder().filesAtOnce();
    List<List<String>> batches = new ArrayList<>();
    for (int from = 0; from < files.size(); from += size) {
      batches.add(files.subList(from, Math.min(files.size(), from + size)));
    }
    return batches;
  }

  /** Fails if another attempt has locked the folder since this attempt locked it. */
  private void checkStillOwner() throws IOException {
    Folder output = folders.outputFolder();
    if (!Folder.exists(output.file(marker.fileName()))
        || Folder.exists(output.file(marker.nextFileName()))) {
      throw ownershipLost();
    }
  }

  private IOException ownershipLost() {
    return new IOException(
        folders.output() + ": another attempt of this run has taken over the publication");
  }

  /** Ends the attempt. Afterwards no other attempt of this run changes the results. */
  private void commit() throws IOException {
    observer.before("commit");
    String end = folders.publishFolder().file(END + attempt);
    try {
      if (!atomicFiles.create(end, bytes(COMMITTED + attempt), attemptFolder())) {
        throw ownershipLost();
      }
    } catch (NoSuchFileException noAttemptFolder) {
      throw ownershipLost();
    }
    try {
      mark(marker.with(PublicationMarker.State.PUBLISHED));
    } catch (IOException e) {
      // A later attempt may have written the marker and removed the staging folder.
      if (!isFinished()) {
        throw e;
      }
    }
  }

  private void markPublished(PublicationMarker newest) throws IOException {
    if (isPublishing(newest) && newest.isOf(folders.stagingName())) {
      mark(newest.with(PublicationMarker.State.PUBLISHED));
    }
  }

  private void mark(PublicationMarker changed) throws IOException {
    observer.before("mark as " + changed.state());
    atomicFiles.replace(
        folders.outputFolder().file(changed.fileName()), changed.bytes(), attemptFolder());
  }
}
