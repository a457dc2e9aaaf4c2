package personas.connector.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.apache.beam.sdk.extensions.gcp.options.GcsOptions;
import org.apache.beam.sdk.extensions.gcp.util.GcsUtil;
import org.apache.beam.sdk.extensions.gcp.util.gcsfs.GcsPath;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.util.MimeTypes;

/** Creates an object of Cloud Storage only if no object has this name. */
final class NewGcsObject {
  private NewGcsObject() {}

  /**
   * Creates an object.
   *
   * @return false if an object has this name; an earlier attempt of the same request may have
   *     created it
   */
  static boolean create(String file, byte[] bytes, PipelineOptions options) throws IOException {
    GcsUtil.CreateOptions ifAbsent =
        GcsUtil.CreateOptions.builder()
            .setContentType(MimeTypes.BINARY)
            .setExpectFileToNotExist(true)
            .build();
    if (Folder.exists(file)) {
      return false;
    }
    try (WritableByteChannel channel =
        options.as(GcsOptions.class).getGcsUtil().create(GcsPath.fromUri(file), ifAbsent)) {
      channel.write(ByteBuffer.wrap(bytes));
    } catch (IOException e) {
      if (Folder.exists(file)) {
        return false;
      }
      throw e;
    }
    return true;
  }
}
