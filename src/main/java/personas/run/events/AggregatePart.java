package personas.run.events;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import personas.connector.storage.Folder;
import personas.connector.storage.StagedTableWriter;
import personas.feature.TextSyntax;
import personas.feature.shard.StagedIds.Chunk;
import personas.run.RunPlan;
import personas.run.join.IdBlock;
import personas.spec.event.EventAggregation;
import personas.table.TableFormat;

/**
 * Merges the blocks of one part of the hashes of ids, and writes the users of the part in the order
 * of these hashes. The order depends on the ids alone.
 */
public final class AggregatePart implements Serializable {
  private static final long serialVersionUID = 1;

  private final EventAggregation aggregation;
  private final TextSyntax syntax;
  private final String id;
  private final String source;
  private final TableFormat format;
  private final Folder staging;
  private final Folder results;

  public AggregatePart(RunPlan plan) {
    aggregation = plan.spec().input().aggregate();
    syntax = plan.spec().input().textSyntax();
    id = plan.spec().input().id();
    source = "users of " + plan.input();
    format = plan.spec().output().users();
    staging = plan.stagingFolder().sub("aggregated");
    results = plan.folders().publishFolder();
  }

  /**
   * Aggregates a part.
   *
   * @param part the number of the part
   * @param blocks where the users of each range are staged
   * @param asOf the day from which measures of time look back, counted from 1970-01-01
   * @return where the users of the part are staged
   */
  public UserPart aggregate(int part, List<IdBlock> blocks, int asOf) throws IOException {
    UserTable table = new UserTable(aggregation, syntax);
    for (IdBlock block : blocks) {
      for (Chunk chunk : block.chunks()) {
        table.merge(Folder.read(block.path(), chunk.offset(), chunk.length()));
      }
    }
    List<String> columns = new ArrayList<>(List.of(id));
    columns.addAll(aggregation.names());
    String file = format == null || table.users() == 0 ? "" : resultFile(part);
    try (StagedTableWriter staged = new StagedTableWriter(source, columns, staging, 0);
        UserFileWriter result =
            file.isEmpty()
                ? null
                : new UserFileWriter(id, aggregation, format, Folder.create(file))) {
      for (int user : table.sorted()) {
        Object[] values = values(table, user, asOf);
        if (result != null) {
          result.write(values);
        }
        staged.write(texts(values));
      }
      return new UserPart(part, staged.end(), file);
    }
  }

  /** Returns a file in a new folder, so that no attempt overwrites the file of another attempt. */
  private String resultFile(int part) {
    return results
        .sub(UUID.randomUUID().toString())
        .file(String.format(Locale.ROOT, "users-%05d%s", part, format.ending()));
  }

  private Object[] values(UserTable table, int user, int asOf) {
    Object[] values = new Object[1 + aggregation.measures().size()];
    values[0] = table.id(user);
    for (int measure = 1; measure < values.length; measure++) {
      values[measure] = table.value(measure - 1, user, asOf);
    }
    return values;
  }

  private static Object[] texts(Object[] values) {
    Object[] texts = new Object[values.length];
    for (int column = 0; column < texts.length; column++) {
      texts[column] = MeasureText.of(values[column]);
    }
    return texts;
  }
}
