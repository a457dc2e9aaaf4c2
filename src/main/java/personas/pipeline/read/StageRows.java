package personas.pipeline.read;

import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import personas.connector.contract.DatabaseSource;
import personas.connector.contract.StagingRequest;
import personas.table.read.FileRange;

/** Stages the rows of a database as files of text values, and emits their ranges. */
public final class StageRows extends PTransform<PBegin, PCollection<FileRange>> {
  private static final long serialVersionUID = 1;

  private final DatabaseSource source;
  private final StagingRequest request;

  public StageRows(DatabaseSource source, StagingRequest request) {
    this.source = source;
    this.request = request;
  }

  @Override
  public PCollection<FileRange> expand(PBegin begin) {
    return source.stage(
        begin.apply("Input", Create.of(source.name()).withCoder(StringUtf8Coder.of())), request);
  }
}
