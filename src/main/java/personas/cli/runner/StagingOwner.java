package personas.cli.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import personas.connector.storage.ExclusiveFiles;
import personas.connector.storage.Folder;
import personas.run.RunFolders;
import personas.run.publication.ReplacedResults;

/**
 * Which process a staging folder belongs to, by its name: so that a run can remove what one that
 * was killed, and could not tidy up, left where this one stages and publishes. A process may take a
 * folder over, see {@link StagingClaim}.
 *
 * <p>Only a run whose workers are threads of its own process dies with it. A cluster's job outlives
 * the process that submitted it, so its folders get a name of nobody, whose folders nobody removes.
 *
 * <p>The name says in which space of process ids, of which start of which machine, the process has
 * its number. Another machine, another container of this one, and this one before it was started
 * again cannot be told apart from here, so what they left stays. In the same space a number that no
 * process has means that the run is dead; one that was given to another process since only keeps
 * the folder longer.
 */
public final class StagingOwner {
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path PROCESS_IDS = Path.of("/proc/self/ns/pid");
  private static final Path SELF = Path.of("/proc/self");
  static final String NOBODY = "unknown";
  private static final Pattern NAME =
      Pattern.compile(
          "(?:"
              + Pattern.quote(RunFolders.STAGING_PREFIX)
              + ")+([0-9a-f]{8}-[0-9]+|unknown)-([0-9]+)-[0-9a-f]+");

  private StagingOwner() {}

  /** A name that no other run has: of the space of process ids, the process and the run. */
  public static String runName(PipelineOptions options) {
    return owner(options) + "-" + UUID.randomUUID().toString().substring(24);
  }

  /**
   * Who uses the staging folder of a run: this process, or nobody who is known here if the job runs
   * elsewhere and may outlive this process.
   */
  static String owner(PipelineOptions options) {
    String space = RunnerSettings.isInThisProcess(options) ? processIds() : NOBODY;
    return space + "-" + ProcessHandle.current().pid();
  }

  /** The space that this process has its number in; {@link #NOBODY} where it is not known. */
  static String processIds() {
    try {
      // It reads pid:[4026531836]; the kernel gives the number to no other space that is alive.
      String space = Files.readSymbolicLink(PROCESS_IDS).toString().replaceAll("[^0-9]", "");
      return Files.readString(BOOT).substring(0, 8) + "-" + space;
    } catch (IOException | IndexOutOfBoundsException | UnsupportedOperationException e) {
      return NOBODY;
    }
  }

  /**
   * Removes what dead runs of this user left in the output folder and beside the staging folder of
   * a run. A folder in a cloud stays: nobody here can tell whether its run goes on. What cannot be
   * removed is named, and this run goes on.
   */
  public static void removeAbandoned(RunFolders folders) {
    String staging = folders.staging();
    removeAbandoned(folders.output());
    removeAbandoned(staging.substring(0, staging.lastIndexOf('/')));
  }

  private static void removeAbandoned(String parent) {
    if (processIds().equals(NOBODY)
        || parent.contains("://")
        || !Files.isDirectory(Path.of(parent))) {
      return;
    }
    ExclusiveFiles exclusive = new ExclusiveFiles(PipelineOptionsFactory.create());
    abandoned(parent).forEach(path -> removeAbandoned(path, exclusive));
  }

  private static List<Path> abandoned(String parent) {
    try {
      // Of another user not even the process may be seen, and where all write nobody else is asked.
      UserPrincipal user = Files.getOwner(SELF);
      try (Stream<Path> files = Files.list(Path.of(parent))) {
        return files.filter(file -> isAbandoned(file, user)).sorted().toList();
      }
    } catch (IOException | UncheckedIOException | UnsupportedOperationException e) {
      System.err.println("not looked for what killed runs left in " + parent + ": " + e);
      return List.of();
    }
  }

  private static void removeAbandoned(Path path, ExclusiveFiles exclusive) {
    Folder folder = new Folder(path.toString());
    try {
      // Another run may have begun to continue it since.
      if (claim(folder).takeOver(exclusive, processIds() + "-" + ProcessHandle.current().pid())) {
        folder.deleteMatching(RunFolders.RESUME_FILE::equals);
        ReplacedResults.keep(path)
            .ifPresent(
                kept ->
                    System.err.println(
                        "a run was killed while it replaced results; the files that it had"
                            + " replaced are in "
                            + kept
                            + " until the next run has published"));
        folder.deleteTree();
      }
    } catch (IOException | UncheckedIOException e) {
      System.err.println(path + " was left by a killed run and stays: " + e.getMessage());
    }
  }

  private static boolean isAbandoned(Path folder, UserPrincipal user) {
    try {
      return NAME.matcher(folder.getFileName().toString()).matches()
          && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
          && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(user)
          && claim(new Folder(folder.toString())).isDead();
    } catch (IOException gone) {
      return false;
    }
  }

  /** The newest claim to a staging folder or to a publish folder. */
  static StagingClaim claim(Folder folder) throws IOException {
    String path = folder.path();
    Matcher name =
        NAME.matcher(
            path.substring(path.lastIndexOf('/', path.length() - 2) + 1, path.length() - 1));
    return StagingClaim.newest(folder, name.matches() ? name.group(1) + "-" + name.group(2) : "");
  }

  /** Whether a folder belongs to the user of this process. */
  static boolean isOfThisUser(Path folder) throws IOException {
    try {
      return Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(SELF));
    } catch (NoSuchFileException noSuchSystem) {
      return Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS)
          .getName()
          .equals(System.getProperty("user.name"));
    }
  }

  /**
   * Whether a space of process ids is of this machine since its last start, so that no file of its
   * processes was lost in a crash of the machine; true also for the name of nobody.
   */
  static boolean isSinceStart(String space) {
    String own = processIds();
    return space.equals(NOBODY)
        || own.equals(NOBODY)
        || space.startsWith(own.substring(0, own.indexOf('-') + 1));
  }
}
