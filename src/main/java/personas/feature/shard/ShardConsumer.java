package personas.feature.shard;

import java.io.IOException;

/** Receives full shards. */
public interface ShardConsumer {
  void accept(Shard shard) throws IOException;
}
