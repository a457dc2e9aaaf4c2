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

/** The rows of a database → ranges of them, staged as files of text values. */
public final class StageRows extends PTransform<PBegin, PCollection<FileRange>> {
  private static final long serialVersionUID = 1;

  private final RowSource source;
  private final UserSchema schema;
  private final Folder staging;
  private final String folder;

  /**
   * Stages rows.
   *
   * @param schema the columns that are wanted
   * @param staging where a refusal is written
   * @param folder the name of the folder in there that gets the files
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
