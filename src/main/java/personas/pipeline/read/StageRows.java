package personas.pipeline.read;

import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import personas.connector.contract.RowSource;
import personas.connector.storage.Folder;
import personas.connector.storage.RefusalFile;
import personas.feature.UserSchema;
import personas.table.read.FileRange;

/** Stages the rows of a database as files of text values, and emits their ranges. */
public final class StageRows extends PTransform<PBegin, PCollection<FileRange>> {
  private static final long serialVersionUID = 1;

  private final RowSource source;
  private final UserSchema schema;
  private final Folder staging;
  private final String folder;

  /**
   * Creates the transform.
   *
   * @param schema the columns to stage
   * @param staging the staging folder, which also gets the reason of a refusal
   * @param folder the name of the subfolder of the staging folder that gets the files
   */
  public StageRows(RowSource source, UserSchema schema, Folder staging, String folder) {
    this.source = source;
    this.schema = schema;
    this.staging = staging;
    this.folder = folder;
  }

  @Override
  public PCollection<FileRange> expand(PBegin begin) {
    return source.stage(
        begin.apply("Input", Create.of(source.name()).withCoder(StringUtf8Coder.of())),
        schema,
        staging.sub(folder),
        new RefusalFile(staging));
  }
}
