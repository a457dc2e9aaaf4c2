package personas.pipeline;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import personas.data.Moments;
import personas.data.RejectionExamples;
import personas.data.ShardReference;
import personas.data.SourceLedger;

/**
 * All that reading gave, in the order of the input: which shards are staged, what became of every
 * record, the exact moments, and where the samples lie.
 */
record ReadTotals(
    List<ShardReference> shards,
    List<RejectedFile> rejectedFiles,
    RejectionExamples examples,
    SortedMap<String, SourceLedger> ledgers,
    Moments moments,
    List<String> sampleFiles,
    List<String> stagedReads)
    implements Serializable {

  /** A staged file of rejected records, and where in the input they stand. */
  record RejectedFile(String source, long position, String path)
      implements Serializable, Comparable<RejectedFile> {
    @Override
    public int compareTo(RejectedFile other) {
      int bySource = source.compareTo(other.source);
      int byPosition = bySource != 0 ? bySource : Long.compare(position, other.position);
      return byPosition != 0 ? byPosition : path.compareTo(other.path);
    }
  }

  /** All sources in one. */
  SourceLedger ledger() {
    return ledgers.values().stream().reduce(SourceLedger::plus).orElseThrow();
  }

  /** The same with the repeated ids of each source. */
  ReadTotals withRepeatedIds(SortedMap<String, Long> bySource) {
    SortedMap<String, SourceLedger> counted = new TreeMap<>(ledgers);
    bySource.forEach(
        (source, count) -> counted.put(source, ledgers.get(source).withRepeatedIds(count)));
    return new ReadTotals(
        shards, rejectedFiles, examples, counted, moments, sampleFiles, stagedReads);
  }

  /** Merges what the ranges gave. The input must not be empty: every file has a range. */
  static final class Merge extends CombineFn<RangeRead, Merge.Accumulator, ReadTotals> {
    private static final long serialVersionUID = 1;

    static final class Accumulator implements Serializable {
      private static final long serialVersionUID = 1;

      private final TreeSet<ShardReference> shards = new TreeSet<>();
      private final TreeSet<RejectedFile> rejectedFiles = new TreeSet<>();
      private final RejectionExamples examples = new RejectionExamples();
      private final TreeMap<String, SourceLedger> ledgers = new TreeMap<>();
      private final TreeSet<String> sampleFiles = new TreeSet<>();
      private final TreeSet<String> stagedReads = new TreeSet<>();
      private Moments moments;
    }

    private final int features;

    Merge(int features) {
      this.features = features;
    }

    @Override
    public Accumulator createAccumulator() {
      return new Accumulator();
    }

    @Override
    public Accumulator addInput(Accumulator accumulator, RangeRead read) {
      accumulator.shards.addAll(read.shards());
      String source = read.task().range().file();
      for (String path : read.rejectedFiles()) {
        accumulator.rejectedFiles.add(new RejectedFile(source, read.task().range().start(), path));
      }
      accumulator.examples.merge(read.examples());
      accumulator.ledgers.merge(source, read.outcome().ledger(), SourceLedger::plus);
      if (!read.sampleFile().isEmpty()) {
        accumulator.sampleFiles.add(read.sampleFile());
      }
      if (!read.stagedAs().isEmpty()) {
        accumulator.stagedReads.add(read.stagedAs());
      }
      add(accumulator, read.moments());
      return accumulator;
    }

    private void add(Accumulator accumulator, Moments moments) {
      if (accumulator.moments == null) {
        accumulator.moments = new Moments(features);
      }
      accumulator.moments.merge(moments);
    }

    @Override
    public Accumulator mergeAccumulators(Iterable<Accumulator> accumulators) {
      Accumulator merged = createAccumulator();
      for (Accumulator each : accumulators) {
        merged.shards.addAll(each.shards);
        merged.rejectedFiles.addAll(each.rejectedFiles);
        merged.examples.merge(each.examples);
        each.ledgers.forEach(
            (file, ledger) -> merged.ledgers.merge(file, ledger, SourceLedger::plus));
        merged.sampleFiles.addAll(each.sampleFiles);
        merged.stagedReads.addAll(each.stagedReads);
        if (each.moments != null) {
          add(merged, each.moments);
        }
      }
      return merged;
    }

    @Override
    public ReadTotals extractOutput(Accumulator accumulator) {
      return new ReadTotals(
          new ArrayList<>(accumulator.shards),
          new ArrayList<>(accumulator.rejectedFiles),
          accumulator.examples,
          new TreeMap<>(accumulator.ledgers),
          accumulator.moments,
          new ArrayList<>(accumulator.sampleFiles),
          new ArrayList<>(accumulator.stagedReads));
    }
  }
}
