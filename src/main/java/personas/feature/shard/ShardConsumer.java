package personas.feature.shard;

import java.io.IOException;

/** Receives completed shards. */
public interface ShardConsumer {
  /**
   * Receives a shard.
   *
   * @throws IOException if the shard cannot be stored
   */
  void accept(Shard shard) throws IOException;
}
