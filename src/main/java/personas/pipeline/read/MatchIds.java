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
 * Matches all ids whose hashes begin with the same bits. The matches of a range are the rows that
 * repeat an id and the users who were in the previous run. The matches are staged; a range without
 * a match is skipped.
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
    List<IdMatches.Part> matches = match(part.getKey(), blocks, out);
    String path = folder.file(UUID.randomUUID() + ".matches");
    try (Output output = new Output(path)) {
      for (int i = 0; i < users.size(); i++) {
        if (!matches.get(i).isEmpty()) {
          out.output(KV.of(users.get(i).range(), output.write(matches.get(i))));
        }
      }
    }
  }

  /**
   * Returns the matches of each block, and stages the users of the previous run who are not in this
   * run.
   */
  private List<IdMatches.Part> match(
      int part, IdPart blocks, OutputReceiver<KV<RangeKey, StagedPiece>> out) throws IOException {
    IdMatcher matcher = new IdMatcher(parts, previousClusters);
    List<IdBlock> users = blocks.users();
    if (!listsGoneUsers || users.isEmpty()) {
      return matcher.match(blocks.previousUsers(), users, null);
    }
    GoneUserWriter gone = new GoneUserWriter(folder);
    List<IdMatches.Part> matches;
    try (gone) {
      matches = matcher.match(blocks.previousUsers(), users, gone);
    }
    if (!gone.path().isEmpty()) {
      // The files of the parts are spread over the ranges, so that each range reads a few.
      RangeKey range = users.get(part % users.size()).range();
      out.output(KV.of(range, StagedPiece.goneUsers(gone.path(), part)));
    }
    return matches;
  }

  /** Writes the matches to a file, which is created with the first match. */
  private static final class Output implements AutoCloseable {
    private final String path;
    private OutputStream out;
    private long offset;

    Output(String path) {
      this.path = path;
    }

    StagedPiece write(IdMatches.Part matches) throws IOException {
      if (out == null) {
        out = Folder.create(path);
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      matches.write(new DataOutputStream(bytes));
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
