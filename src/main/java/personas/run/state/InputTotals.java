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
 * All that reading the input gave.
 *
 * @param files where the users and the rejected records are staged
 * @param ledgers what became of every record
 * @param moments the exact moments of all users, raw
 * @param sample an even sample of all users, raw
 * @param previousUsers the users of each cluster of the previous run; empty without one
 */
public record InputTotals(
    StagedFiles files,
    InputLedgers ledgers,
    Moments moments,
    StagedSample sample,
    List<Long> previousUsers) {

  /**
   * The same users with other rejected records, those of the events that the users were made from.
   *
   * @param rejectedFiles where the rejected records are staged
   * @param examples a few of them
   */
  public InputTotals withRejected(StagedFiles rejectedFiles, RejectionExamples examples) {
    StagedFiles allFiles = new StagedFiles();
    allFiles.merge(files);
    allFiles.merge(rejectedFiles);
    InputLedgers allLedgers = new InputLedgers();
    allLedgers.merge(ledgers);
    allLedgers.examples().merge(examples);
    return new InputTotals(allFiles, allLedgers, moments, sample, previousUsers);
  }

  /**
   * Writes the totals.
   *
   * @param folder where the sample is staged
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

  /** Reads what {@link #write} wrote. */
  public static InputTotals read(DataInput in) throws IOException {
    StagedFiles files = StagedFiles.read(in);
    InputLedgers ledgers = SerializedFile.read(in, InputLedgers.class);
    Moments moments = Moments.read(in);
    StagedSample sample = StagedSample.at(in.readUTF());
    List<Long> previousUsers = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      previousUsers.add(in.readLong());
    }
    return new InputTotals(files, ledgers, moments, sample, previousUsers);
  }
}
