package personas.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import personas.data.Shard;
import personas.data.ShardFile;
import personas.data.ShardReference;

/**
 * The staged shards with the hashes of their ids: files that every worker can read; or, of a run
 * that is played in one process and whose input is small beside the heap, objects of this process.
 */
final class ShardStore {
  /** What is held takes this share of the heap at most; what does not fit goes to files. */
  private static final double HEAP_SHARE = 0.2;

  /** A byte of text becomes about so many in memory, standardised values not counted. */
  private static final int GROWTH = 3;

  private static final Map<String, Held> HELD = new ConcurrentHashMap<>();
  private static final AtomicLong HELD_BYTES = new AtomicLong();

  private ShardStore() {}

  private static final class Held {
    private final Shard shard;
    private final long[] hashes;

    Held(Shard shard, long[] hashes) {
      this.shard = shard;
      this.hashes = hashes;
    }

    long bytes() {
      return shard.bytes() + (hashes == null ? 0 : (long) Long.BYTES * hashes.length);
    }
  }

  /** Whether an input of so many bytes is likely to fit. */
  static boolean fits(long inputBytes) {
    return inputBytes <= budget() / GROWTH;
  }

  private static long budget() {
    return (long) (Runtime.getRuntime().maxMemory() * HEAP_SHARE);
  }

  /**
   * Stages a shard.
   *
   * @param path its name, which no other shard has
   * @param hashes of the ids; null where users have none
   * @param mayHold whether this process plays the whole run
   */
  static void put(String path, Shard shard, long[] hashes, boolean mayHold) throws IOException {
    Held held = new Held(shard, hashes);
    if (mayHold && HELD_BYTES.addAndGet(held.bytes()) <= budget()) {
      HELD.put(path, held);
      return;
    }
    if (mayHold) {
      HELD_BYTES.addAndGet(-held.bytes());
    }
    try (OutputStream out = Folder.create(path)) {
      ShardFile.write(shard, out);
    }
    if (hashes != null) {
      IdHashes.write(path, hashes);
    }
  }

  /** Whether asking for a shard costs nothing. */
  static boolean holds(ShardReference reference) {
    return HELD.containsKey(reference.path());
  }

  /** The shard with raw numbers; ids and pass-through fields may not be there. */
  static Shard numbers(ShardReference reference) throws IOException {
    Held held = HELD.get(reference.path());
    return held != null ? held.shard : read(reference, ShardFile::readColumns);
  }

  /** All of the shard. */
  static Shard whole(ShardReference reference) throws IOException {
    Held held = HELD.get(reference.path());
    return held != null ? held.shard : read(reference, ShardFile::readAll);
  }

  /**
   * The hashes of the ids, one a row; of users that have ids. The caller leaves them as they are.
   */
  static long[] idHashes(ShardReference reference) throws IOException {
    Held held = HELD.get(reference.path());
    return held != null ? held.hashes : IdHashes.read(reference);
  }

  private interface Format {
    Shard read(InputStream in) throws IOException;
  }

  private static Shard read(ShardReference reference, Format format) throws IOException {
    try (InputStream in = Folder.open(reference.path())) {
      return format.read(in);
    } catch (IOException e) {
      throw new IOException(reference.path() + ": staged shard cannot be read: " + e, e);
    }
  }

  /** Forgets the shards of a run that this process holds. */
  static void forget(Folder staging) {
    HELD.entrySet()
        .removeIf(
            held -> {
              boolean ofRun = held.getKey().startsWith(staging.path());
              if (ofRun) {
                HELD_BYTES.addAndGet(-held.getValue().bytes());
              }
              return ofRun;
            });
  }
}
