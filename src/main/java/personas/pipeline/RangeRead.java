package personas.pipeline;

import java.io.Serializable;
import java.util.List;
import personas.data.ByteRange;
import personas.data.Header;
import personas.data.Moments;
import personas.data.RangeOutcome;
import personas.data.ShardReference;
import personas.data.UserSample;

/** What reading one range gave: small values; the rows themselves are staged. */
record RangeRead(
    FileRange task,
    RangeOutcome outcome,
    List<ShardReference> shards,
    List<String> rejectedFiles,
    Moments moments,
    UserSample sample)
    implements Serializable {

  /** A range of a file and all that a worker needs to read it. */
  record FileRange(ByteRange range, long fileSize, Header header) implements Serializable {}
}
