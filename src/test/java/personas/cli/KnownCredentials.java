package personas.cli;

import com.google.auth.Credentials;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import java.time.Instant;
import java.util.Date;
import org.apache.beam.sdk.extensions.gcp.auth.CredentialFactory;
import org.apache.beam.sdk.options.PipelineOptions;

/** Credentials with a known token, which a test can search for. */
public final class KnownCredentials implements CredentialFactory {
  static final String TOKEN = "token-that-nobody-may-read";

  private KnownCredentials() {}

  /** Found by name and called by Beam. */
  public static KnownCredentials fromOptions(PipelineOptions options) {
    return new KnownCredentials();
  }

  @Override
  public Credentials getCredential() {
    return GoogleCredentials.create(
        new AccessToken(TOKEN, Date.from(Instant.parse("2999-01-01T00:00:00Z"))));
  }
}
