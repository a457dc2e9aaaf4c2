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
import personas.connector.storage.AtomicFiles;
import personas.connector.storage.Folder;
import personas.run.RunFolders;
import personas.run.publication.ReplacedResults;

/**
 * Names staging folders after the process that owns them, so that a later run can remove the
 * folders of killed runs. A process may take a folder over, see {@link StagingClaim}.
 *
 * <p>Only a run whose workers are threads of its process dies with the process. A job on a cluster
 * outlives the process that submitted it, so the names of its folders contain {@code unknown}
 * instead of the namespace, and such folders are never removed.
 *
 * <p>The name contains the namespace of process ids: the boot id of the machine and the pid
 * namespace of the kernel. A process cannot check other machines, other containers, or runs before
 * the last boot, so folders with another namespace stay. In the same namespace, a run is dead if no
 * process has its id. If the id was given to another process, the folder only stays longer.
 */
public final class StagingOwner {
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path PROCESS_IDS = Path.of("/proc/self/ns/pid");
  private static final Path SELF = Path.of("/proc/self");
  static final String UNKNOWN_NAMESPACE = "unknown";
  private static final Pattern NAME =
      Pattern.compile(
          "(?:"
              + Pattern.quote(RunFolders.STAGING_PREFIX)
              + ")+([0-9a-f]{8}-[0-9]+|unknown)-([0-9]+)-[0-9a-f]+");

  private StagingOwner() {}

  /**
   * Returns a unique name for a run: the namespace of process ids, the process and a random part.
   */
  public static String runName(PipelineOptions options) {
    return owner(options) + "-" + UUID.randomUUID().toString().substring(24);
  }

  /**
   * Returns the owner of the staging folder of a run: this process, or {@link #UNKNOWN_NAMESPACE}
   * with the process id if the job runs elsewhere and may outlive this process.
   */
  static String owner(PipelineOptions options) {
    String namespace =
        RunnerSettings.isInThisProcess(options) ? processNamespace() : UNKNOWN_NAMESPACE;
    return namespace + "-" + ProcessHandle.current().pid();
  }

  /**
   * Returns the namespace of process ids to which this process belongs; {@link #UNKNOWN_NAMESPACE}
   * if the namespace is not known.
   */
  static String processNamespace() {
    try {
      // The link reads pid:[4026531836]. No other living namespace has the same number.
      String namespace = Files.readSymbolicLink(PROCESS_IDS).toString().replaceAll("[^0-9]", "");
      return Files.readString(BOOT).substring(0, 8) + "-" + namespace;
    } catch (IOException | IndexOutOfBoundsException | UnsupportedOperationException e) {
      return UNKNOWN_NAMESPACE;
    }
  }

  /**
   * Removes the folders of dead runs that the account of this process owns, in the output folder
   * and in the parent of the staging folder. A folder in a cloud stays, because its run may still
   * be alive. If a folder cannot be removed, a message names it, and this run continues.
   */
  public static void removeAbandoned(RunFolders folders) {
    String staging = folders.staging();
    removeAbandoned(folders.output());
    removeAbandoned(staging.substring(0, staging.lastIndexOf('/')));
  }

  private static void removeAbandoned(String parent) {
    if (processNamespace().equals(UNKNOWN_NAMESPACE)
        || parent.contains("://")
        || !Files.isDirectory(Path.of(parent))) {
      return;
    }
    AtomicFiles atomicFiles = new AtomicFiles(PipelineOptionsFactory.create());
    abandoned(parent).forEach(path -> removeAbandoned(path, atomicFiles));
  }

  private static List<Path> abandoned(String parent) {
    try {
      // Processes of another account may be invisible, so folders of other accounts stay.
      UserPrincipal account = Files.getOwner(SELF);
      try (Stream<Path> files = Files.list(Path.of(parent))) {
        return files.filter(file -> isAbandoned(file, account)).sorted().toList();
      }
    } catch (IOException | UncheckedIOException | UnsupportedOperationException e) {
      System.err.println(
          parent
              + ": the folders of killed runs could not be searched for, so they stay there: "
              + e);
      return List.of();
    }
  }

  private static void removeAbandoned(Path path, AtomicFiles atomicFiles) {
    Folder folder = new Folder(path.toString());
    try {
      // Another run may have started to continue this run.
      if (claim(folder)
          .takeOver(atomicFiles, processNamespace() + "-" + ProcessHandle.current().pid())) {
        folder.deleteMatching(RunFolders.RESUME_FILE::equals);
        ReplacedResults.keep(path)
            .ifPresent(
                keptFolder ->
                    System.err.println(
                        "A run was killed while it replaced results. The replaced files are in "
                            + keptFolder
                            + " until the next run has published"));
        folder.deleteTree();
      }
    } catch (IOException | UncheckedIOException e) {
      System.err.println(
          path
              + ": the folder of a killed run could not be removed; delete the folder: "
              + e.getMessage());
    }
  }

  private static boolean isAbandoned(Path folder, UserPrincipal account) {
    try {
      return NAME.matcher(folder.getFileName().toString()).matches()
          && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
          && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(account)
          && claim(new Folder(folder.toString())).isDead();
    } catch (IOException gone) {
      return false;
    }
  }

  /** Returns the newest claim to a staging folder or to a publish folder. */
  static StagingClaim claim(Folder folder) throws IOException {
    String path = folder.path();
    Matcher name =
        NAME.matcher(
            path.substring(path.lastIndexOf('/', path.length() - 2) + 1, path.length() - 1));
    return StagingClaim.newest(folder, name.matches() ? name.group(1) + "-" + name.group(2) : "");
  }

  /** Returns whether the account of this process owns a folder. */
  static boolean isOwnedByThisAccount(Path folder) throws IOException {
    try {
      return Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(SELF));
    } catch (NoSuchFileException noProcFiles) {
      return Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS)
          .getName()
          .equals(System.getProperty("user.name"));
    }
  }

  /**
   * Returns whether a namespace of process ids belongs to this machine since its last boot, so that
   * a crash cannot have damaged the files of the processes. Returns true for {@link
   * #UNKNOWN_NAMESPACE}.
   */
  static boolean isSinceBoot(String namespace) {
    String current = processNamespace();
    return namespace.equals(UNKNOWN_NAMESPACE)
        || current.equals(UNKNOWN_NAMESPACE)
        || namespace.startsWith(current.substring(0, current.indexOf('-') + 1));
  }
}
