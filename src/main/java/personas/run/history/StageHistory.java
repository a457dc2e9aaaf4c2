package personas.run.history;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import personas.connector.storage.Folder;
import personas.feature.Feature;
import personas.feature.UserSchema;
import personas.feature.shard.Shard;
import personas.model.compare.FlipBacks;
import personas.run.join.AssignmentRange;
import personas.run.shard.IdFileWriter;
import personas.run.shard.RangeRefusal;
import personas.run.shard.RangeStaging;
import personas.table.InputFormat;
import personas.table.RangeOutcome;
import personas.table.read.FileRange;
import personas.table.read.RangeReader;
import personas.text.CsvBuffer;
import personas.text.CsvFields;

/**
 * Reads ranges of the assignments of earlier runs: the id of each user with its {@link UserCode}.
 */
public final class StageHistory implements RangeStaging {
  private static final long serialVersionUID = 1;

  private static final UserSchema SCHEMA =
      new UserSchema(
          "user_id",
          List.of(Feature.of("cluster"), Feature.of("margin")),
          List.of("second_persona"));

  private static final int MAX_SHARD_ROWS = 1 << 16;

  private final Folder folder;
  private final List<EarlierRun> runs;
  private final UserCode code;
  private final long seed;
  private final int idParts;

  /**
   * Creates a reader.
   *
   * @param folder the folder of the staged files
   * @param plan the plan of the job
   * @param seed the seed of the hashes of ids
   */
  public StageHistory(Folder folder, HistoryPlan plan, long seed) {
    this.folder = folder;
    this.runs = plan.runs();
    this.code = plan.code();
    this.seed = seed;
    this.idParts = plan.idParts();
  }

  @Override
  public UserSchema schema() {
    return SCHEMA;
  }

  @Override
  public AssignmentRange stage(FileRange task, long firstRecordStart) throws IOException {
    InputFormat format = task.header().format();
    RangeReader reader = RangeReader.ofAssignments(SCHEMA, task.header(), MAX_SHARD_ROWS);
    Users users = new Users(task, format == InputFormat.CSV);
    try (IdFileWriter ids = new IdFileWriter(folder, idParts)) {
      RangeOutcome outcome =
          reader.read(
              RangeStaging.file(task),
              task.range(),
              firstRecordStart,
              shard -> users.add(shard, ids),
              rejection -> users.refusal.set("is not a file of assignments: " + rejection.text()));
      return new AssignmentRange(task, outcome, ids.staged(), users.refusal.message());
    }
  }

  private int runOf(FileRange task) {
    for (int run = 0; run < runs.size(); run++) {
      if (runs.get(run).contains(task.path())) {
        return run;
      }
    }
    throw new IllegalStateException(task.path() + " does not belong to one of the runs " + runs);
  }

  /** Collects the users of one range, and the first reason why the range cannot be used. */
  private final class Users {
    private final int run;
    private final boolean isCsv;
    private final CsvFields fields = new CsvFields(1);
    private final RangeRefusal refusal;

    Users(FileRange task, boolean isCsv) {
      this.refusal = new RangeRefusal(task.range().file());
      this.run = runOf(task);
      this.isCsv = isCsv;
    }

    void add(Shard read, IdFileWriter ids) throws IOException {
      Shard shard = isCsv ? read.withoutFormulaGuards() : read;
      int[] codes = new int[shard.rows()];
      long[] hashes = new long[shard.rows()];
      for (int row = 0; row < codes.length; row++) {
        read.readPassThrough(row, fields);
        codes[row] = code(shard.column(0)[row], shard.column(1)[row], secondPersona());
        hashes[row] = shard.idHash(row, seed);
      }
      ids.add(shard, hashes, row -> codes[row]);
    }

    private String secondPersona() {
      int from = fields.from(0);
      int to = fields.to(0);
      int start = isCsv ? CsvBuffer.withoutGuard(fields.bytes(), from, to) : from;
      return new String(fields.bytes(), start, to - start, StandardCharsets.UTF_8);
    }

    /**
     * Returns the code of a user; 0 if the range cannot be used. A negative margin means that the
     * run held the user in the previous persona. Then the second persona has the nearest cluster.
     */
    private int code(double cluster, double margin, String secondPersona) {
      EarlierRun userRun = runs.get(run);
      int second = userRun.personas().indexOf(secondPersona);
      if (cluster != (int) cluster || !userRun.clusters().contains((int) cluster)) {
        refusal.set(
            "cluster "
                + cluster
                + " is not one of the clusters of the model: "
                + userRun.clusters());
      } else if (!secondPersona.isEmpty() && second < 0) {
        refusal.set(
            "second_persona "
                + secondPersona
                + " is not one of the personas of the model: "
                + userRun.personas());
      } else if (!(Math.abs(margin) <= 1) || (margin < 0 && second < 0)) {
        refusal.set(
            "margin " + margin + " is not in -1..1, or is negative without a second_persona");
      }
      if (refusal.isSet()) {
        return 0;
      }
      int assignedIndex = code.index((int) cluster);
      int secondIndex = second < 0 ? FlipBacks.NONE : code.index(userRun.clusters().get(second));
      int steps = FlipBacks.steps(Math.abs(margin));
      return margin < 0
          ? code.encode(run, secondIndex, assignedIndex, steps)
          : code.encode(run, assignedIndex, secondIndex, steps);
    }
  }
}
