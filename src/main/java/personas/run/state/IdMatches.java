package personas.run.state;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * What a search for ids found of one range: rows that repeat the id of an earlier row, and the
 * clusters that users had in the previous run. Rows are counted over all users of the range.
 */
public final class IdMatches {
  private final BitSet repeatedRows = new BitSet();
  private final short[] codes;
  private final long[] previousUsers;
  private final List<StagedFiles.GoneFile> goneFiles = new ArrayList<>();

  /**
   * Findings of a range.
   *
   * @param users users of the range
   * @param previousClusters clusters of the previous run; 0 without one
   */
  public IdMatches(int users, int previousClusters) {
    codes = new short[previousClusters == 0 ? 0 : users];
    previousUsers = new long[previousClusters];
  }

  /** The rows that repeat an id. */
  public BitSet repeatedRows() {
    return repeatedRows;
  }

  /**
   * One code per row, see {@link personas.model.score.PreviousCode}; none without a previous run.
   */
  public short[] codes() {
    return codes;
  }

  /** The users of each cluster of the previous run that were counted with this range. */
  public List<Long> previousUsers() {
    return Arrays.stream(previousUsers).boxed().toList();
  }

  /** Files of users of the previous run who are gone, which were found beside this range. */
  public List<StagedFiles.GoneFile> goneFiles() {
    return List.copyOf(goneFiles);
  }

  /** Adds a file of users of the previous run who are gone. */
  public void addGone(int part, String path) {
    goneFiles.add(new StagedFiles.GoneFile(part, path));
  }

  /** Adds what {@link Part#write} wrote. */
  public void add(DataInput in) throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      repeatedRows.set(in.readInt());
    }
    for (int left = in.readInt(); left > 0; left--) {
      codes[in.readInt()] = in.readShort();
    }
    for (int left = in.readInt(), place = 0; left > 0; left--) {
      previousUsers[place++] += in.readLong();
    }
  }

  /** What one part of the ids says of one range. */
  public static final class Part {
    private int[] repeatedRows = new int[16];
    private int repeated;
    private int[] knownRows = new int[16];
    private short[] codes = new short[16];
    private int known;
    private long[] previousUsers = new long[0];

    /** The row has the id of an earlier row of the input. */
    public void addRepeated(int row) {
      if (repeated == repeatedRows.length) {
        repeatedRows = Arrays.copyOf(repeatedRows, 2 * repeated);
      }
      repeatedRows[repeated++] = row;
    }

    /**
     * The user of the row was in the previous run.
     *
     * @param code the cluster, see {@link personas.model.score.PreviousCode}
     */
    public void addKnown(int row, short code) {
      if (known == knownRows.length) {
        knownRows = Arrays.copyOf(knownRows, 2 * known);
        codes = Arrays.copyOf(codes, 2 * known);
      }
      knownRows[known] = row;
      codes[known++] = code;
    }

    /** The users of each cluster of the previous run, whether or not this range has them. */
    public void countPreviousUsers(long[] users) {
      previousUsers = users.clone();
    }

    /** Whether nothing was found. */
    public boolean isEmpty() {
      return repeated == 0 && known == 0 && previousUsers.length == 0;
    }

    public void write(DataOutput out) throws IOException {
      out.writeInt(repeated);
      for (int i = 0; i < repeated; i++) {
        out.writeInt(repeatedRows[i]);
      }
      out.writeInt(known);
      for (int i = 0; i < known; i++) {
        out.writeInt(knownRows[i]);
        out.writeShort(codes[i]);
      }
      out.writeInt(previousUsers.length);
      for (long users : previousUsers) {
        out.writeLong(users);
      }
    }
  }
}
