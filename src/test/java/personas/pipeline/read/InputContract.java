package personas.pipeline.read;

import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import personas.connector.storage.Folder;
import personas.feature.moments.LevelCounts;
import personas.feature.moments.Moments;
import personas.model.compare.LabelCounts;
import personas.pipeline.combine.MergeFn;
import personas.run.join.IdBlock;
import personas.run.state.InputLedgers;
import personas.run.state.StagedFiles;
import personas.run.state.StagedPiece;
import personas.run.state.StagedSample;
import personas.table.RangeKey;

/** Gives tests of other packages access to the combine functions of the input. */
public final class InputContract {
  public static final Coder<Moments> MOMENTS = MergeInput.MOMENTS_CODER;
  public static final Coder<StagedFiles> FILES = MergeInput.FILES_CODER;
  public static final Coder<InputLedgers> LEDGERS = MergeInput.LEDGERS_CODER;
  public static final Coder<List<Long>> USERS = MergeInput.USERS_CODER;
  public static final Coder<RangeKey> KEY = StageRanges.KEY_CODER;
  public static final Coder<StagedPiece> PIECE = StageRanges.PIECE_CODER;
  public static final Coder<IdBlock> BLOCK = KeyIds.BLOCK_CODER;

  public static final Coder<LabelCounts> LABELS = CompareUsers.COUNTS_CODER;

  public static final Coder<LevelCounts> LEVELS = CountLevels.COUNTS_CODER;

  private InputContract() {}

  public static MergeFn<Moments> moments(int features) {
    return MergeInput.moments(features);
  }

  public static MergeFn<StagedSample> sample(Folder folder) {
    return MergeInput.sample(folder);
  }

  public static Coder<StagedSample> sampleCoder(Folder folder) {
    return MergeInput.sampleCoder(folder);
  }

  public static MergeFn<StagedFiles> files(Folder folder) {
    return MergeInput.files(folder);
  }

  public static MergeFn<InputLedgers> ledgers() {
    return MergeInput.ledgers();
  }

  public static MergeFn<LabelCounts> labels() {
    return CompareUsers.counts();
  }

  public static MergeFn<LevelCounts> levels(int columns) {
    return CountLevels.counts(columns, LEVELS);
  }

  public static MergeFn<List<Long>> previousUsers() {
    return MergeInput.previousUsers();
  }
}
