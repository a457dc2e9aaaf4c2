package personas.model.train;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import personas.feature.shard.RecordDigest;
import personas.kmeans.Centroids;
import personas.kmeans.selection.Candidate;
import personas.kmeans.selection.KChoice;
import personas.kmeans.selection.PartitionKind;
import personas.kmeans.selection.SegmentTree;
import personas.model.KSelection;
import personas.model.KSelection.RunChoice;
import personas.model.Model;
import personas.model.ModelJson;
import personas.model.Receipt;
import personas.model.compare.PreviousModel;
import personas.persona.MatchedPersonas;
import personas.table.ledger.DataRefusedException;

/**
 * A candidate of a finished run that the command {@code choose} takes instead of the candidate that
 * the run chose. The model of the run holds all candidates, because the run kept them.
 */
public final class TakenCandidate implements Serializable {
  private static final long serialVersionUID = 1;

  private final int k;
  // The model as JSON, because JSON is the form that later versions can read.
  private final byte[] json;
  private transient Model run;

  private TakenCandidate(int k, byte[] json) {
    this.k = k;
    this.json = json;
  }

  /**
   * Returns a candidate of a run.
   *
   * @param run the model of the run
   * @param k the number of clusters
   * @throws IllegalArgumentException if the run did not keep a candidate with this k, or if the
   *     model has no receipt
   */
  public static TakenCandidate of(Model run, int k) {
    List<Integer> keptKs = keptKs(run.kSelection());
    if (keptKs.isEmpty()) {
      throw new IllegalArgumentException(
          "the run kept no candidates; run segment again with --explainK and a range of k, such as"
              + " --k=2..8");
    }
    if (run.receipt() == null) {
      throw new IllegalArgumentException(
          "the model has no receipt, so choose cannot check whether the input has the users of the"
              + " run; run segment again with this version");
    }
    if (!keptKs.contains(k)) {
      throw new IllegalArgumentException(
          "the run kept no candidate with k = "
              + k
              + "; the kept candidates have k = "
              + keptKs.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ModelJson.write(run, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new TakenCandidate(k, out.toByteArray());
  }

  /** Returns the k of each candidate that a run kept. */
  private static List<Integer> keptKs(KSelection selection) {
    return selection == null
        ? List.of()
        : selection.candidates().stream()
            .filter(row -> row.kept() != null)
            .map(KSelection.Row::k)
            .toList();
  }

  private synchronized Model run() {
    if (run == null) {
      try {
        run = ModelJson.read("model of the run", new ByteArrayInputStream(json));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return run;
  }

  /** Returns the candidate after its last iteration. One more pass measures its clusters. */
  public Candidate candidate() {
    return KeptCandidates.of(run().kSelection(), k).orElseThrow();
  }

  /** Returns the choice of this candidate, with a reason. */
  public KChoice choice() {
    RunChoice runChoice = runChoice();
    PartitionKind kind = row().answer();
    return new KChoice(
        0,
        kind,
        String.format(
            Locale.ROOT,
            k == runChoice.k()
                ? "choose kept k = %1$d, which the run chose: %3$s"
                : "choose replaced k = %2$d, which the run chose, by k = %1$d: %3$s",
            k,
            runChoice.k(),
            description(kind)));
  }

  private static String description(PartitionKind kind) {
    return switch (kind) {
      case FIXED -> "the run did not check whether the segments are separate groups";
      case SEPARATE_GROUPS -> "the segments are separate groups";
      case USEFUL_SLICES ->
          "no clear structure; the segments are useful slices of a continuum, not separate groups";
      case NO_STABLE_PARTITION ->
          "no clear structure; the segments are not stable, because other samples of the users give"
              + " other segments";
    };
  }

  /**
   * Checks that the records are the records of the run, because the candidates were trained on
   * those records.
   *
   * @param read the digest of the records that were read
   * @throws DataRefusedException if the digest differs from the digest of the run
   */
  public void requireRecords(RecordDigest read) throws DataRefusedException {
    Receipt receipt = run().receipt();
    if (read.records() != receipt.records() || !read.hex().equals(receipt.recordDigest())) {
      throw new DataRefusedException(
          String.format(
              Locale.ROOT,
              "the input does not hold the users of the run: %,d records were accepted, and the run"
                  + " had %,d records%s. choose needs the input of the run. To give these personas to"
                  + " other users, score them with the model that choose writes",
              read.records(),
              receipt.records(),
              read.records() == receipt.records() ? " with other values" : ""));
    }
  }

  /** Returns the centroids of all candidates of the run, by ascending k. */
  public List<Centroids> partitions() {
    KSelection selection = run().kSelection();
    return selection.candidates().stream()
        .map(row -> KeptCandidates.of(selection, row.k()).orElseThrow().lloyd().centroids())
        .toList();
  }

  /** Returns the index of this candidate in {@link #partitions}. */
  public int index() {
    return run().kSelection().candidates().indexOf(row());
  }

  /** Returns the part of the new model that describes this choice. */
  KSelection selection(Candidate candidate, MatchedPersonas personas, SegmentTree tree) {
    return new KSelectionBuilder(personas, tree)
        .ofTakenCandidate(run().kSelection(), candidate, choice(), runChoice());
  }

  private KSelection.Row row() {
    return run().kSelection().candidates().stream()
        .filter(row -> row.k() == k)
        .findFirst()
        .orElseThrow();
  }

  /** Returns the choice of the run itself, even if {@code choose} took another candidate before. */
  private RunChoice runChoice() {
    KSelection selection = run().kSelection();
    return selection.taken() != null
        ? selection.taken()
        : new RunChoice(selection.chosen(), selection.reason(), PreviousModel.digest(run()));
  }
}
