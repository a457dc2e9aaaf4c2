package personas.pipeline.read;

import java.io.IOException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import personas.connector.storage.RefusalFile;
import personas.connector.storage.SerializedFile;
import personas.pipeline.combine.ValueCoder;
import personas.run.join.IdBlock;
import personas.run.state.StagedPiece;
import personas.run.state.StagedRange;
import personas.table.RangeKey;

/**
 * Emits where the ids of staged ranges are. The first bits of the hashes of ids are the keys. Each
 * range gives one block for each key, even if the block is empty.
 */
final class KeyIds
    extends PTransform<PCollection<KV<RangeKey, StagedPiece>>, PCollection<KV<Integer, IdBlock>>> {
  private static final long serialVersionUID = 1;

  static final Coder<IdBlock> BLOCK_CODER =
      new ValueCoder<>(IdBlock.class, IdBlock::write, IdBlock::read);

  private final IdBlock.Table table;
  private final int parts;
  private final RefusalFile refusal;

  KeyIds(IdBlock.Table table, int parts, RefusalFile refusal) {
    this.table = table;
    this.parts = parts;
    this.refusal = refusal;
  }

  @Override
  public PCollection<KV<Integer, IdBlock>> expand(PCollection<KV<RangeKey, StagedPiece>> ranges) {
    return ranges
        .apply("Cut ids", ParDo.of(new CutIds(table, parts, refusal)))
        .setCoder(KvCoder.of(VarIntCoder.of(), BLOCK_CODER));
  }

  private static final class CutIds extends DoFn<KV<RangeKey, StagedPiece>, KV<Integer, IdBlock>> {
    private static final long serialVersionUID = 1;

    private final IdBlock.Table table;
    private final int parts;
    private final RefusalFile refusal;

    CutIds(IdBlock.Table table, int parts, RefusalFile refusal) {
      this.refusal = refusal;
      this.table = table;
      this.parts = parts;
    }

    @ProcessElement
    public void process(
        @Element KV<RangeKey, StagedPiece> staged, OutputReceiver<KV<Integer, IdBlock>> out)
        throws IOException {
      StagedRange range = SerializedFile.load(staged.getValue().path(), StagedRange.class);
      refusal.during(() -> range.checkUsable());
      for (int part = 0; part < parts; part++) {
        out.output(KV.of(part, IdBlock.of(table, range, part)));
      }
    }
  }
}
