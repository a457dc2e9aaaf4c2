package personas.run.state;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The matches of the ids of one range: rows that repeat the id of an earlier row, and the clusters
 * of users in the previous run. Rows are counted from 0 over all users of the range.
 */
public final class IdMatches {
  private final BitSet repeatedRows = new BitSet();
  private final short[] codes;
  private final long[] previousUsers;
  private final List<StagedFiles.GoneFile> goneFiles = new ArrayList<>();

  /**
   * Creates empty matches.
   *
   * @param users the number of users of the range
   * @param previousClusters the number of clusters of the previous run; 0 without a previous run
   */
  public IdMatches(int users, int previousClusters) {
    codes = new short[previousClusters == 0 ? 0 : users];
    previousUsers = new long[previousClusters];
  }

  /** Returns the rows that repeat an id. */
  public BitSet repeatedRows() {
    return repeatedRows;
  }

  /**
   * Returns one code per row, see {@link personas.model.score.PreviousCode}; an empty array without
   * a previous run.
   */
  public short[] codes() {
    return codes;
  }

  /**
   * Returns the number of users of each cluster of the previous run, over the parts of the ids
   * whose counts this range reports. One range reports the counts of a part.
   */
  public List<Long> previousUsers() {
    return Arrays.stream(previousUsers).boxed().toList();
  }

  /**
   * Returns the files of users of the previous run who are gone, for the parts of the ids whose
   * files this range reports. One range reports the file of a part.
   */
  List<StagedFiles.GoneFile> goneFiles() {
    return List.copyOf(goneFiles);
  }

  /**
   * Adds a file of users of the previous run who are gone: their ids do not occur in this run.
   *
   * @param part the number of the part of the ids
   * @param path the path of the file
   */
  public void addGone(int part, String path) {
    goneFiles.add(new StagedFiles.GoneFile(part, path));
  }

  /** Adds a part that {@link Part#write} wrote. */
  public void add(DataInput in) throws IOException {
    for (int remaining = in.readInt(); remaining > 0; remaining--) {
      repeatedRows.set(in.readInt());
    }
    for (int remaining = in.readInt(); remaining > 0; remaining--) {
      codes[in.readInt()] = in.readShort();
    }
    int clusters = in.readInt();
    for (int cluster = 0; cluster < clusters; cluster++) {
      previousUsers[cluster] += in.readLong();
    }
  }

  /** The matches of one range within one part of the ids. */
  public static final class Part {
    private int[] repeatedRows = new int[16];
    private int repeated;
    private int[] knownRows = new int[16];
    private short[] codes = new short[16];
    private int known;
    private long[] previousUsers = new long[0];

    /** Adds a row whose id an earlier row of the input has. */
    public void addRepeated(int row) {
      if (repeated == repeatedRows.length) {
        repeatedRows = Arrays.copyOf(repeatedRows, 2 * repeated);
      }
      repeatedRows[repeated++] = row;
    }

    /**
     * Adds a row whose user was in the previous run.
     *
     * @param row the row
     * @param code the previous cluster, see {@link personas.model.score.PreviousCode}
     */
    public void addKnown(int row, short code) {
      if (known == knownRows.length) {
        knownRows = Arrays.copyOf(knownRows, 2 * known);
        codes = Arrays.copyOf(codes, 2 * known);
      }
      knownRows[known] = row;
      codes[known++] = code;
    }

    /** Sets the number of users of each cluster of the previous run, over all ranges. */
    public void setPreviousUsers(long[] users) {
      previousUsers = users.clone();
    }

    /** Returns whether the part has no matches. */
    public boolean isEmpty() {
      return repeated == 0 && known == 0 && previousUsers.length == 0;
    }

    /** Writes the part. */
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
