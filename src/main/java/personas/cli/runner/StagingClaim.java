package personas.cli.runner;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import personas.connector.storage.AtomicFiles;
import personas.connector.storage.Folder;
import personas.connector.storage.WriteFence;

/**
 * The claim of a process to a staging folder. The name of the folder contains the process that
 * created it. A process that continues the run, or removes the folder, first creates a file in the
 * subfolder {@code owners}. The name of the file is the number of the next generation. Only one
 * process can create this file. So a process cannot remove a folder while another process continues
 * the run.
 *
 * @param folder the staging folder
 * @param generation the number of earlier claims; 0 for the claim of the process that created the
 *     folder
 * @param namespace the namespace of the process id, see {@link StagingOwner}
 * @param process the id of the process
 */
record StagingClaim(Folder folder, long generation, String namespace, long process) {
  private static final Pattern OWNER = Pattern.compile("(.+)-([0-9]{1,18})");

  /**
   * Returns the newest claim to a folder.
   *
   * @param folder the staging folder
   * @param creator the process that created the folder, as the name of the folder states it
   */
  static StagingClaim newest(Folder folder, String creator) throws IOException {
    long newest = 0;
    for (String name : owners(folder).names()) {
      newest = Math.max(newest, name.matches("[0-9]{1,18}") ? Long.parseLong(name) : 0);
    }
    String owner = newest == 0 ? creator : text(owners(folder).file(Long.toString(newest)));
    Matcher parts = OWNER.matcher(owner);
    return parts.matches()
        ? new StagingClaim(folder, newest, parts.group(1), Long.parseLong(parts.group(2)))
        : new StagingClaim(folder, newest, StagingOwner.UNKNOWN_NAMESPACE, 0);
  }

  private static String text(String file) throws IOException {
    try {
      return new String(Folder.readAll(file), StandardCharsets.UTF_8).strip();
    } catch (FileNotFoundException removedMeanwhile) {
      return "";
    }
  }

  private static Folder owners(Folder folder) {
    return folder.sub("owners");
  }

  /** Returns whether the process id belongs to the namespace of this process. */
  private boolean isKnown() {
    return !namespace.equals(StagingOwner.UNKNOWN_NAMESPACE)
        && namespace.equals(StagingOwner.processNamespace());
  }

  /** Returns whether the process is known to have ended. */
  boolean isDead() {
    return isKnown() && ProcessHandle.of(process).isEmpty();
  }

  /** Returns whether the process is known to run and to use the folder. */
  boolean isAlive() {
    boolean isOwn = process == ProcessHandle.current().pid();
    return isKnown() && !isDead() && !(isOwn && WriteFence.isClosed(folder));
  }

  /**
   * Takes the folder over for this process.
   *
   * @param atomicFiles creates the file of the claim
   * @param owner the new owner, see {@link StagingOwner#owner}
   * @return false if another process has taken the folder over since this claim was read
   */
  boolean takeOver(AtomicFiles atomicFiles, String owner) throws IOException {
    Folder scratch = owners(folder).sub(UUID.randomUUID().toString());
    scratch.create();
    return atomicFiles.create(
        owners(folder).file(Long.toString(generation + 1)),
        owner.getBytes(StandardCharsets.UTF_8),
        scratch);
  }
}
