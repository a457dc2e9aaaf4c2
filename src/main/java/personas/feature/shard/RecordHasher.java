package personas.feature.shard;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.List;
import personas.feature.Feature;
import personas.feature.LevelFeature;
import personas.feature.UserSchema;
import personas.math.Hashing;

/**
 * Hashes the canonical form of users. The form holds every value that reaches the model or the
 * assignments, as the program uses the value and not as the input writes it:
 *
 * <ol>
 *   <li>the length of the id and the id in UTF-8; the length 0 if users have no ids, because {@code
 *       file:line} depends on the files;
 *   <li>for each feature in the order of the spec, the 8 bytes of the raw value. A missing value
 *       and 0 have one bit pattern each;
 *   <li>instead of the indicators of a category, the length of the level plus 1 and the level in
 *       UTF-8; 0 if the value is missing;
 *   <li>the 8 bytes of the weight as a whole number, if records have weights;
 *   <li>the copied columns as CSV, each after a comma: the pass-through columns, then the other
 *       described columns.
 * </ol>
 *
 * <p>A length takes one byte for each 7 bits, so that a user with an id of 14 characters and five
 * numbers fits in one block of SHA-256. An instance is not thread-safe.
 */
public final class RecordHasher {
  /** SHA-256 pads a message of up to 55 bytes to one block of this size. */
  private static final int INITIAL_BYTES = 64;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** The maximum number of bytes of an encoded length, one byte for each 7 bits. */
  private static final int MAX_LENGTH_BYTES = 5;

  private final MessageDigest sha256 = Hashing.newSha256();
  private final byte[] hash = new byte[RecordDigest.HASH_BYTES];
  private final boolean hasIds;

  /** For each feature the level in UTF-8; null if the feature is not the indicator of a level. */
  private final byte[][] levels;

  /** For each feature the index of the next feature that belongs to another column. */
  private final int[] columnEnds;

  /** The maximum number of bytes of the features and the weight of a user. */
  private final int maxFeatureBytes;

  /** The canonical form of the present user. */
  private byte[] canonicalForm = new byte[INITIAL_BYTES];

  /**
   * Creates a hasher.
   *
   * @param schema the columns of the users
   */
  public RecordHasher(UserSchema schema) {
    List<Feature> features = schema.features();
    hasIds = schema.idColumn() != null;
    levels = new byte[features.size()][];
    columnEnds = new int[features.size()];
    int bytes = 0;
    for (int f = features.size() - 1; f >= 0; f--) {
      Feature feature = features.get(f);
      boolean isLast =
          f + 1 == features.size() || !features.get(f + 1).column().equals(feature.column());
      columnEnds[f] = isLast ? f + 1 : columnEnds[f + 1];
      if (feature instanceof LevelFeature indicator) {
        levels[f] = indicator.level().level().getBytes(StandardCharsets.UTF_8);
      }
      bytes += levels[f] == null ? Double.BYTES : MAX_LENGTH_BYTES + levels[f].length;
    }
    maxFeatureBytes = schema.hasWeights() ? bytes + Long.BYTES : bytes;
  }

  /** Adds the users of a shard to a digest. */
  public void add(Shard shard, RecordDigest digest) {
    double[][] columns = shard.columns();
    for (int row = 0; row < shard.rows(); row++) {
      int featuresEnd = putFeatures(columns, row, putId(shard, row));
      if (shard.weights() != null) {
        LONGS.set(canonicalForm, featuresEnd, (long) shard.weights()[row]);
        featuresEnd += Long.BYTES;
      }
      int end = shard.copyPassThrough(row, canonicalForm, featuresEnd);
      sha256.update(canonicalForm, 0, end);
      try {
        sha256.digest(hash, 0, hash.length);
      } catch (DigestException e) {
        throw new IllegalStateException("the array holds the bytes of SHA-256", e);
      }
      digest.add(hash);
    }
  }

  /** Writes the length of the id and the id. Returns the position after the id. */
  private int putId(Shard shard, int row) {
    int length = hasIds ? shard.idLength(row) : 0;
    int bytes = MAX_LENGTH_BYTES + length + maxFeatureBytes + shard.passThroughLength(row);
    if (bytes > canonicalForm.length) {
      canonicalForm = new byte[2 * bytes];
    }
    int position = putLength(length, 0);
    return hasIds ? shard.copyId(row, canonicalForm, position) : position;
  }

  /** Writes the values of all features. Returns the position after the values. */
  private int putFeatures(double[][] columns, int row, int from) {
    int position = from;
    for (int f = 0; f < levels.length; f = columnEnds[f]) {
      if (levels[f] == null) {
        // Adding 0 turns -0 into 0, and doubleToLongBits has one pattern for all NaN.
        LONGS.set(canonicalForm, position, Double.doubleToLongBits(columns[f][row] + 0.0));
        position += Double.BYTES;
      } else {
        position = putLevel(columns, row, f, position);
      }
    }
    return position;
  }

  /**
   * Writes the level of a category. Returns the position after the level.
   *
   * @param first the first feature of the category
   */
  private int putLevel(double[][] columns, int row, int first, int position) {
    int feature = first;
    while (feature < columnEnds[first] && columns[feature][row] != 1) {
      feature++;
    }
    if (feature == columnEnds[first]) {
      return putLength(0, position);
    }
    byte[] level = levels[feature];
    int start = putLength(level.length + 1, position);
    System.arraycopy(level, 0, canonicalForm, start, level.length);
    return start + level.length;
  }

  /**
   * Writes a length in groups of 7 bits, the lowest first. Returns the position after the length.
   */
  private int putLength(int length, int from) {
    int position = from;
    int remainder = length;
    while (remainder > 0x7F) {
      canonicalForm[position++] = (byte) (remainder | 0x80);
      remainder >>>= 7;
    }
    canonicalForm[position] = (byte) remainder;
    return position + 1;
  }
}
