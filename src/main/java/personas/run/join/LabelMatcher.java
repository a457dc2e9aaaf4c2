package personas.run.join;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import personas.model.compare.LabelCounts;
import personas.model.compare.MigrationCounts;
import personas.run.ComparedTable;
import personas.run.ComparisonPlan;
import personas.table.ledger.BadInputException;

/**
 * Counts the users with each pair of labels in two tables, among all ids whose hashes begin with
 * the same bits.
 */
public final class LabelMatcher implements Serializable {
  private static final long serialVersionUID = 1;

  private final ComparedTable earlierTable;
  private final ComparedTable laterTable;
  private final int parts;

  public LabelMatcher(ComparisonPlan plan) {
    earlierTable = plan.earlier();
    laterTable = plan.later();
    parts = plan.idParts();
  }

  /**
   * Returns the counts of the users.
   *
   * @param part the ids of both tables with the indexes of their labels; it has a block of each
   *     range, so the labels of the blocks are all labels of the tables
   * @throws BadInputException if a table has more than {@link LabelCounts#MAX_LABELS} labels
   */
  public LabelCounts count(IdPart part) throws IOException {
    List<String> earlier = labels(earlierTable, part.previousUsers());
    List<String> later = labels(laterTable, part.users());
    List<int[]> earlierIndexes = labelIndexes(part.previousUsers(), earlier);
    List<int[]> laterIndexes = labelIndexes(part.users(), later);
    long[] earlierUsers = new long[earlier.size()];
    MigrationCounts joined = new MigrationCounts(earlierUsers, later.size());
    new IdJoin(parts)
        .forEach(
            part.previousUsers(),
            part.users(),
            (block, label) -> {
              int from = earlierIndexes.get(block)[label];
              earlierUsers[from]++;
              return from;
            },
            (block, label, from, isFirst) -> {
              int to = laterIndexes.get(block)[label];
              if (from == IdJoin.UNKNOWN) {
                joined.addNewUser(to);
              } else {
                joined.addReturningUser(from, isFirst, to);
              }
            },
            null);
    // The join has counted the earlier users of each label, which these counts copy.
    MigrationCounts counts = new MigrationCounts(earlierUsers, later.size());
    counts.merge(joined);
    return new LabelCounts(earlier, later, counts);
  }

  private static List<String> labels(ComparedTable table, List<IdBlock> blocks)
      throws BadInputException {
    TreeSet<String> labels = new TreeSet<>();
    blocks.forEach(block -> labels.addAll(block.labels()));
    if (labels.size() > LabelCounts.MAX_LABELS) {
      throw new BadInputException(
          table.files() + ": " + LabelCounts.tooMany(table.label(), labels.first()));
    }
    return List.copyOf(labels);
  }

  /** Returns, for each block, the index of each of its labels among all labels. */
  private static List<int[]> labelIndexes(List<IdBlock> blocks, List<String> labels) {
    List<int[]> labelIndexes = new ArrayList<>();
    for (IdBlock block : blocks) {
      labelIndexes.add(block.labels().stream().mapToInt(labels::indexOf).toArray());
    }
    return labelIndexes;
  }
}
