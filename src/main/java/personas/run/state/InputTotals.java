package personas.run.state;

import java.io.Serializable;
import java.util.List;
import personas.data.Moments;
import personas.data.UserSample;

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
    UserSample sample,
    List<Long> previousUsers)
    implements Serializable {}
