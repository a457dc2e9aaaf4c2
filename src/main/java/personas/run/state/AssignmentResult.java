package personas.run.state;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;
import personas.connector.storage.SerializedFile;

/**
 * The result of the final pass over some slots. Results can be merged in any order.
 *
 * @param carried the state of the run, which the first slot passes on
 * @param users the assigned users; empty if the iteration has not ended, because no user is
 *     assigned before
 */
public record AssignmentResult(Optional<TrainingState> carried, Optional<AssignedUsers> users) {

  /** The result of no slot. */
  public static final AssignmentResult NONE =
      new AssignmentResult(Optional.empty(), Optional.empty());

  /**
   * Returns the state of the run.
   *
   * @throws java.util.NoSuchElementException if the result does not include the first slot
   */
  public TrainingState state() {
    return carried.orElseThrow();
  }

  /** Returns the result of the slots of both results; changes neither. */
  public AssignmentResult merge(AssignmentResult other) {
    return new AssignmentResult(
        carried.or(() -> other.carried),
        users.isPresent() && other.users.isPresent()
            ? Optional.of(users.get().merge(other.users.get()))
            : users.or(() -> other.users));
  }

  /** Writes the result; equal results are written as equal bytes. */
  public void write(DataOutput out) throws IOException {
    SerializedFile.write(carried.orElse(null), out);
    out.writeBoolean(users.isPresent());
    if (users.isPresent()) {
      users.get().write(out);
    }
  }

  /** Reads a result that {@link #write} wrote. */
  public static AssignmentResult read(DataInput in) throws IOException {
    TrainingState state = SerializedFile.read(in, TrainingState.class);
    return new AssignmentResult(
        Optional.ofNullable(state),
        in.readBoolean() ? Optional.of(AssignedUsers.read(in)) : Optional.empty());
  }
}
