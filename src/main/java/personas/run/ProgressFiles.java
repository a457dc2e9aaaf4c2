package personas.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import personas.connector.storage.Folder;
import personas.kmeans.IterationRecord;
import personas.kmeans.LloydState;
import personas.table.bytes.ByteRange;
import personas.table.ledger.SourceLedger;

/**
 * Small files in the staging folder that show the progress of a running job. Files work on every
 * runner, also if the launcher does not stay connected to the cluster. The results do not depend on
 * these files.
 *
 * <p>The folder holds one file for each process that reads users, one for each slot with assigned
 * users, one for the last pass, and one for the seeding. A process, a pass and the seeding create
 * their new file and then delete their previous file, so for a moment both exist. New figures
 * always get a new file, because Cloud Storage limits how often an object may be overwritten, and
 * because a reader could see an unfinished file. If an engine repeats a step when later steps have
 * already run, one more file may stay.
 */
public final class ProgressFiles {
  private static final String READ = "read-";
  private static final String SEEDED = "seeded-";
  private static final String PASS = "pass-";
  private static final String ASSIGNED = "assigned-";

  private ProgressFiles() {}

  private static Folder folder(Folder staging) {
    return staging.sub("progress");
  }

  /**
   * Counts the records of a range as read. A second attempt of the same process replaces the counts
   * of the first one. If another process repeats the range, or if an engine has loaded the classes
   * again, the records count twice.
   */
  public static void addRange(Folder staging, ByteRange range, SourceLedger ledger)
      throws IOException {
    ReadTally.of(staging).add(range, ledger.read(), ledger.rejectedTotal(), folder(staging));
  }

  /**
   * Returns the name of the file with the counts of a process.
   *
   * @param read number of records that the process has read
   * @param rejected number of these records that were rejected
   */
  static String nameOfRead(String process, long read, long rejected) {
    return READ + process + "-" + read + "-" + rejected;
  }

  /**
   * Creates an empty file in the progress folder, and then deletes the previous file.
   *
   * @param previousOrNull the name of the previous file; null if there is none
   * @param next the name of the new file; nothing happens if both names are equal
   */
  static void replace(Folder folder, String previousOrNull, String next) throws IOException {
    if (next.equals(previousOrNull)) {
      return;
    }
    Folder.create(folder.file(next)).close();
    if (previousOrNull != null) {
      folder.delete(previousOrNull);
    }
  }

  /**
   * Marks a pass as finished if the state after it has more iterations than the state before it.
   */
  public static void markPass(Folder staging, LloydState before, LloydState after)
      throws IOException {
    if (after.iterations() > before.iterations()) {
      writePass(staging, after);
    }
  }

  private static void writePass(Folder staging, LloydState after) throws IOException {
    IterationRecord pass = after.history().get(after.iterations() - 1);
    try (OutputStream out = Folder.create(folder(staging).file(nameOfPass(pass.iteration())))) {
      out.write((pass.inertia() + " " + pass.largestShift()).getBytes(StandardCharsets.UTF_8));
    }
    if (pass.iteration() > 1) {
      folder(staging).delete(nameOfPass(pass.iteration() - 1));
    }
  }

  private static String nameOfPass(int iteration) {
    return String.format(Locale.ROOT, PASS + "%05d", iteration);
  }

  /**
   * Marks how many clusterings seeding has found.
   *
   * @param previous the number that this process marked before; negative if there is none
   * @param clusterings the number so far
   */
  static void markClusterings(Folder staging, int previous, int clusterings) throws IOException {
    replace(folder(staging), previous < 0 ? null : SEEDED + previous, SEEDED + clusterings);
  }

  /** Marks a slot as assigned. A second attempt writes the same file. */
  public static void markAssigned(Folder staging, int slot, long users) throws IOException {
    Folder.create(folder(staging).file(ASSIGNED + users + "-" + slot)).close();
  }

  /**
   * Removes the marks of assigned users of a stopped job, because the next job assigns these users
   * again.
   */
  public static void removeAssigned(Folder staging) throws IOException {
    folder(staging).deleteMatching(name -> name.startsWith(ASSIGNED));
  }

  /** Reads the current progress. */
  public static Progress progress(Folder staging) throws IOException {
    Map<String, long[]> readByProcess = new HashMap<>();
    long assigned = 0;
    OptionalInt clusterings = OptionalInt.empty();
    String lastPass = "";
    List<String> names = folder(staging).names();
    for (String name : names) {
      String[] parts = name.split("-", -1);
      if (name.startsWith(READ)) {
        long[] read = {Long.parseLong(parts[2]), Long.parseLong(parts[3])};
        readByProcess.merge(parts[1], read, (a, b) -> a[0] > b[0] ? a : b);
      } else if (name.startsWith(ASSIGNED)) {
        assigned += Long.parseLong(parts[1]);
      } else if (name.startsWith(SEEDED)) {
        clusterings = OptionalInt.of(Math.max(clusterings.orElse(0), Integer.parseInt(parts[1])));
      } else if (name.startsWith(PASS)) {
        lastPass = name.compareTo(lastPass) > 0 ? name : lastPass;
      }
    }
    Optional<Progress.Pass> pass =
        lastPass.isEmpty() ? Optional.empty() : Optional.of(readPass(staging, lastPass));
    long read = readByProcess.values().stream().mapToLong(counts -> counts[0]).sum();
    long rejected = readByProcess.values().stream().mapToLong(counts -> counts[1]).sum();
    return new Progress(read, rejected, assigned, clusterings, pass);
  }

  private static Progress.Pass readPass(Folder staging, String name) throws IOException {
    String[] numbers = firstLine(folder(staging).file(name)).split(" ", -1);
    return new Progress.Pass(
        Integer.parseInt(name.substring(PASS.length())),
        Double.parseDouble(numbers[0]),
        numbers.length > 1 ? Double.parseDouble(numbers[1]) : 0);
  }

  private static String firstLine(String file) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(Folder.open(file), StandardCharsets.UTF_8))) {
      String line = reader.readLine();
      // The file may exist before its content is written.
      return line == null ? "0 0" : line;
    }
  }
}
