package personas.connector.storage;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import org.apache.beam.sdk.util.SerializableUtils;

/**
 * Writes and reads Java-serialized values, in coders and in files of a run's own staging folder.
 * Never read other files with this class, because deserialization trusts its input.
 */
public final class SerializedFile {
  private SerializedFile() {}

  /** Writes a value; null is allowed. */
  public static void write(Serializable value, DataOutput out) throws IOException {
    byte[] bytes = value == null ? new byte[0] : SerializableUtils.serializeToByteArray(value);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /** Reads a value that {@link #write} wrote; possibly null. */
  public static <T> T read(DataInput in, Class<T> type) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes.length == 0 ? null : fromBytes(bytes, type);
  }

  /** Writes a value to a file. */
  public static void save(Serializable value, String file) throws IOException {
    try (OutputStream out = Folder.create(file)) {
      out.write(SerializableUtils.serializeToByteArray(value));
    }
  }

  /** Reads a value from a file that {@link #save} wrote. */
  public static <T> T load(String file, Class<T> type) throws IOException {
    try (InputStream in = Folder.open(file)) {
      return fromBytes(in.readAllBytes(), type);
    }
  }

  private static <T> T fromBytes(byte[] bytes, Class<T> type) {
    return type.cast(SerializableUtils.deserializeFromByteArray(bytes, type.getSimpleName()));
  }
}
