package personas.pipeline;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.UUID;
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
 * @param stagedAs where a copy of all this is; empty where nothing will ask for it
 */
record RangeRead(
    FileRange task,
    RangeOutcome outcome,
    List<ShardReference> shards,
    List<String> rejectedFiles,
    RejectionExamples examples,
    Moments moments,
    String sampleFile,
    String stagedAs)
    implements Serializable {

  /** The same, and a copy of it in a folder. */
  RangeRead staged(Folder folder) throws IOException {
    String path = folder.file(UUID.randomUUID() + ".read");
    Serialized.save(this, path);
    return new RangeRead(task, outcome, shards, rejectedFiles, examples, moments, sampleFile, path);
  }

  /**
   * A range of a source and all that a worker needs to read it.
   *
   * @param path the file that holds it; the source itself unless that is no file and was staged
   * @param share of all that is read that it is, as far as that is known; else 1
   */
  record FileRange(ByteRange range, String path, long fileSize, Header header, double share)
      implements Serializable {
    FileRange(ByteRange range, String path, long fileSize, Header header) {
      this(range, path, fileSize, header, 1);
    }

    FileRange withShare(double part) {
      return new FileRange(range, path, fileSize, header, part);
    }
  }
}
