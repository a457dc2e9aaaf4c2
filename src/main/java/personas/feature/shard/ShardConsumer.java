package personas.feature.shard;

import java.io.IOException;

/** Takes a full shard. */
public interface ShardConsumer {
  void accept(Shard shard) throws IOException;
}
