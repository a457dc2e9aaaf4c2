package personas.table.parquet;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import personas.table.bytes.ByteSource;

/** Adapts a source for Parquet. A seek opens the source again at the new position. */
record ParquetInput(ByteSource source) implements InputFile {
  private static final int BUFFER_BYTES = 1 << 16;

  @Override
  public long getLength() throws IOException {
    return source.size();
  }

  /** Returns "it" for the library's messages, which follow the name of the source. */
  @Override
  public String toString() {
    return "it";
  }

  @Override
  public SeekableInputStream newStream() throws IOException {
    return new Seekable(new LazyStream(source));
  }

  private static final class Seekable extends DelegatingSeekableInputStream {
    private final LazyStream stream;

    Seekable(LazyStream stream) {
      super(stream);
      this.stream = stream;
    }

    @Override
    public long getPos() {
      return stream.position;
    }

    @Override
    public void seek(long newPosition) throws IOException {
      stream.seek(newPosition);
    }
  }

  /** A stream that is opened when the first byte is read. */
  private static final class LazyStream extends InputStream {
    private final ByteSource source;
    private InputStream in;
    private long position;

    LazyStream(ByteSource source) {
      this.source = source;
    }

    void seek(long newPosition) throws IOException {
      if (newPosition != position) {
        close();
        position = newPosition;
      }
    }

    private InputStream opened() throws IOException {
      if (in == null) {
        in = new BufferedInputStream(source.open(position), BUFFER_BYTES);
      }
      return in;
    }

    @Override
    public int read() throws IOException {
      int value = opened().read();
      position += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int count = opened().read(bytes, from, length);
      position += Math.max(0, count);
      return count;
    }

    @Override
    public void close() throws IOException {
      if (in != null) {
        in.close();
        in = null;
      }
    }
  }
}
