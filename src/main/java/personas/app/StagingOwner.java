package personas.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import personas.pipeline.RunPlan;
import personas.pipeline.Segmentation;

/**
 * Which process a staging folder belongs to, by its name: so that a run can remove what one that
 * was killed, and could not tidy up, left in the same output folder.
 */
final class StagingOwner {
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Pattern NAME =
      Pattern.compile(
          "(?:" + Pattern.quote(RunPlan.STAGING_PREFIX) + ")+([0-9a-f]{8})-([0-9]+)-[0-9a-f]+");

  private StagingOwner() {}

  /** A name that no other run has: of the machine since it was started, the process and the run. */
  static String runName() {
    String run = UUID.randomUUID().toString().substring(24);
    return machine() + "-" + ProcessHandle.current().pid() + "-" + run;
  }

  /** Where it is not known a name of nobody, whose folders nobody removes. */
  private static String machine() {
    try {
      return Files.readString(BOOT).substring(0, 8);
    } catch (IOException | IndexOutOfBoundsException e) {
      return "unknown";
    }
  }

  /**
   * Removes the staging folders of processes of this machine that are no more. A folder in a cloud
   * or of another machine stays: nobody here can tell whether its run goes on.
   */
  static void removeAbandoned(String output) throws IOException {
    if (output.contains("://") || !Files.isDirectory(Path.of(output))) {
      return;
    }
    List<Path> abandoned;
    try (Stream<Path> files = Files.list(Path.of(output))) {
      abandoned = files.filter(StagingOwner::isAbandoned).sorted().toList();
    }
    for (Path folder : abandoned) {
      Segmentation.deleteFolder(folder.toString());
    }
  }

  private static boolean isAbandoned(Path folder) {
    Matcher name = NAME.matcher(folder.getFileName().toString());
    return name.matches()
        && name.group(1).equals(machine())
        && ProcessHandle.of(Long.parseLong(name.group(2))).isEmpty();
  }
}
