package personas.pipeline.combine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.UUID;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CustomCoder;
import personas.connector.storage.Folder;
import personas.math.Hashing;

/**
 * The coder of values that may be too large for one record of an engine. With default memory
 * settings, Flink rejects records of 0.4 MB. A large value is written to a staged file, and the
 * path of the file is encoded. A digest of the content names the file, so equal values give equal
 * bytes.
 */
public final class StagedValueCoder<T> extends CustomCoder<T> {
  private static final long serialVersionUID = 1;

  private static final int MAX_INLINE_BYTES = 1 << 16;

  private final Coder<T> coder;
  private final Folder folder;

  /**
   * Creates a coder that wraps another coder.
   *
   * @param coder a deterministic coder
   * @param folder the folder in which large values are staged
   */
  public StagedValueCoder(Coder<T> coder, Folder folder) {
    this.coder = coder;
    this.folder = folder;
  }

  @Override
  public void encode(T value, OutputStream out) throws IOException {
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    coder.encode(value, encoded);
    DataOutputStream data = new DataOutputStream(out);
    boolean isStaged = encoded.size() > MAX_INLINE_BYTES;
    data.writeBoolean(isStaged);
    if (isStaged) {
      data.writeUTF(stage(encoded.toByteArray()));
    } else {
      encoded.writeTo(data);
    }
    data.flush();
  }

  @Override
  public T decode(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    if (!data.readBoolean()) {
      return coder.decode(data);
    }
    try (InputStream file = Folder.open(data.readUTF())) {
      return coder.decode(new ByteArrayInputStream(file.readAllBytes()));
    }
  }

  /** Writes a file under another name and renames it, so that the file is complete if it exists. */
  private String stage(byte[] bytes) throws IOException {
    String digest = Hashing.sha256(bytes);
    String file = folder.file(digest + ".value");
    if (!Folder.exists(file)) {
      String attempt = folder.file(UUID.randomUUID() + ".value");
      try (OutputStream out = Folder.create(attempt)) {
        out.write(bytes);
      }
      Folder.move(attempt, file);
    }
    return file;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StagedValueCoder<?> that
        && coder.equals(that.coder)
        && folder.equals(that.folder);
  }

  @Override
  public int hashCode() {
    return coder.hashCode();
  }

  @Override
  public void verifyDeterministic() throws NonDeterministicException {
    coder.verifyDeterministic();
  }
}
