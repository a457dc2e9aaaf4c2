package personas.run.state;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import personas.connector.storage.Folder;
import personas.connector.storage.SerializedFile;
import personas.feature.moments.Moments;
import personas.table.ledger.RejectionExamples;

/**
 * The totals of reading the input.
 *
 * @param files where the users and the rejected records are staged
 * @param ledgers how many records were accepted and rejected
 * @param moments the exact moments of the raw values of all users
 * @param sample a uniform sample of the raw values of all users
 * @param previousUsers the number of users of each cluster of the previous run; empty without a
 *     previous run
 */
public record InputTotals(
    StagedFiles files,
    InputLedgers ledgers,
    Moments moments,
    StagedSample sample,
    List<Long> previousUsers) {

  /**
   * Returns these totals plus the events that were rejected before the users were aggregated.
   *
   * @param rejectedFiles where the rejected events are staged
   * @param examples examples of rejected events
   */
  public InputTotals withRejected(StagedFiles rejectedFiles, RejectionExamples examples) {
    StagedFiles mergedFiles = new StagedFiles();
    mergedFiles.merge(files);
    mergedFiles.merge(rejectedFiles);
    InputLedgers mergedLedgers = new InputLedgers();
    mergedLedgers.merge(ledgers);
    mergedLedgers.examples().merge(examples);
    return new InputTotals(mergedFiles, mergedLedgers, moments, sample, previousUsers);
  }

  /**
   * Writes the totals.
   *
   * @param out gets the totals
   * @param folder the folder in which the sample is staged
   */
  public void write(DataOutput out, Folder folder) throws IOException {
    files.write(out);
    SerializedFile.write(ledgers, out);
    moments.write(out);
    out.writeUTF(sample.path(folder));
    out.writeInt(previousUsers.size());
    for (long users : previousUsers) {
      out.writeLong(users);
    }
  }

  /** Reads totals that {@link #write} wrote. */
  public static InputTotals read(DataInput in) throws IOException {
    StagedFiles files = StagedFiles.read(in);
    InputLedgers ledgers = SerializedFile.read(in, InputLedgers.class);
    Moments moments = Moments.read(in);
    StagedSample sample = StagedSample.at(in.readUTF());
    List<Long> previousUsers = new ArrayList<>();
    for (int remaining = in.readInt(); remaining > 0; remaining--) {
      previousUsers.add(in.readLong());
    }
    return new InputTotals(files, ledgers, moments, sample, previousUsers);
  }
}
