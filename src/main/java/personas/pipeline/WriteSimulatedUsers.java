package personas.pipeline;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import personas.connector.storage.Folder;
import personas.table.SimulatedOrders;
import personas.table.SimulatedUsers;
import personas.text.CsvBuffer;

/**
 * Writes simulated users or orders as CSV. A small simulation is one file; a large one is written
 * to files like {@code name-00000-of-00100.csv}. A chunk is the users of one file. The elements of
 * the job are chunk numbers. The bytes of a chunk depend only on the seed and the number, so they
 * are the same at any parallelism.
 */
public final class WriteSimulatedUsers extends PTransform<PBegin, PCollection<String>> {
  private static final long serialVersionUID = 1;

  /** The default number of users per file. */
  public static final long DEFAULT_CHUNK = 1_000_000;

  /**
   * The number of users per file of orders. The number is small, because the orders of a file are
   * sorted in memory.
   */
  public static final long ORDERS_CHUNK = 100_000;

  private final long users;
  private final long seed;
  private final String output;
  private final long usersPerFile;
  private final boolean writesOrders;

  /**
   * Creates a simulation of users.
   *
   * @param users the number of users
   * @param seed the seed of all random numbers
   * @param output the file; the names of several files are made from this name
   * @param usersPerFile the maximum number of users per file
   */
  public WriteSimulatedUsers(long users, long seed, String output, long usersPerFile) {
    this(users, seed, output, usersPerFile, false);
  }

  private WriteSimulatedUsers(
      long users, long seed, String output, long usersPerFile, boolean writesOrders) {
    this.writesOrders = writesOrders;
    this.users = users;
    this.seed = seed;
    this.output = output;
    this.usersPerFile = usersPerFile;
  }

  /**
   * Returns a simulation that writes the orders of the users, not the users. {@code usersPerFile}
   * is the maximum number of users whose orders are in one file.
   */
  public static WriteSimulatedUsers ofOrders(
      long users, long seed, String output, long usersPerFile) {
    return new WriteSimulatedUsers(users, seed, output, usersPerFile, true);
  }

  private long chunks() {
    return (users + usersPerFile - 1) / usersPerFile;
  }

  @Override
  public PCollection<String> expand(PBegin begin) {
    return begin
        .apply("Chunks", Create.of(LongStream.range(0, chunks()).boxed().toList()))
        .apply("Spread chunks", Reshuffle.viaRandomKey())
        .apply("Write chunk", ParDo.of(new WriteChunk(this)));
  }

  /**
   * Deletes the files of an earlier simulation with the same name, finished or not, so that old and
   * new files are not mixed.
   */
  public void removeOld() throws IOException {
    int slash = output.lastIndexOf('/');
    Folder folder = new Folder(slash < 0 ? "." : output.substring(0, slash));
    String name = Pattern.quote(stem().substring(slash + 1));
    Pattern old =
        Pattern.compile(
            name
                + "(-\\d{5,}-of-\\d{5,})?"
                + Pattern.quote(output.substring(stem().length()))
                + "(\\.[0-9a-f-]{36}\\.unfinished)?");
    folder.deleteMatching(file -> old.matcher(file).matches());
  }

  private String stem() {
    return output.endsWith(".csv") ? output.substring(0, output.length() - 4) : output;
  }

  private String file(long number) {
    return chunks() == 1
        ? output
        : stem()
            + String.format(Locale.ROOT, "-%05d-of-%05d", number, chunks())
            + output.substring(stem().length());
  }

  private static final class WriteChunk extends DoFn<Long, String> {
    private static final long serialVersionUID = 1;
    private static final int FLUSH_BYTES = 1 << 17;

    private final WriteSimulatedUsers simulation;

    WriteChunk(WriteSimulatedUsers simulation) {
      this.simulation = simulation;
    }

    @ProcessElement
    public void process(@Element Long number, OutputReceiver<String> out) throws IOException {
      String file = simulation.file(number);
      // The file is written under another name and renamed, so that it is complete if it exists.
      String unfinished = file + "." + UUID.randomUUID() + ".unfinished";
      try (OutputStream stream = Folder.create(unfinished)) {
        write(number, stream);
      }
      Folder.move(unfinished, file);
      out.output(file);
    }

    private void write(long number, OutputStream stream) throws IOException {
      long start = number * simulation.usersPerFile;
      long end = Math.min(simulation.users, start + simulation.usersPerFile);
      if (simulation.writesOrders) {
        try (OutputStream buffered = new BufferedOutputStream(stream, FLUSH_BYTES)) {
          new SimulatedOrders(simulation.seed).writeCsv(start, end, buffered);
        }
        return;
      }
      SimulatedUsers users = new SimulatedUsers(simulation.seed);
      CsvBuffer buffer = new CsvBuffer();
      buffer.appendAscii(SimulatedUsers.HEADER);
      buffer.appendByte('\n');
      for (long user = start; user < end; user++) {
        users.appendCsv(user, buffer);
        if (buffer.size() > FLUSH_BYTES) {
          buffer.writeTo(stream);
          buffer.clear();
        }
      }
      buffer.writeTo(stream);
    }
  }
}
