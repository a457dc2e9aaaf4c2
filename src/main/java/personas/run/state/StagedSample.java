package personas.run.state;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.UUID;
import personas.connector.storage.Folder;
import personas.feature.shard.UserSample;

/**
 * A sample of users that lies in a staged file until somebody asks for it: with 100,000 users it is
 * larger than what an engine sorts as one record, and some engines copy what they hold. Mergeable
 * in any order; that of no user is the identity.
 */
public final class StagedSample implements Serializable {
  private static final long serialVersionUID = 1;

  /** Empty while the sample is in memory alone. */
  private String path;

  /** Null while the sample is in its file alone. */
  private UserSample sample;

  /** Whether nobody else holds the sample in memory, so that a merge may change it. */
  private boolean ownsSample;

  private StagedSample(String path, UserSample sample) {
    this.path = path;
    this.sample = sample;
  }

  /** The sample of no user. */
  public static StagedSample empty() {
    return new StagedSample("", null);
  }

  /** A sample that {@link #path} has staged. */
  public static StagedSample at(String path) {
    return new StagedSample(path, null);
  }

  /** A sample in memory, which nobody changes any more. */
  public static StagedSample of(UserSample sample) {
    return new StagedSample("", sample);
  }

  private boolean isEmpty() {
    return path.isEmpty() && sample == null;
  }

  /** Adds the users of another sample to this one. */
  public void merge(StagedSample other) {
    if (other.isEmpty()) {
      return;
    }
    if (isEmpty()) {
      path = other.path;
      sample = other.sample;
      ownsSample = false;
      return;
    }
    if (!ownsSample) {
      UserSample own = load().empty();
      own.merge(load());
      sample = own;
      ownsSample = true;
    }
    sample.merge(other.load());
    path = "";
  }

  /** The users. */
  public UserSample load() {
    if (sample != null) {
      return sample;
    }
    try (InputStream in = Folder.open(path)) {
      return UserSample.read(new DataInputStream(new ByteArrayInputStream(in.readAllBytes())));
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": staged sample cannot be read: " + e, e);
    }
  }

  /** The file of the sample, which is written when somebody asks first; empty for no user. */
  public synchronized String path(Folder folder) throws IOException {
    if (path.isEmpty() && sample != null) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      sample.write(new DataOutputStream(bytes));
      String file = folder.file(UUID.randomUUID() + ".sample");
      try (OutputStream out = Folder.create(file)) {
        bytes.writeTo(out);
      }
      path = file;
    }
    return path;
  }

  /** Whether both hold the same users. */
  @Override
  public boolean equals(Object other) {
    return other instanceof StagedSample that
        && isEmpty() == that.isEmpty()
        && (isEmpty() || load().equals(that.load()));
  }

  @Override
  public int hashCode() {
    return isEmpty() ? 0 : load().hashCode();
  }
}
