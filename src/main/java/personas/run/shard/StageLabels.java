package personas.run.shard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import personas.connector.storage.Folder;
import personas.feature.UserSchema;
import personas.feature.shard.Shard;
import personas.model.compare.LabelCounts;
import personas.run.ComparedTable;
import personas.run.join.LabelRange;
import personas.table.InputFormat;
import personas.table.RangeOutcome;
import personas.table.read.FileRange;
import personas.table.read.RangeReader;
import personas.text.CsvFields;
import personas.text.TerminalText;

/** Reads ranges of a table of labels and stages the id of each user with the index of the label. */
public final class StageLabels implements RangeStaging {
  private static final long serialVersionUID = 1;

  private static final int MAX_SHARD_ROWS = 1 << 16;
  private static final int MAX_LABEL_BYTES = 1_000;

  private final Folder folder;
  private final ComparedTable table;
  private final long seed;
  private final int idParts;

  /**
   * Prepares the staging of a table.
   *
   * @param folder the folder of the staged files
   * @param table the table
   * @param seed the seed of the hashes of ids
   * @param idParts the number of parts into which the ids are split
   */
  public StageLabels(Folder folder, ComparedTable table, long seed, int idParts) {
    this.folder = folder;
    this.table = table;
    this.seed = seed;
    this.idParts = idParts;
  }

  @Override
  public UserSchema schema() {
    return table.schema();
  }

  @Override
  public LabelRange stage(FileRange task, long firstRecordStart) throws IOException {
    InputFormat format = task.header().format();
    RangeReader reader = RangeReader.ofAssignments(schema(), task.header(), MAX_SHARD_ROWS);
    RangeRefusal refusal = new RangeRefusal(task.range().file());
    Labels labels = new Labels(refusal);
    try (IdFileWriter ids = new IdFileWriter(folder, idParts)) {
      RangeOutcome outcome =
          reader.read(
              RangeStaging.file(task),
              task.range(),
              firstRecordStart,
              shard -> labels.add(shard, format == InputFormat.CSV, ids),
              rejection -> refusal.set(rejection.text()));
      return new LabelRange(task, outcome, ids.staged(), labels.names, refusal.message());
    }
  }

  /** The labels of a range, in the order in which they occur. */
  private final class Labels {
    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> indexes = new HashMap<>();
    private final CsvFields fields = new CsvFields(1);
    private final RangeRefusal refusal;

    Labels(RangeRefusal refusal) {
      this.refusal = refusal;
    }

    void add(Shard readShard, boolean isCsv, IdFileWriter ids) throws IOException {
      int[] labelIndexes = new int[readShard.rows()];
      long[] hashes = new long[readShard.rows()];
      Shard shard = isCsv ? readShard.withoutFormulaGuards() : readShard;
      for (int row = 0; row < labelIndexes.length; row++) {
        readShard.readPassThrough(row, fields);
        labelIndexes[row] = labelIndex();
        hashes[row] = shard.idHash(row, seed);
      }
      ids.add(shard, hashes, row -> labelIndexes[row]);
    }

    /** Returns the index of the label that was read last; 0 if the range is refused. */
    private int labelIndex() {
      int length = fields.to(0) - fields.from(0);
      String label = new String(fields.bytes(), fields.from(0), length, StandardCharsets.UTF_8);
      Integer index = indexes.get(label);
      if (index == null) {
        if (!table.knownLabels().isEmpty() && !table.knownLabels().contains(label)) {
          refusal.set(
              table.label()
                  + " "
                  + label
                  + " is not one of the labels of the model: "
                  + table.knownLabels());
        } else if (length > MAX_LABEL_BYTES) {
          refusal.set(
              "a label of column "
                  + table.label()
                  + " is longer than "
                  + MAX_LABEL_BYTES
                  + " bytes: "
                  + TerminalText.line(label, 40));
        } else if (names.size() == LabelCounts.MAX_LABELS) {
          refusal.set(LabelCounts.tooMany(table.label(), label));
        }
        if (refusal.isSet()) {
          return 0;
        }
        names.add(label);
        index = names.size() - 1;
        indexes.put(label, index);
      }
      return index;
    }
  }
}
