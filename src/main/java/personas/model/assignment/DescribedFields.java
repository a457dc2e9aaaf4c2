package personas.model.assignment;

import java.util.List;
import personas.describe.DescribedColumn;
import personas.describe.DescribedUsers;
import personas.describe.ValueReader;
import personas.feature.shard.Shard;
import personas.spec.SegmentationSpec;
import personas.text.CsvBuffer;
import personas.text.CsvFields;

/** Counts the described columns of users by their cluster, and copies the pass-through fields. */
public final class DescribedFields {
  private final DescribedUsers users;
  private final ValueReader reader;
  private final CsvFields fields;
  private final int[] describedPositions;
  private final int passThroughCount;

  /**
   * Creates counts of 0 for the described columns of a run.
   *
   * @param spec the spec of the run
   * @param k number of clusters
   */
  public DescribedFields(SegmentationSpec spec, int k) {
    List<String> columns = spec.copiedColumns();
    users = new DescribedUsers(spec.describe(), k);
    reader = new ValueReader(spec.input().textSyntax());
    fields = new CsvFields(columns.size());
    describedPositions =
        spec.describe().stream().map(DescribedColumn::name).mapToInt(columns::indexOf).toArray();
    passThroughCount = spec.input().passThrough().size();
  }

  /**
   * Counts the users of a row: its weight, or 1 if the shard has no weights. Appends the
   * pass-through fields of the row, each with a comma before it.
   */
  void add(Shard shard, int row, int cluster, CsvBuffer out) {
    shard.readPassThrough(row, fields);
    int[] weights = shard.weights();
    users.add(cluster, weights == null ? 1 : weights[row], fields, describedPositions, reader);
    shard.appendPassThrough(row, fields, passThroughCount, out);
  }

  /** Returns the counts. */
  public DescribedUsers users() {
    return users;
  }
}
