package personas.run.events;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import personas.connector.storage.Folder;
import personas.connector.storage.RejectedFileWriter;
import personas.feature.TextSyntax;
import personas.feature.UserSchema;
import personas.feature.shard.Shard;
import personas.feature.shard.StagedIds;
import personas.run.RunPlan;
import personas.run.shard.RangeStaging;
import personas.run.state.RangeResult;
import personas.spec.event.EventAggregation;
import personas.table.RangeOutcome;
import personas.table.bytes.HeapShare;
import personas.table.read.FileRange;
import personas.table.read.RangeReader;
import personas.text.TimeParser;

/**
 * Reads ranges of events and aggregates each range by itself: the users of a range become staged
 * blocks, one for each part of the hashes of ids. A range whose table of users grows beyond its
 * share of the heap writes several blocks for each part.
 */
public final class StageEvents implements RangeStaging {
  private static final long serialVersionUID = 1;

  /** The number of events that are parsed at once, small enough for the caches of the processor. */
  private static final int SHARD_ROWS = 1 << 13;

  /** The tables of all ranges that a worker reads use at most one eighth of its heap. */
  private static final int HEAP_PARTS = 8;

  private static final long MIN_TABLE_BYTES = 16L << 20;

  private final EventAggregation aggregation;
  private final TextSyntax syntax;
  private final UserSchema schema;
  private final Folder staging;
  private final int parts;

  public StageEvents(RunPlan plan) {
    aggregation = plan.spec().input().aggregate();
    syntax = plan.spec().input().textSyntax();
    schema = plan.spec().inputSchema();
    staging = plan.stagingFolder().sub("events");
    parts = plan.tuning().idParts();
  }

  @Override
  public UserSchema schema() {
    return schema;
  }

  @Override
  public EventRange stage(FileRange task, long firstRecordStart) throws IOException {
    RangeReader reader = new RangeReader(schema, task.header(), SHARD_ROWS);
    try (RangeBlocks blocks = new RangeBlocks();
        RejectedFileWriter rejected = new RejectedFileWriter(staging.sub("rejected"))) {
      RangeOutcome outcome =
          reader.read(
              RangeStaging.file(task), task.range(), firstRecordStart, blocks::add, rejected::add);
      StagedIds staged = blocks.staged();
      return new EventRange(
          task,
          outcome,
          staged,
          new RangeResult.Rejected(rejected.path(), rejected.examples()),
          new EventRange.Days(blocks.laterEvents, blocks.lastDay));
    }
  }

  /** Writes the users of one range to a new file, so that attempts do not share a file. */
  private final class RangeBlocks implements Closeable {
    private final List<int[]> ends = new ArrayList<>();
    private final int maxDay =
        aggregation.asOf() == null ? Integer.MAX_VALUE : TimeParser.dayOf(aggregation.asOf());

    /** The limit depends on the heap of the worker, so it is computed in the worker. */
    private final long maxTableBytes = HeapShare.ofThread(HEAP_PARTS, MIN_TABLE_BYTES);

    private UserTable table = new UserTable(aggregation, syntax);
    private String path = "";
    private OutputStream out;
    private long laterEvents;
    private int lastDay = EventRange.NO_DAY;

    void add(Shard events) throws IOException {
      laterEvents += table.add(events, maxDay);
      lastDay = Math.max(lastDay, lastDay(events));
      if (table.bytes() > maxTableBytes) {
        write();
      }
    }

    private int lastDay(Shard events) {
      int last = EventRange.NO_DAY;
      if (aggregation.time() != null) {
        double[] times = events.column(0);
        for (int event = 0; event < events.rows(); event++) {
          int day = TimeParser.day(times[event]);
          last = day > maxDay ? last : Math.max(last, day);
        }
      }
      return last;
    }

    private void write() throws IOException {
      if (table.users() == 0) {
        return;
      }
      if (out == null) {
        path = staging.file(UUID.randomUUID() + ".users");
        out = Folder.create(path);
      }
      UserTable.Blocks blocks = table.blocks(parts);
      out.write(blocks.bytes());
      ends.add(blocks.ends());
      table = new UserTable(aggregation, syntax);
    }

    /** Closes the file and returns where the users are staged. */
    StagedIds staged() throws IOException {
      write();
      close();
      return new StagedIds(path, ends);
    }

    @Override
    public void close() throws IOException {
      if (out != null) {
        out.close();
        out = null;
      }
    }
  }
}
