package personas.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import personas.connector.storage.StoredFile;
import personas.feature.Feature;
import personas.feature.UserSchema;
import personas.feature.shard.IdTable;
import personas.feature.shard.Shard;
import personas.model.Model;
import personas.model.Model.ClusterModel;
import personas.model.compare.Migration;
import personas.model.compare.MigrationCounts;
import personas.table.InputFormat;
import personas.table.bytes.ByteRange;
import personas.table.ledger.BadInputException;
import personas.table.read.FileHeader;
import personas.table.read.RangeReader;
import personas.text.CsvBuffer;

/**
 * The users of an earlier run and the cluster that each had, from its assignments-*.csv; an id that
 * stands there twice counts once, where it comes first. Held whole by each worker, see {@link
 * IdTable} for how much that is; read once a worker, by the parser of the input.
 */
public final class AssignedUsers {
  private static final UserSchema SCHEMA =
      new UserSchema("user_id", List.of(Feature.of("cluster")), List.of());
  private static final int MAX_SHARD_ROWS = 1 << 16;

  private final IdTable table = new IdTable();
  private final CsvBuffer id = new CsvBuffer();
  private final int[] ids;
  private final long[] users;
  private final BitSet seen = new BitSet();

  private AssignedUsers(int[] ids) {
    this.ids = ids;
    this.users = new long[ids.length];
  }

  /**
   * Reads assignments.
   *
   * @param pattern a path or a glob
   * @param model that they were made by
   * @throws BadInputException where a file has not the columns, or a cluster is not the model's
   */
  private static AssignedUsers read(String pattern, Model model) throws IOException {
    AssignedUsers read = new AssignedUsers(ids(model));
    for (MatchResult.Metadata file : files(pattern)) {
      forEach(file, (shard, row) -> read.add(file, shard, row));
    }
    return read;
  }

  /** Takes one row of a shard. */
  interface RowConsumer {
    void accept(Shard shard, int row) throws IOException;
  }

  /** The rows of an assignments file: ids, and the cluster as the one column. */
  static void forEach(MatchResult.Metadata metadata, RowConsumer rows) throws IOException {
    StoredFile file = new StoredFile(metadata.resourceId().toString(), metadata.sizeBytes());
    FileHeader header = FileHeader.read(file, SCHEMA, null);
    new RangeReader(SCHEMA, header.format(), header, MAX_SHARD_ROWS)
        .read(
            file,
            new ByteRange(file.name(), 0, Long.MAX_VALUE),
            -1,
            read -> {
              Shard shard = header.format() == InputFormat.CSV ? read.withoutFormulaGuards() : read;
              for (int row = 0; row < shard.rows(); row++) {
                rows.accept(shard, row);
              }
            },
            rejection -> {
              throw new BadInputException(
                  file.name() + ": is no file of assignments: " + rejection);
            });
  }

  private void add(MatchResult.Metadata file, Shard shard, int row) throws IOException {
    int place = place(ids, shard.column(0)[row], file);
    id.clear();
    shard.appendRawId(row, id);
    byte[] text = id.toByteArray();
    if (table.add(text, 0, text.length, place)) {
      users[place]++;
    }
  }

  /**
   * Who went where between two finished runs; why is not known without the values of the users.
   *
   * @param beforeFiles pattern of the assignments of the earlier run
   * @param nowFiles likewise of the new one
   */
  public static Migration compare(Model before, String beforeFiles, Model now, String nowFiles)
      throws IOException {
    AssignedUsers earlier = read(beforeFiles, before);
    int[] ids = ids(now);
    MigrationCounts counts = new MigrationCounts(earlier.users(), ids.length);
    CsvBuffer written = new CsvBuffer();
    for (MatchResult.Metadata file : files(nowFiles)) {
      forEach(
          file,
          (shard, row) -> {
            int place = place(ids, shard.column(0)[row], file);
            written.clear();
            shard.appendRawId(row, written);
            int entry = earlier.find(written.toByteArray());
            if (entry < 0) {
              counts.addNewUser(place);
            } else {
              counts.addReturningUser(earlier.place(entry), earlier.markSeen(entry), place);
            }
          });
    }
    return Migration.of(before, now, counts, false);
  }

  private static int[] ids(Model model) {
    return model.clusters().stream().mapToInt(ClusterModel::id).toArray();
  }

  private static List<MatchResult.Metadata> files(String pattern) throws IOException {
    List<MatchResult.Metadata> files = new ArrayList<>(FileSystems.match(pattern).metadata());
    files.sort(Comparator.comparing(file -> file.resourceId().toString()));
    return files;
  }

  private static int place(int[] ids, double cluster, MatchResult.Metadata file)
      throws BadInputException {
    int place = cluster == (int) cluster ? Arrays.binarySearch(ids, (int) cluster) : -1;
    if (place < 0) {
      throw new BadInputException(
          file.resourceId()
              + ": cluster "
              + cluster
              + " is none of its model's "
              + Arrays.toString(ids));
    }
    return place;
  }

  /**
   * The entry of a user, or -1 where the user was not there.
   *
   * @param written the id as a reader of the assignments gets it
   */
  int find(byte[] written) {
    return table.find(written, 0, written.length);
  }

  /** The place, in the earlier model, of the cluster of an entry. */
  int place(int entry) {
    return table.value(entry);
  }

  /** Says that a user was seen; whether for the first time. */
  private boolean markSeen(int entry) {
    boolean isFirst = !seen.get(entry);
    seen.set(entry);
    return isFirst;
  }

  /** The users of each cluster, by place. */
  long[] users() {
    return users.clone();
  }
}
