package personas.cli.runner;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import personas.connector.storage.ExclusiveFiles;
import personas.connector.storage.Folder;
import personas.connector.storage.WriteFence;

/**
 * Which process a staging folder belongs to. The name of the folder says which process made it. A
 * process that continues the run, or removes the folder, first creates the file of the next
 * generation in the folder {@code owners}, which only one process can create. So a folder that one
 * run continues is not removed by another one.
 *
 * @param folder the staging folder
 * @param generation counts the processes that the folder has belonged to; 0 for the first one
 * @param space the space of process ids that the process has its number in
 * @param process the number of the process
 */
record StagingClaim(Folder folder, long generation, String space, long process) {
  private static final Pattern OWNER = Pattern.compile("(.+)-([0-9]{1,18})");

  /**
   * The newest claim to a folder.
   *
   * @param first the process that made the folder, as its name says
   */
  static StagingClaim newest(Folder folder, String first) throws IOException {
    long newest = 0;
    for (String name : owners(folder).names()) {
      newest = Math.max(newest, name.matches("[0-9]{1,18}") ? Long.parseLong(name) : 0);
    }
    String owner = newest == 0 ? first : text(owners(folder).file(Long.toString(newest)));
    Matcher parts = OWNER.matcher(owner);
    return parts.matches()
        ? new StagingClaim(folder, newest, parts.group(1), Long.parseLong(parts.group(2)))
        : new StagingClaim(folder, newest, StagingOwner.NOBODY, 0);
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

  /** Whether the numbers of processes mean the same to this process. */
  private boolean isKnown() {
    return !space.equals(StagingOwner.NOBODY) && space.equals(StagingOwner.processIds());
  }

  /** Whether the process is known to have ended. */
  boolean isDead() {
    return isKnown() && ProcessHandle.of(process).isEmpty();
  }

  /** Whether the process is known to run, and to use the folder. */
  boolean isAlive() {
    boolean isOwn = process == ProcessHandle.current().pid();
    return isKnown() && !isDead() && !(isOwn && WriteFence.isClosed(folder));
  }

  /**
   * Takes the folder over for this process.
   *
   * @param owner who uses the folder from now on, see {@link StagingOwner#owner}
   * @return false if another process has taken it over since this claim was read
   */
  boolean takeOver(ExclusiveFiles exclusive, String owner) throws IOException {
    Folder scratch = owners(folder).sub(UUID.randomUUID().toString());
    scratch.create();
    return exclusive.create(
        owners(folder).file(Long.toString(generation + 1)),
        owner.getBytes(StandardCharsets.UTF_8),
        scratch);
  }
}
