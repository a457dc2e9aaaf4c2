package personas.pipeline;

import java.io.Serializable;
import java.util.List;
import personas.data.ByteRange;
import personas.data.Header;
import personas.data.Moments;
import personas.data.RangeOutcome;
import personas.data.RejectionExamples;
import personas.data.ShardReference;

/**
 * What reading one range gave: small values; the rows and the sample of them are staged.
 *
 * @param rejectedFiles none where no record was rejected
 * @param examples a few of the rejected records
 * @param sampleFile empty where the range has no user
 */
record RangeRead(
    FileRange task,
    RangeOutcome outcome,
    List<ShardReference> shards,
    List<String> rejectedFiles,
    RejectionExamples examples,
    Moments moments,
    String sampleFile)
    implements Serializable {

  /** A range of a file and all that a worker needs to read it. */
  record FileRange(ByteRange range, long fileSize, Header header) implements Serializable {}
}
