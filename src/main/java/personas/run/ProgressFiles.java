package personas.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import personas.connector.storage.Folder;
import personas.kmeans.IterationRecord;
import personas.kmeans.LloydState;
import personas.math.Hashing;
import personas.table.bytes.ByteRange;
import personas.table.ledger.SourceLedger;

/**
 * Small files in the staging folder that show the progress of a running job. Files work on every
 * runner, whether or not the launcher stays connected to the cluster. No result depends on them.
 * There is at most one file for each range, slot, pass and two seconds of seeding, however often a
 * step runs.
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

  /** Marks a range as read. A second attempt writes the same file. */
  public static void read(Folder staging, ByteRange range, SourceLedger ledger) throws IOException {
    byte[] file = range.file().getBytes(StandardCharsets.UTF_8);
    long place = Hashing.hash64(range.start(), file, 0, file.length);
    String name =
        READ + ledger.read() + "-" + ledger.rejectedTotal() + "-" + Long.toHexString(place);
    Folder.create(folder(staging).file(name)).close();
  }

  /** Marks a pass as finished, if the later state has more iterations than the earlier one. */
  public static void passes(Folder staging, LloydState before, LloydState after)
      throws IOException {
    if (after.iterations() > before.iterations()) {
      pass(staging, after);
    }
  }

  private static void pass(Folder staging, LloydState after) throws IOException {
    IterationRecord pass = after.history().get(after.iterations() - 1);
    String name = String.format(Locale.ROOT, PASS + "%05d", pass.iteration());
    try (OutputStream out = Folder.create(folder(staging).file(name))) {
      out.write((pass.inertia() + " " + pass.largestShift()).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Marks how many clusterings seeding has found so far. */
  static void seeded(Folder staging, int clusterings) throws IOException {
    Folder.create(folder(staging).file(SEEDED + clusterings)).close();
  }

  /** Marks a slot as assigned. A second attempt writes the same file. */
  public static void assigned(Folder staging, int slot, long users) throws IOException {
    Folder.create(folder(staging).file(ASSIGNED + users + "-" + slot)).close();
  }

  /**
   * Removes the marks of assigned users of a stopped job, because the next job assigns these users
   * again.
   */
  public static void forgetAssigned(Folder staging) throws IOException {
    folder(staging).deleteMatching(name -> name.startsWith(ASSIGNED));
  }

  /** Reads the current progress. */
  public static Progress progress(Folder staging) throws IOException {
    long read = 0;
    long rejected = 0;
    long assigned = 0;
    OptionalInt clusterings = OptionalInt.empty();
    String lastPass = "";
    List<String> names = folder(staging).names();
    for (String name : names) {
      String[] parts = name.split("-", -1);
      if (name.startsWith(READ)) {
        read += Long.parseLong(parts[1]);
        rejected += Long.parseLong(parts[2]);
      } else if (name.startsWith(ASSIGNED)) {
        assigned += Long.parseLong(parts[1]);
      } else if (name.startsWith(SEEDED)) {
        clusterings = OptionalInt.of(Math.max(clusterings.orElse(0), Integer.parseInt(parts[1])));
      } else if (name.startsWith(PASS)) {
        lastPass = name.compareTo(lastPass) > 0 ? name : lastPass;
      }
    }
    Optional<Progress.Pass> pass =
        lastPass.isEmpty() ? Optional.empty() : Optional.of(pass(staging, lastPass));
    return new Progress(read, rejected, assigned, clusterings, pass);
  }

  private static Progress.Pass pass(Folder staging, String name) throws IOException {
    String[] numbers = content(folder(staging).file(name)).split(" ", -1);
    return new Progress.Pass(
        Integer.parseInt(name.substring(PASS.length())),
        Double.parseDouble(numbers[0]),
        numbers.length > 1 ? Double.parseDouble(numbers[1]) : 0);
  }

  private static String content(String file) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(Folder.open(file), StandardCharsets.UTF_8))) {
      String line = reader.readLine();
      // The file may exist before its content is written.
      return line == null ? "0 0" : line;
    }
  }
}
