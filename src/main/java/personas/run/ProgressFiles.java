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
 * Small files that a running job leaves in its staging folder, so that whoever started it can see
 * how far it is: the one way that is the same on every runner, attached to a cluster or not. Only
 * for people; no result depends on them. There is at most one file for each range, slot, pass and
 * two seconds of seeding, however often a step is tried again.
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

  /** A range was read. A second attempt leaves the same file. */
  public static void read(Folder staging, ByteRange range, SourceLedger ledger) throws IOException {
    byte[] file = range.file().getBytes(StandardCharsets.UTF_8);
    long place = Hashing.hash64(range.start(), file, 0, file.length);
    String name =
        READ + ledger.read() + "-" + ledger.rejectedTotal() + "-" + Long.toHexString(place);
    Folder.create(folder(staging).file(name)).close();
  }

  /** A pass ended, if the state after it has one more than the state before it. */
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

  /** Seeding is under way and has found so many clusterings. */
  static void seeded(Folder staging, int clusterings) throws IOException {
    Folder.create(folder(staging).file(SEEDED + clusterings)).close();
  }

  /** A slot was assigned. A second attempt leaves the same file. */
  public static void assigned(Folder staging, int slot, long users) throws IOException {
    Folder.create(folder(staging).file(ASSIGNED + users + "-" + slot)).close();
  }

  /** Forgets the users that a job assigned which was stopped, since they are assigned again. */
  public static void forgetAssigned(Folder staging) throws IOException {
    folder(staging).deleteMatching(name -> name.startsWith(ASSIGNED));
  }

  /** What the marks say now. */
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
      // The file may be there before its content is.
      return line == null ? "0 0" : line;
    }
  }
}
