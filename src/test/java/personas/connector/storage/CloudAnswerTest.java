package personas.connector.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory;
import org.apache.beam.sdk.extensions.gcp.options.GcpOptions;
import org.apache.beam.sdk.extensions.gcp.options.GcsOptions;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;

/** Checks a service that accepts connections and never answers. */
class CloudAnswerTest {
  @Test
  void aSilentBucketIsRefusedInOneLine() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      GcsOptions options = PipelineOptionsFactory.as(GcsOptions.class);
      options.setGcsEndpoint("http://127.0.0.1:" + silent.getLocalPort());
      options.as(GcpOptions.class).setCredentialFactoryClass(NoopCredentialFactory.class);
      FileSystems.setDefaultPipelineOptions(options);
      String place = "gs://silent-bucket/users.csv";
      assertEquals(
          place
              + ": Cloud Storage does not answer within 20 seconds; check the network and the"
              + " credentials (gcloud auth application-default login)",
          assertThrows(IOException.class, () -> FilePattern.files(place)).getMessage());
    } finally {
      FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    }
  }
}
