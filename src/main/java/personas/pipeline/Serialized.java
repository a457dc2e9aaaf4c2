package personas.pipeline;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import org.apache.beam.sdk.util.SerializableUtils;

/** Java-serialised values within the coders of larger ones; null is allowed. */
final class Serialized {
  private Serialized() {}

  static void write(Serializable value, DataOutput out) throws IOException {
    byte[] bytes = value == null ? new byte[0] : SerializableUtils.serializeToByteArray(value);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static <T> T read(DataInput in, Class<T> type) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes.length == 0
        ? null
        : type.cast(SerializableUtils.deserializeFromByteArray(bytes, type.getSimpleName()));
  }
}
