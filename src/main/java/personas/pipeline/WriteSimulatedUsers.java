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
 * Writes a simulation as CSV: one file where it is small, else {@code name-00000-of-00100.csv} and
 * so on. What flows through Beam are chunk numbers; a chunk's bytes depend on nothing else, so they
 * are the same at any parallelism.
 */
public final class WriteSimulatedUsers extends PTransform<PBegin, PCollection<String>> {
  private static final long serialVersionUID = 1;

  /** Users a file. */
  public static final long DEFAULT_CHUNK = 1_000_000;

  /** Customers of a file of orders. A file is sorted in memory. */
  public static final long ORDERS_CHUNK = 100_000;

  private final long users;
  private final long seed;
  private final String output;
  private final long chunk;
  private final boolean ofOrders;

  /**
   * @param users how many
   * @param output the file; where one is not enough, what their names are made from
   * @param chunk the most users a file
   */
  public WriteSimulatedUsers(long users, long seed, String output, long chunk) {
    this(users, seed, output, chunk, false);
  }

  private WriteSimulatedUsers(long users, long seed, String output, long chunk, boolean ofOrders) {
    this.ofOrders = ofOrders;
    this.users = users;
    this.seed = seed;
    this.output = output;
    this.chunk = chunk;
  }

  /** A simulation that writes the orders of users instead of the users. */
  public static WriteSimulatedUsers ofOrders(long users, long seed, String output, long chunk) {
    return new WriteSimulatedUsers(users, seed, output, chunk, true);
  }

  private long chunks() {
    return (users + chunk - 1) / chunk;
  }

  @Override
  public PCollection<String> expand(PBegin begin) {
    return begin
        .apply("Chunks", Create.of(LongStream.range(0, chunks()).boxed().toList()))
        .apply("Spread chunks", Reshuffle.viaRandomKey())
        .apply("Write chunk", ParDo.of(new WriteChunk(this)));
  }

  /**
   * Removes the files of an earlier simulation of the same name, finished or not, so that none is
   * left among new.
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
      // Written under a name of its own first: a try that is given up leaves no half file.
      String unfinished = file + "." + UUID.randomUUID() + ".unfinished";
      try (OutputStream stream = Folder.create(unfinished)) {
        write(number, stream);
      }
      Folder.move(unfinished, file);
      out.output(file);
    }

    private void write(long number, OutputStream stream) throws IOException {
      long start = number * simulation.chunk;
      long end = Math.min(simulation.users, start + simulation.chunk);
      if (simulation.ofOrders) {
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
