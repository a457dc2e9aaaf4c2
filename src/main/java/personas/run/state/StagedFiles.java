package personas.run.state;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import personas.math.Require;
import personas.table.RangeKey;

/**
 * The staged files of the input, in the order of the input. Objects of this class can be merged in
 * any order; an empty object is the identity.
 */
public final class StagedFiles implements Serializable {
  private static final long serialVersionUID = 1;

  private final TreeSet<ShardReference> shards = new TreeSet<>();
  private final TreeSet<RejectedFile> rejectedFiles = new TreeSet<>();
  private final TreeSet<GoneFile> goneFiles = new TreeSet<>();

  /** The number of lines of each range whose lines are counted. */
  private final TreeMap<RangeKey, Long> lines = new TreeMap<>();

  /**
   * A staged file of users of the previous run who are absent from this run.
   *
   * @param part the part of the ids, from 0
   * @param path the file
   */
  public record GoneFile(int part, String path) implements Serializable, Comparable<GoneFile> {
    public GoneFile {
      Require.atLeast(0, "part", part);
      Require.notEmpty("path", path);
    }

    @Override
    public int compareTo(GoneFile other) {
      int byPart = Integer.compare(part, other.part);
      return byPart != 0 ? byPart : path.compareTo(other.path);
    }
  }

  /**
   * A staged file of rejected records.
   *
   * @param range the range of the input that holds the records
   * @param path the file
   */
  public record RejectedFile(RangeKey range, String path)
      implements Serializable, Comparable<RejectedFile> {
    public RejectedFile {
      Objects.requireNonNull(range, "range");
      Require.notEmpty("path", path);
    }

    @Override
    public int compareTo(RejectedFile other) {
      int byRange = range.compareTo(other.range);
      return byRange != 0 ? byRange : path.compareTo(other.path);
    }
  }

  /** Returns the files of one range. */
  public static StagedFiles of(RangeResult range) {
    StagedFiles files = new StagedFiles();
    files.shards.addAll(range.users().shards());
    files.goneFiles.addAll(range.matched().goneFiles());
    if (range.outcome().lines() > 0) {
      files.lines.put(range.task().key(), range.outcome().lines());
    }
    if (!range.rejected().file().isEmpty()) {
      files.rejectedFiles.add(new RejectedFile(range.task().key(), range.rejected().file()));
    }
    return files;
  }

  /** Adds a file of rejected records. */
  public void addRejected(RejectedFile file) {
    rejectedFiles.add(file);
  }

  /** Adds other files. */
  public void merge(StagedFiles other) {
    shards.addAll(other.shards);
    rejectedFiles.addAll(other.rejectedFiles);
    goneFiles.addAll(other.goneFiles);
    lines.putAll(other.lines);
  }

  /** Returns the shards of all users. */
  public List<ShardReference> shards() {
    return List.copyOf(shards);
  }

  /** Returns the number of lines of the file before each range; empty if lines are not counted. */
  public Map<RangeKey, Long> linesBefore() {
    Map<RangeKey, Long> before = new HashMap<>();
    String source = "";
    long sum = 0;
    for (Map.Entry<RangeKey, Long> range : lines.entrySet()) {
      sum = range.getKey().source().equals(source) ? sum : 0;
      source = range.getKey().source();
      before.put(range.getKey(), sum);
      sum += range.getValue();
    }
    return before;
  }

  /** Returns the files of all rejected records. */
  List<RejectedFile> rejectedFiles() {
    return List.copyOf(rejectedFiles);
  }

  /** Returns the files of all users of the previous run who are absent from this run. */
  List<GoneFile> goneFiles() {
    return List.copyOf(goneFiles);
  }

  /** Writes the files; equal values are written as equal bytes. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(shards.size());
    for (ShardReference shard : shards) {
      shard.write(out);
    }
    out.writeInt(lines.size());
    for (Map.Entry<RangeKey, Long> range : lines.entrySet()) {
      range.getKey().write(out);
      out.writeLong(range.getValue());
    }
    out.writeInt(rejectedFiles.size());
    for (RejectedFile file : rejectedFiles) {
      file.range().write(out);
      out.writeUTF(file.path());
    }
    out.writeInt(goneFiles.size());
    for (GoneFile file : goneFiles) {
      out.writeInt(file.part());
      out.writeUTF(file.path());
    }
  }

  /** Reads files that {@link #write} wrote. */
  public static StagedFiles read(DataInput in) throws IOException {
    StagedFiles files = new StagedFiles();
    for (int remaining = in.readInt(); remaining > 0; remaining--) {
      files.shards.add(ShardReference.read(in));
    }
    for (int remaining = in.readInt(); remaining > 0; remaining--) {
      files.lines.put(RangeKey.read(in), in.readLong());
    }
    for (int remaining = in.readInt(); remaining > 0; remaining--) {
      files.rejectedFiles.add(new RejectedFile(RangeKey.read(in), in.readUTF()));
    }
    for (int remaining = in.readInt(); remaining > 0; remaining--) {
      files.goneFiles.add(new GoneFile(in.readInt(), in.readUTF()));
    }
    return files;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StagedFiles that
        && shards.equals(that.shards)
        && rejectedFiles.equals(that.rejectedFiles)
        && goneFiles.equals(that.goneFiles)
        && lines.equals(that.lines);
  }

  @Override
  public int hashCode() {
    return shards.hashCode();
  }
}
