package personas.table.record;

import java.io.IOException;
import java.util.BitSet;
import personas.feature.UserSchema;
import personas.table.ledger.Rejection;

/**
 * Where a reader puts the records of one source.
 *
 * @param source the name of the source, for messages
 * @param users takes the records that are users, and counts all records
 * @param rejections takes the records that are not users
 */
public record RecordTarget(String source, UserBuilder users, RejectionConsumer rejections) {
  /** A target for a reader that only moves over records. */
  public static RecordTarget none(String source, UserSchema schema) {
    return new RecordTarget(
        source, new UserBuilder(schema, shard -> {}, 1, new BitSet()), rejection -> {});
  }

  /** Takes a record that is not a user. */
  public void reject(Rejection rejection) throws IOException {
    users.reject(rejection.reason());
    rejections.accept(rejection);
  }
}
