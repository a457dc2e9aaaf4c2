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
 * A sample of users that stays in a staged file until it is loaded. A sample of 100,000 users is
 * larger than an engine can sort as one record, and some engines copy their elements. Samples can
 * be merged in any order; the empty sample is the identity.
 */
public final class StagedSample implements Serializable {
  private static final long serialVersionUID = 1;

  /** The file of the sample; empty if the sample is only in memory. */
  private String path;

  /** The sample in memory; null if the sample is only in its file. */
  private UserSample sample;

  /** Whether only this object refers to the sample in memory, so that a merge may change it. */
  private boolean ownsSample;

  private StagedSample(String path, UserSample sample) {
    this.path = path;
    this.sample = sample;
  }

  /** Returns an empty sample. */
  public static StagedSample empty() {
    return new StagedSample("", null);
  }

  /** Returns a sample in a file that {@link #path} wrote. */
  public static StagedSample at(String path) {
    return new StagedSample(path, null);
  }

  /** Returns a sample in memory, which must not change any more. */
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
      UserSample copy = load().empty();
      copy.merge(load());
      sample = copy;
      ownsSample = true;
    }
    sample.merge(other.load());
    path = "";
  }

  /** Returns the sample, from memory or from its file. The sample must not be empty. */
  public UserSample load() {
    if (sample != null) {
      return sample;
    }
    try (InputStream in = Folder.open(path)) {
      return UserSample.read(new DataInputStream(new ByteArrayInputStream(in.readAllBytes())));
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": the staged sample cannot be read: " + e, e);
    }
  }

  /**
   * Returns the path of the file of the sample, which the first call writes; an empty text for an
   * empty sample.
   */
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

  /** Returns whether both samples hold the same users. */
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
