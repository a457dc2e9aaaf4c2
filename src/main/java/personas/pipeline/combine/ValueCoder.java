package personas.pipeline.combine;

import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import org.apache.beam.sdk.coders.CustomCoder;

/**
 * The coder of a type with its own methods for writing and reading. Equal values must give equal
 * bytes.
 */
public final class ValueCoder<T> extends CustomCoder<T> {
  private static final long serialVersionUID = 1;

  /** Writes a value. */
  public interface Writer<T> extends Serializable {
    void write(T value, DataOutput out) throws IOException;
  }

  /** Reads a value that the writer wrote. */
  public interface Reader<T> extends Serializable {
    T read(DataInput in) throws IOException;
  }

  private final Class<T> type;
  private final Writer<T> writer;
  private final Reader<T> reader;

  /**
   * Creates the coder of a type. A type must have only one coder, because coders of the same type
   * are equal.
   */
  public ValueCoder(Class<T> type, Writer<T> writer, Reader<T> reader) {
    this.type = type;
    this.writer = writer;
    this.reader = reader;
  }

  @Override
  public void encode(T value, OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    writer.write(value, data);
    data.flush();
  }

  @Override
  public T decode(InputStream in) throws IOException {
    return reader.read(new DataInputStream(in));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ValueCoder<?> that && type == that.type;
  }

  @Override
  public int hashCode() {
    return type.hashCode();
  }

  /** Accepts every value: equal values give equal bytes, so the values may be keys. */
  @Override
  public void verifyDeterministic() {}
}
