package personas.table;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import personas.table.bytes.ByteSource;

/** A file in memory. */
public final class MemorySource implements ByteSource {
  private final String name;
  private final byte[] bytes;

  public MemorySource(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public InputStream open(long position) throws IOException {
    InputStream in = new ByteArrayInputStream(bytes);
    in.skipNBytes(position);
    return in;
  }
}
