package personas.table.record;

import java.io.IOException;
import java.util.BitSet;
import personas.feature.UserSchema;
import personas.table.ledger.Rejection;

/**
 * The target of the records that a reader reads from one source.
 *
 * @param source the name of the source, for messages
 * @param users takes the records that are users, and counts all records
 * @param rejections takes the records that are not users
 */
public record RecordTarget(String source, UserBuilder users, RejectionConsumer rejections) {
  /** Returns a target for a reader that only skips records. */
  public static RecordTarget none(String source, UserSchema schema) {
    return new RecordTarget(
        source, new UserBuilder(schema, shard -> {}, 1, new BitSet()), rejection -> {});
  }

  /** Adds a record that is not a user. */
  public void reject(Rejection rejection) throws IOException {
    users.reject(rejection.reason());
    rejections.accept(rejection);
  }
}
