package personas.model.assignment;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import personas.feature.shard.Shard;
import personas.model.score.PreviousCode;
import personas.spec.SegmentationSpec;
import personas.text.CsvBuffer;
import personas.text.CsvFields;

/**
 * Writes a list of the users of each persona, with the id and the pass-through columns. If the run
 * looks up the users of the previous run, the class also lists the users that entered and the users
 * that left each persona. A user leaves a persona if the user gets another persona or is absent
 * from this run.
 */
public final class AudienceRows implements Closeable {
  /** The number of bytes in memory at which a list is written to its file. */
  private static final int FULL_BYTES = 1 << 16;

  /** The kind of a list. */
  public enum Kind {
    /** Users that have the persona. */
    MEMBERS(""),
    /** Users that have the persona, and had another persona or none in the previous run. */
    ENTERED("entered-"),
    /** Users that had the persona in the previous run, and have another persona or are absent. */
    LEFT("left-");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }

    /** Returns the name of the files of a list, without number and extension. */
    public String fileName(String persona) {
      return "audience-" + prefix + persona;
    }
  }

  /** The value of the column {@code change} in the table of all lists, by kind of list. */
  private static final Map<Kind, String> CHANGES =
      Map.of(Kind.MEMBERS, "member", Kind.ENTERED, "entered", Kind.LEFT, "left");

  /** Opens the files. */
  public interface Output {
    /**
     * Opens a file.
     *
     * @param name the name of the list
     */
    OutputStream open(String name) throws IOException;

    /** Opens the table of all lists, which takes CSV rows. */
    OutputStream openTable() throws IOException;
  }

  /** One list. */
  private static final class UserList {
    private final String name;
    private final String rowStart;
    private final CsvBuffer buffer = new CsvBuffer();
    private OutputStream out;

    UserList(Kind kind, String persona) {
      name = kind.fileName(persona);
      rowStart = persona + "," + CHANGES.get(kind) + ",";
    }
  }

  private final Output output;
  private final List<UserList> members;
  private final List<UserList> entered;
  private final List<UserList> left;
  private final List<String> names;
  private final List<String> previousNames;
  private final List<UserList> allLists = new ArrayList<>();

  /** The table of all lists; null if the run does not write this table. */
  private final OutputStream table;

  private final CsvBuffer tableBuffer = new CsvBuffer();
  private final List<String> columns;
  private final CsvFields fields;
  private final int passThroughCount;

  /**
   * Creates the lists of one slot.
   *
   * @param spec the spec of the run
   * @param names the names of the personas in file names
   * @param isFirstSlot whether empty lists get a file too, so that each list of the run has a file
   * @param output opens the files
   */
  public AudienceRows(
      SegmentationSpec spec, AudienceNames names, boolean isFirstSlot, Output output)
      throws IOException {
    this.output = output;
    this.names = names.current();
    this.previousNames = names.previous();
    this.columns = spec.input().passThrough();
    this.fields = new CsvFields(spec.copiedColumns().size());
    this.passThroughCount = columns.size();
    members = lists(Kind.MEMBERS, names.current());
    entered = previousNames.isEmpty() ? List.of() : lists(Kind.ENTERED, names.current());
    left = lists(Kind.LEFT, names.previous());
    table = spec.output().audiences().needsTarget() ? output.openTable() : null;
    if (isFirstSlot) {
      for (UserList list : allLists) {
        open(list);
      }
    }
  }

  private List<UserList> lists(Kind kind, List<String> personas) {
    List<UserList> lists = personas.stream().map(persona -> new UserList(kind, persona)).toList();
    allLists.addAll(lists);
    return lists;
  }

  /**
   * Adds a user.
   *
   * @param shard the shard that holds the user
   * @param row the row of the user in the shard
   * @param cluster the index of the user's cluster
   * @param previousCode the {@link PreviousCode} of the user
   */
  void add(Shard shard, int row, int cluster, short previousCode) {
    add(shard, row, members.get(cluster));
    if (previousNames.isEmpty()) {
      return;
    }
    if (previousCode == PreviousCode.NONE) {
      add(shard, row, entered.get(cluster));
      return;
    }
    int before = PreviousCode.cluster(previousCode);
    if (!previousNames.get(before).equals(names.get(cluster))) {
      // The row with the current persona comes last.
      add(shard, row, left.get(before));
      add(shard, row, entered.get(cluster));
    }
  }

  /**
   * Adds a user of the previous run that is absent from this run. The pass-through columns are
   * empty.
   *
   * @param id the user id in UTF-8
   * @param previous the index of the user's cluster in the previous run
   */
  public void addAbsent(byte[] id, int previous) throws IOException {
    UserList list = left.get(previous);
    appendAbsent(id, list.buffer);
    if (table != null) {
      tableBuffer.appendAscii(list.rowStart);
      appendAbsent(id, tableBuffer);
    }
    writeFull();
  }

  private void appendAbsent(byte[] id, CsvBuffer buffer) {
    buffer.appendField(id, 0, id.length);
    for (int i = 0; i < passThroughCount; i++) {
      buffer.appendByte(',');
    }
    buffer.appendByte('\n');
  }

  private void add(Shard shard, int row, UserList list) {
    append(shard, row, list.buffer);
    if (table != null) {
      tableBuffer.appendAscii(list.rowStart);
      append(shard, row, tableBuffer);
    }
  }

  private void append(Shard shard, int row, CsvBuffer buffer) {
    shard.appendId(row, buffer);
    if (passThroughCount > 0) {
      shard.readPassThrough(row, fields);
      shard.appendPassThrough(row, fields, passThroughCount, buffer);
    }
    buffer.appendByte('\n');
  }

  /** Writes the lists that have at least {@link #FULL_BYTES} bytes in memory to their files. */
  void writeFull() throws IOException {
    for (UserList list : allLists) {
      if (list.buffer.size() >= FULL_BYTES) {
        write(list);
      }
    }
    if (tableBuffer.size() >= FULL_BYTES) {
      writeTable();
    }
  }

  private void writeTable() throws IOException {
    tableBuffer.writeTo(table);
    tableBuffer.clear();
  }

  /** Writes the remaining rows and closes the files. */
  @Override
  public void close() throws IOException {
    for (UserList list : allLists) {
      if (list.buffer.size() > 0) {
        write(list);
      }
      if (list.out != null) {
        list.out.close();
      }
    }
    if (table != null) {
      writeTable();
      table.close();
    }
  }

  private void write(UserList list) throws IOException {
    if (list.out == null) {
      open(list);
    }
    list.buffer.writeTo(list.out);
    list.buffer.clear();
  }

  private void open(UserList list) throws IOException {
    list.out = output.open(list.name);
    List<String> names = new ArrayList<>(List.of("user_id"));
    names.addAll(columns);
    list.out.write(AssignmentColumns.header(names));
  }
}
