package personas.pipeline.read;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import personas.connector.storage.Folder;
import personas.run.RunPlan;
import personas.run.join.GoneUserWriter;
import personas.run.join.IdBlock;
import personas.run.join.IdMatcher;
import personas.run.join.IdPart;
import personas.run.state.IdMatches;
import personas.run.state.StagedPiece;
import personas.table.RangeKey;

/**
 * All ids whose hashes begin with the same bits → per range which of its rows repeat an id, and
 * which users were in the previous run. The findings are staged; ranges without any give nothing.
 */
final class MatchIds extends DoFn<KV<Integer, Iterable<IdBlock>>, KV<RangeKey, StagedPiece>> {
  private static final long serialVersionUID = 1;

  private final Folder folder;
  private final int parts;
  private final int previousClusters;
  private final boolean listsGoneUsers;

  MatchIds(RunPlan plan) {
    folder = plan.stagingFolder().sub("matches");
    parts = plan.tuning().idParts();
    previousClusters = FinishRange.previousClusters(plan);
    listsGoneUsers = previousClusters > 0 && plan.spec().output().audiences() != null;
  }

  @ProcessElement
  public void process(
      @Element KV<Integer, Iterable<IdBlock>> part, OutputReceiver<KV<RangeKey, StagedPiece>> out)
      throws IOException {
    IdPart blocks = IdPart.of(part.getValue());
    List<IdBlock> users = blocks.users();
    List<IdMatches.Part> found = match(part.getKey(), blocks, out);
    String path = folder.file(UUID.randomUUID() + ".matches");
    try (Output output = new Output(path)) {
      for (int i = 0; i < users.size(); i++) {
        if (!found.get(i).isEmpty()) {
          out.output(KV.of(users.get(i).range(), output.write(found.get(i))));
        }
      }
    }
  }

  /** What the ids say; users of the previous run who are gone are staged beside any range. */
  private List<IdMatches.Part> match(
      int part, IdPart blocks, OutputReceiver<KV<RangeKey, StagedPiece>> out) throws IOException {
    IdMatcher matcher = new IdMatcher(parts, previousClusters);
    List<IdBlock> users = blocks.users();
    if (!listsGoneUsers || users.isEmpty()) {
      return matcher.match(blocks.previousUsers(), users, null);
    }
    GoneUserWriter gone = new GoneUserWriter(folder);
    List<IdMatches.Part> found;
    try (gone) {
      found = matcher.match(blocks.previousUsers(), users, gone);
    }
    if (!gone.path().isEmpty()) {
      // Spread, so that no range gets the files of all parts.
      RangeKey range = users.get(part % users.size()).range();
      out.output(KV.of(range, StagedPiece.goneUsers(gone.path(), part)));
    }
    return found;
  }

  /** The file of the findings; it is not there if nothing was found. */
  private static final class Output implements AutoCloseable {
    private final String path;
    private OutputStream out;
    private long offset;

    Output(String path) {
      this.path = path;
    }

    StagedPiece write(IdMatches.Part found) throws IOException {
      if (out == null) {
        out = Folder.create(path);
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      found.write(new DataOutputStream(bytes));
      bytes.writeTo(out);
      long start = offset;
      offset += bytes.size();
      return new StagedPiece(StagedPiece.Kind.ID_MATCHES, path, start, bytes.size());
    }

    @Override
    public void close() throws IOException {
      if (out != null) {
        out.close();
      }
    }
  }
}
