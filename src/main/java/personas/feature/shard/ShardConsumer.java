package personas.feature.shard;

import java.io.IOException;

/** Receives completed shards. */
public interface ShardConsumer {
  void accept(Shard shard) throws IOException;
}
