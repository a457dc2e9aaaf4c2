package personas.run.state;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import personas.math.Require;

/**
 * A piece of a staged file that belongs to a range.
 *
 * @param kind what the piece holds
 * @param path the file
 * @param offset the first byte of the piece
 * @param length the number of bytes of the piece; ignored if the piece is a whole file
 */
public record StagedPiece(Kind kind, String path, long offset, int length) {
  public StagedPiece {
    Require.notEmpty("path", path);
    Require.atLeast(0, "offset", offset);
    Require.atLeast(0, "length", length);
  }

  /** What a piece holds. */
  public enum Kind {
    /** The {@link StagedRange} of the range. */
    RESULT,
    /** A part of the {@link IdMatches} of the range. */
    ID_MATCHES,
    /**
     * A whole file with users of the previous run who are missing from the input. The offset of the
     * piece is the number of the part of the ids.
     */
    GONE_USERS
  }

  /** Returns the file that holds the result of a range. */
  public static StagedPiece result(String path) {
    return new StagedPiece(Kind.RESULT, path, 0, 0);
  }

  /**
   * Returns the file of the users of the previous run who belong to a part of the ids and are
   * missing from the input.
   *
   * @param path the file
   * @param part the number of the part of the hashes of ids
   */
  public static StagedPiece goneUsers(String path, int part) {
    return new StagedPiece(Kind.GONE_USERS, path, part, 0);
  }

  /** Writes the piece; equal pieces are written as equal bytes. */
  public void write(DataOutput out) throws IOException {
    out.writeUTF(kind.name());
    out.writeUTF(path);
    out.writeLong(offset);
    out.writeInt(length);
  }

  /** Reads a piece that {@link #write} wrote. */
  public static StagedPiece read(DataInput in) throws IOException {
    return new StagedPiece(Kind.valueOf(in.readUTF()), in.readUTF(), in.readLong(), in.readInt());
  }
}
